/** A lazy sparse matrix in slabs of its compressed axis, of about the same size whatever its density. */

import { itemSize } from "../dtype.js";
import type { LazyArray, SparseStream } from "../elements/lazy.js";
import type { SparseMatrix } from "../elements/sparse.js";
import type { SparseKind } from "../kernels/index.js";
import type { AxisRange } from "../selection/axis.js";
import type { ReadOptions } from "../storage/types.js";
import { DEFAULT_MEMORY } from "./block-stream.js";
import { majorAxis } from "./sparse-nodes.js";

/** Majors of the first slab, when nothing is known of their density. */
const FIRST_SLAB = 256;
const INDEX_BYTES = 4;
/** Bytes of `data` and `indices` that one slab should have, where there is memory for it. */
const SLAB_BYTES = 32 * 2 ** 20;
/** Slabs that are held at once: one is read, one is written, one is being encoded. */
const SLABS_HELD = 4;

/** How slabs are read. */
export interface SlabOptions extends ReadOptions {
  /** A bound on the memory of buffers, in bytes. Default 1 GiB. */
  readonly memory?: number | undefined;
  /** A directory for temporary files, which a change of layout may need; the system's own where there is none. */
  readonly scratch?: string | undefined;
}

/** All of a sparse matrix, slab by slab; `nnz` is undefined where only a look at the slabs tells it, as of a view. */
export interface Slabs extends Omit<SparseStream, "nnz"> {
  readonly nnz: number | undefined;
}

/** All of `source`, which is laid out as `kind`: its own stream where it has one. */
export async function openSlabs(source: LazyArray, kind: SparseKind, options: SlabOptions): Promise<Slabs> {
  const { memory = DEFAULT_MEMORY, scratch, signal } = options;
  if (source.stream !== undefined) return source.stream({ memory, scratch, signal });
  const most = Math.max(1, memory / SLABS_HELD);
  const slabs = sparseSlabs(source, kind, { bytes: Math.min(SLAB_BYTES, most), most }, options);
  return { nnz: source.info.nnz ?? undefined, slabs, close: async () => undefined };
}

/** How large slabs are. */
export interface SlabSize {
  /** The bytes that reading one should take. */
  readonly bytes: number;
  /** Those that it may take, where what it is made of is dense and lies in whole chunks of more than `bytes`. */
  readonly most: number;
}

/** Reads `source`, which is laid out as `kind`, in slabs of about `slab`; the next one is read while one is used. */
export async function* sparseSlabs(
  source: LazyArray,
  kind: SparseKind,
  { bytes, most }: SlabSize,
  options: ReadOptions,
): AsyncGenerator<SparseMatrix> {
  const axis = majorAxis({ kind });
  const majors = source.shape[axis] ?? 0;
  const whole = (size: number, perMajor: number) => wholeChunks(size, source.via?.step, most / perMajor);
  let size = firstSize(source, kind, bytes, whole);
  const read = async (start: number) => {
    const range: AxisRange = { kind: "range", start, step: 1, count: Math.min(size, majors - start) };
    return (await source.read(axis === 0 ? [range] : [undefined, range], options)) as SparseMatrix;
  };
  let next = majors === 0 ? undefined : read(0);
  for (let start = 0; next !== undefined; ) {
    const slab = await next;
    const count = slab.indptr.length - 1;
    const perMajor = Math.max(1, slabBytes(source, slab) / Math.max(1, count));
    size = whole(Math.max(1, Math.min(8 * size, Math.floor(bytes / perMajor))), perMajor);
    start += count;
    next = start < majors ? read(start) : undefined;
    // Its failure is seen by the next round; until then nobody waits for it.
    next?.catch(() => undefined);
    yield slab;
  }
}

/** The bytes that it took to read `slab` of `source`: those of its values and indices, or what these were made of. */
export function slabBytes({ via }: Pick<LazyArray, "via">, { shape, data, indices }: SparseMatrix): number {
  const own = data.byteLength + indices.byteLength;
  if (via === undefined) return own;
  if (via.sparse === null) return Math.max(own, shape[0] * shape[1] * itemSize(via.dtype));
  return Math.max(own, indices.length * itemSize(via.dtype) + indices.byteLength);
}

/** `size` majors as a multiple of `step`, where that is at most `most`: chunks that are cut are decoded twice. */
function wholeChunks(size: number, step: number | undefined, most: number): number {
  if (step === undefined || step > most) return size;
  return Math.max(1, Math.floor(size / step)) * step;
}

/** What can be told before anything was read; the slabs after it go by what the first one took. */
function firstSize(
  { shape, info, via }: LazyArray,
  kind: SparseKind,
  bytes: number,
  whole: (size: number, perMajor: number) => number,
): number {
  const axis = majorAxis({ kind });
  const majors = shape[axis] ?? 0;
  if (via?.sparse === null) {
    const perMajor = Math.max(1, (shape[1 - axis] ?? 0) * itemSize(via.dtype));
    return whole(Math.max(1, Math.floor(bytes / perMajor)), perMajor);
  }
  if (info.nnz === null || info.nnz === 0) return FIRST_SLAB;
  const perMajor = Math.max(1, (info.nnz / Math.max(1, majors)) * (INDEX_BYTES + 4));
  return Math.max(1, Math.min(majors, Math.floor(bytes / perMajor / 2)));
}
