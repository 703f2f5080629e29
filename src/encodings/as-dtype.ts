/** A matrix with values of another type than the stored one, lazily: what is read of it is cast on the way, and proved to stay what it is. */
import { type DType, dtypeKind } from "../dtype.js";
import type { DenseArray } from "../elements/dense.js";
import { type ElementSelection, type LazyArray, numericDType, readForm, type StreamRequest } from "../elements/lazy.js";
import type { SparseMatrix } from "../elements/sparse.js";
import { AtsError } from "../errors.js";
import { positionAt } from "../selection/axis.js";
import type { ReadOptions } from "../storage/types.js";
import { castValue, type Refuse } from "./exact-values.js";
import { majorAxis } from "./sparse-nodes.js";

/**
 * `source` with values of `dtype`: itself where it has those. A read is `INVALID_ARGUMENT`, with the row, the column and the value, where a number would
 * not stay the same: 300 as uint8, 0.1 as float32, -0 as an integer, a sum of duplicate entries that the type does not hold. `INVALID_ARGUMENT` at once where
 * `source` is no matrix of numbers, or complex where `dtype` is not or the other way round.
 */
export function asDType(source: LazyArray, dtype: DType): LazyArray {
  const own = numericDType(source);
  if (own === dtype) return source;
  const { path } = source.info;
  if (own === undefined || source.shape.length !== 2) {
    throw new AtsError("INVALID_ARGUMENT", `${path} is no matrix of numbers, so it cannot become ${dtype}.`, { path });
  }
  if ((dtypeKind(own) === "complex") !== (dtypeKind(dtype) === "complex")) {
    throw new AtsError("INVALID_ARGUMENT", `${path} is ${own}, which cannot become ${dtype}.`, { path });
  }
  const cast = <V extends DenseArray | SparseMatrix>(value: V, options: ReadOptions, refuse: Refuse) =>
    castValue(value, dtype, { ...options, path, refuse });
  return {
    kind: "lazy-array",
    info: { ...source.info, dtype, layout: null },
    shape: source.shape,
    dtype,
    sparse: source.sparse,
    via: readForm(source, own),
    async read(selection: ElementSelection = [], options: ReadOptions = {}) {
      const value = (await source.read(selection, options)) as DenseArray | SparseMatrix;
      const whole = (index: readonly number[]) => index.map((at, axis) => placeIn(selection[axis], at));
      return cast(value, options, (index, shown) => lossy(path, dtype, whole(index), shown));
    },
    ...(source.stream && { stream: (request: StreamRequest) => streamCast(source, request, cast, dtype) }),
    ...(source.indexTypes && { indexTypes: source.indexTypes }),
    storedBytes: (options) => source.storedBytes(options),
  };
}

function placeIn(selection: ElementSelection[number], index: number): number {
  return selection === undefined ? index : positionAt(selection, index);
}

type Cast = (value: SparseMatrix, options: ReadOptions, refuse: Refuse) => Promise<SparseMatrix>;

async function streamCast(source: LazyArray, request: StreamRequest, cast: Cast, dtype: DType) {
  const { nnz, slabs, close } = await (source.stream as Required<LazyArray>["stream"])(request);
  const axis = majorAxis({ kind: source.sparse as SparseMatrix["kind"] });
  async function* casts(): AsyncGenerator<SparseMatrix> {
    let done = 0;
    for await (const slab of slabs) {
      const first = done;
      const whole = (index: readonly number[]) => index.map((at, i) => (i === axis ? at + first : at));
      yield await cast(slab, request, (index, shown) => lossy(source.info.path, dtype, whole(index), shown));
      done += slab.shape[axis] as number;
    }
  }
  return { nnz, slabs: casts(), close };
}

function lossy(path: string, dtype: DType, [row, column]: readonly number[], shown: string): AtsError {
  const what = shown === "NaN" ? "NaN (one with a payload, such as R's NA, where floats are asked for)" : shown;
  return new AtsError(
    "INVALID_ARGUMENT",
    `${path}: the value at row ${row}, column ${column} would not stay ${what} as ${dtype}; ask for a type that holds it, for "narrowest", or for ${dtype} of other matrices only.`,
    { path },
  );
}
