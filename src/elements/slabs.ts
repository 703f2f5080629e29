/** A sparse matrix in memory, cut along its compressed axis without a copy of its values. */
import { lanes } from "../dtype.js";
import type { SparseStream } from "./lazy.js";
import { fromParts, type SparseMatrix } from "./sparse.js";

/** Bytes of values and indices of a slab. */
const SLAB_BYTES = 32 * 2 ** 20;

/** The rows (CSR) or columns (CSC) of `matrix` in slabs, which share its memory. */
export function streamMatrix(matrix: SparseMatrix): SparseStream {
  return { nnz: matrix.nnz, slabs: slabsOf(matrix), close: async () => undefined };
}

async function* slabsOf(matrix: SparseMatrix): AsyncGenerator<SparseMatrix> {
  const majors = matrix.indptr.length - 1;
  const bytes = matrix.data.byteLength + matrix.indices.byteLength;
  const count = Math.max(1, Math.ceil((majors * SLAB_BYTES) / Math.max(1, bytes)));
  if (count >= majors) {
    yield matrix;
    return;
  }
  for (let first = 0; first < majors; first += count) yield slabOf(matrix, first, Math.min(majors, first + count));
}

function slabOf({ kind, dtype, shape, data, indices, indptr }: SparseMatrix, first: number, last: number) {
  const [begin, end] = [Number(indptr[first]), Number(indptr[last])];
  const width = lanes(dtype);
  const starts = Float64Array.from({ length: last - first + 1 }, (_, i) => Number(indptr[first + i]) - begin);
  return fromParts({
    kind,
    dtype,
    shape: kind === "csr" ? [last - first, shape[1]] : [shape[0], last - first],
    data: data.subarray(begin * width, end * width) as typeof data,
    indices: indices.subarray(begin, end),
    indptr: indptr instanceof Int32Array ? Int32Array.from(starts) : BigInt64Array.from(starts, BigInt),
  });
}
