/** Pairwise matrices (obsp) with the pairs of new observations: block-diagonal, as anndata's `concat(pairwise=True)` has it. */
import { DenseArray } from "../elements/dense.js";
import { type ElementSelection, type LazyArray, numericDType } from "../elements/lazy.js";
import { fromParts, type SparseMatrix } from "../elements/sparse.js";
import { takeValue } from "../elements/take.js";
import type { ArrayValue } from "../elements/values.js";
import { AtsError } from "../errors.js";
import type { ReadOptions } from "../storage/types.js";
import { appended, readAlike } from "./appended.js";

/**
 * The square matrix with `first` at its beginning and `second`, which is read in the layout of `first`, at its end; nothing is known of other pairs, so they are
 * zero. In the compressed layouts what is stored of `first` stays as it is. `INVALID_ARGUMENT` where types differ or one is no square matrix.
 */
export function appendPairs(first: LazyArray, second: LazyArray): LazyArray {
  const { path } = first.info;
  const square = ({ shape }: LazyArray) => shape.length === 2 && shape[0] === shape[1];
  if (numericDType(first) === undefined || first.dtype !== second.dtype || !square(first) || !square(second)) {
    const facts = ({ dtype, shape }: LazyArray) => `${String(dtype)} of shape [${shape}]`;
    const what = `${path} is ${facts(first)}, that of the new rows ${facts(second)}; make them square and alike.`;
    throw new AtsError("INVALID_ARGUMENT", what, { path });
  }
  const [before, more] = [first.shape[0] as number, second.shape[0] as number];
  const total = before + more;
  const axis = first.sparse === "csc" ? 1 : 0;
  const own = widened(first, first, 0, total);
  const added = widened(second, first, before, total);
  const shape = axis === 0 ? [more, total] : [total, more];
  const rest: LazyArray = {
    kind: "lazy-array",
    info: { ...second.info, shape, nnz: second.sparse === first.sparse ? second.info.nnz : null },
    shape,
    dtype: second.dtype,
    sparse: first.sparse,
    read: (selection = [], options = {}) => added(selection, options),
    storedBytes: async () => undefined,
  };
  return appended({ first, second: rest, axis }, [total, total], own);
}

/**
 * Reads `source` in the layout of `like` with `total` columns (rows of CSC), its own from `offset` on. A selection of those is applied to what was read, as
 * only writers ask for one, who cut dense matrices into blocks.
 */
function widened(source: LazyArray, like: LazyArray, offset: number, total: number) {
  const axis = like.sparse === "csc" ? 1 : 0;
  return async (selection: ElementSelection, options: ReadOptions): Promise<ArrayValue> => {
    const along: ElementSelection = axis === 0 ? [selection[0]] : [undefined, selection[1]];
    const value = await readAlike({ first: like, second: source }, along, options);
    const wide =
      value.kind === "dense" ? widenDense(value, offset, total) : widenSparse(value as SparseMatrix, offset, total);
    return takeValue(wide, axis === 0 ? [undefined, selection[1]] : [selection[0]], options);
  };
}

function widenDense({ dtype, shape, data }: DenseArray, offset: number, total: number): DenseArray {
  const [rows = 0, columns = 0] = shape;
  const wide = DenseArray.zeros(dtype, [rows, total]);
  const width = rows * columns === 0 ? 0 : data.length / rows;
  const lanes = columns === 0 ? 0 : width / columns;
  for (let row = 0; row < rows; row++) {
    wide.data.set(data.subarray(row * width, (row + 1) * width) as never, (row * total + offset) * lanes);
  }
  return wide;
}

function widenSparse(matrix: SparseMatrix, offset: number, total: number): SparseMatrix {
  const { kind, dtype, shape, data, indptr } = matrix;
  const indices = offset === 0 ? matrix.indices : moved(matrix.indices, offset, total);
  return fromParts({
    kind,
    dtype,
    shape: kind === "csr" ? [shape[0], total] : [total, shape[1]],
    data,
    indices,
    indptr,
  });
}

/** `indices` further on by `offset`, below `total`. */
function moved(indices: SparseMatrix["indices"], offset: number, total: number): SparseMatrix["indices"] {
  const numbers: ArrayLike<number | bigint> = indices;
  if (total <= 2 ** 31) return Int32Array.from(numbers as ArrayLike<number>, (index) => Number(index) + offset);
  return BigInt64Array.from(numbers as ArrayLike<bigint>, (index) => BigInt(index) + BigInt(offset));
}
