/** A matrix in another layout than the stored one, lazily: what is read of it is converted on the way, and all of it can be streamed. */
import type { DType } from "../dtype.js";
import type { DenseArray } from "../elements/dense.js";
import { type ElementSelection, type LazyArray, numericDType, readForm, type StreamRequest } from "../elements/lazy.js";
import { fromParts, type SparseMatrix } from "../elements/sparse.js";
import { AtsError } from "../errors.js";
import { convertLayout, type SparseKind, sparsify } from "../kernels/index.js";
import type { ReadOptions } from "../storage/types.js";
import { streamTransposed } from "./sparse-transpose.js";

/** `source` as CSR: itself where it is that. `INVALID_ARGUMENT` where it is no matrix of numbers. */
export function asCsr(source: LazyArray): LazyArray {
  return asCompressed(source, "csr");
}

/** `source` as CSC: itself where it is that. `INVALID_ARGUMENT` where it is no matrix of numbers. */
export function asCsc(source: LazyArray): LazyArray {
  return asCompressed(source, "csc");
}

/**
 * `source` in the layout `kind`. Reads convert what they select, so that a stretch along the new axis may read all of the source; whoever
 * wants the whole matrix takes `stream`, which reads the source once.
 */
export function asCompressed(source: LazyArray, kind: SparseKind): LazyArray {
  if (source.sparse === kind) return source;
  const dtype = numericDType(source);
  if (dtype === undefined || source.shape.length !== 2) {
    const { path } = source.info;
    throw new AtsError("INVALID_ARGUMENT", `${path} is no matrix of numbers, so it cannot be made sparse.`, { path });
  }
  if (source.sparse !== null) return converted(source, kind, dtype, turn(kind));
  if (kind === "csr") return converted(source, kind, dtype, compress(kind));
  // A dense matrix is compressed by rows, as it lies, and turned afterwards.
  return { ...converted(source, kind, dtype, compress(kind)), ...streamOf(asCsr(source), kind, dtype) };
}

type Convert = (value: DenseArray | SparseMatrix, options: ReadOptions & { path: string }) => Promise<SparseMatrix>;

const turn =
  (kind: SparseKind): Convert =>
  async (value, options) =>
    fromParts(await convertLayout(value as SparseMatrix, kind, options));

const compress =
  (kind: SparseKind): Convert =>
  async (value, options) =>
    fromParts(await sparsify(value as DenseArray, kind, options));

function converted(source: LazyArray, kind: SparseKind, dtype: DType, convert: Convert): LazyArray {
  return {
    kind: "lazy-array",
    info: { ...source.info, encoding: `${kind}_matrix`, encodingVersion: "0.1.0", layout: null },
    shape: source.shape,
    dtype,
    sparse: kind,
    via: readForm(source, dtype),
    async read(selection: ElementSelection = [], options: ReadOptions = {}) {
      const value = (await source.read(selection, options)) as DenseArray | SparseMatrix;
      return convert(value, { ...options, path: source.info.path });
    },
    ...(source.sparse === null ? {} : streamOf(source, kind, dtype)),
    storedBytes: (options) => source.storedBytes(options),
  };
}

function streamOf(source: LazyArray, kind: SparseKind, dtype: DType): Required<Pick<LazyArray, "stream">> {
  return { stream: (request: StreamRequest) => streamTransposed(source, dtype, kind, request) };
}
