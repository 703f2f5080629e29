/**
 * CSR to CSC and back, of matrices that do not fit in memory. The source goes by once: every slab of it is transposed and put into a temporary
 * file; then each stretch of the new majors is put together from its pieces of all slabs.
 */
import { allocate, type DType, itemSize } from "../dtype.js";
import type { LazyArray, SparseStream, StreamRequest } from "../elements/lazy.js";
import { streamMatrix } from "../elements/slabs.js";
import { fromParts, type SparseMatrix } from "../elements/sparse.js";
import { appendPiece, convertLayout, type IndexArray, lastEntry, type SparseKind } from "../kernels/index.js";
import type { ReadOptions } from "../storage/types.js";
import { majorAxis, matrixShape } from "./sparse-nodes.js";
import { sparseSlabs } from "./sparse-slabs.js";
import { SparseSpool } from "./sparse-spool.js";
import { startsOf } from "./sparse-starts.js";

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
  const transposition = new Transposition(source, dtype, kind, request);
  return transposition.stream();
}

async function wholeStream(source: LazyArray, kind: SparseKind, options: ReadOptions): Promise<SparseStream> {
  const matrix = (await source.read([], options)) as SparseMatrix;
  const turned = fromParts(await convertLayout(matrix, kind, { ...options, path: source.info.path }));
  return streamMatrix(turned);
}

class Transposition {
  readonly #counts: Float64Array;
  /** Where the majors of each slab begin in the source. */
  readonly #offsets: number[] = [];

  constructor(
    private readonly source: LazyArray,
    private readonly dtype: DType,
    private readonly kind: SparseKind,
    private readonly request: StreamRequest,
  ) {
    this.#counts = new Float64Array(source.shape[majorAxis({ kind })] ?? 0);
  }

  async stream(): Promise<SparseStream> {
    const spool = await SparseSpool.open(this.dtype, this.request.scratch);
    try {
      await this.#fill(spool);
    } catch (error) {
      await spool.close();
      throw error;
    }
    const starts = startsOf(this.#counts);
    return { nnz: lastEntry(starts), slabs: this.#stretches(spool, starts), close: () => spool.close() };
  }

  async #fill(spool: SparseSpool): Promise<void> {
    const { source, kind, request } = this;
    const bytes = Math.min(MOST_SLAB_BYTES, Math.max(1, request.memory * SLAB_SHARE));
    let offset = 0;
    const size = { bytes, most: bytes };
    for await (const slab of sparseSlabs(source, kind === "csr" ? "csc" : "csr", size, request)) {
      request.signal?.throwIfAborted();
      const turned = fromParts(await convertLayout(slab, kind, { ...request, path: source.info.path }));
      const { indptr } = turned;
      for (let i = 0; i < this.#counts.length; i++) {
        this.#counts[i] = (this.#counts[i] as number) + Number(indptr[i + 1]) - Number(indptr[i]);
      }
      await spool.add(turned);
      this.#offsets.push(offset);
      offset += slab.indptr.length - 1;
    }
  }

  async *#stretches(spool: SparseSpool, starts: IndexArray): AsyncGenerator<SparseMatrix> {
    const perEntry = itemSize(this.dtype) + 4;
    const most = Math.max(1, (this.request.memory * STRETCH_SHARE) / perEntry);
    for (let begin = 0; begin < this.#counts.length; ) {
      let end = begin + 1;
      while (end < this.#counts.length && Number(starts[end + 1]) - Number(starts[begin]) <= most) end++;
      yield await this.#stretch(spool, begin, end);
      begin = end;
    }
  }

  /** The majors `begin` to `end` of the result. */
  async #stretch(spool: SparseSpool, begin: number, end: number): Promise<SparseMatrix> {
    const { dtype, kind, request, source } = this;
    const indptr = startsOf(this.#counts.subarray(begin, end));
    const count = lastEntry(indptr);
    const minors = source.shape[1 - majorAxis({ kind })] ?? 0;
    const into = {
      starts: indptr,
      cursors: indptr.slice(),
      indices: allocate(minors - 1 <= 2 ** 31 - 1 ? "int32" : "int64", count),
      data: allocate(dtype, count),
    };
    for (let slab = 0; slab < spool.length; slab++) {
      request.signal?.throwIfAborted();
      const piece = await spool.read(slab, begin, end);
      const offset = this.#offsets[slab] as number;
      await appendPiece({ ...piece, dtype, offset, minors: minors - offset }, into, {
        ...request,
        path: source.info.path,
      });
    }
    const { indices, data } = into;
    return fromParts({ kind, dtype, shape: matrixShape({ kind }, end - begin, minors), data, indices, indptr });
  }
}
