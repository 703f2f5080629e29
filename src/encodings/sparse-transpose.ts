/**
 * CSR to CSC and back, of matrices that do not fit in memory. The source goes by once: every slab of it is transposed and put into a temporary
 * file; then each stretch of the new majors is put together from its pieces of all slabs.
 */
import { type DType, itemSize } from "../dtype.js";
import type { LazyArray, SparseStream, StreamRequest } from "../elements/lazy.js";
import { streamMatrix } from "../elements/slabs.js";
import { fromParts, type SparseMatrix } from "../elements/sparse.js";
import { convertLayout, type SparseKind } from "../kernels/index.js";
import type { ReadOptions } from "../storage/types.js";
import { SparsePieces } from "./sparse-pieces.js";
import { sparseSlabs } from "./sparse-slabs.js";

/** Of the memory that is given: a slab, its transposition and what is read ahead; or a stretch and the pieces it is made of. */
const SLAB_SHARE = 1 / 8;
const STRETCH_SHARE = 1 / 4;
/** The source, the result and the work of a transposition in memory. */
const IN_MEMORY_SHARE = 1 / 3;
const MOST_SLAB_BYTES = 128 * 2 ** 20;

/** All of `source`, a sparse matrix of the other layout, as `kind`; indices ascend, duplicates keep their order. */
export async function streamTransposed(
  source: LazyArray,
  dtype: DType,
  kind: SparseKind,
  request: StreamRequest,
): Promise<SparseStream> {
  const { nnz } = source.info;
  const [rows = 0, columns = 0] = source.shape;
  const known = nnz === null ? Number.POSITIVE_INFINITY : nnz * (itemSize(dtype) + 4) + 8 * (rows + columns);
  if (known <= request.memory * IN_MEMORY_SHARE) return wholeStream(source, kind, request);
  const pieces = await SparsePieces.open({ kind, shape: source.shape, dtype, path: source.info.path }, request.scratch);
  try {
    await fill(pieces, source, kind, request);
  } catch (error) {
    await pieces.close();
    throw error;
  }
  const most = Math.max(1, (request.memory * STRETCH_SHARE) / (itemSize(dtype) + 4));
  return { nnz: pieces.nnz, slabs: pieces.stretches(most, request), close: () => pieces.close() };
}

async function wholeStream(source: LazyArray, kind: SparseKind, options: ReadOptions): Promise<SparseStream> {
  const matrix = (await source.read([], options)) as SparseMatrix;
  const turned = fromParts(await convertLayout(matrix, kind, { ...options, path: source.info.path }));
  return streamMatrix(turned);
}

/** Every slab of `source`, transposed. */
async function fill(pieces: SparsePieces, source: LazyArray, kind: SparseKind, request: StreamRequest): Promise<void> {
  const bytes = Math.min(MOST_SLAB_BYTES, Math.max(1, request.memory * SLAB_SHARE));
  let minor = 0;
  for await (const slab of sparseSlabs(source, kind === "csr" ? "csc" : "csr", { bytes, most: bytes }, request)) {
    request.signal?.throwIfAborted();
    const turned = fromParts(await convertLayout(slab, kind, { ...request, path: source.info.path }));
    await pieces.add(turned, { major: 0, minor });
    minor += slab.indptr.length - 1;
  }
}
