/** Writes sparse matrices: groups of `data`, `indices` and `indptr`, filled slab by slab. */
import type { DType } from "../dtype.js";
import { type LazyArray, numericDType, type SparseStream } from "../elements/lazy.js";
import { AtsError } from "../errors.js";
import type { SparseKind } from "../kernels/index.js";
import type { Attributes, GroupWriter } from "../storage/types.js";
import { newSeal, otherKind } from "./sparse-dual.js";
import { openSlabs, type SlabOptions, type Slabs } from "./sparse-slabs.js";
import { openMatrix } from "./sparse-writer.js";

/** How a sparse matrix is written. */
export interface SparseWriteOptions extends SlabOptions {
  /** As in `NewArray`, for `data` and `indices`. */
  readonly codec?: string | undefined;
  /** Stored values per chunk; else the layout is chosen by `sparseLayout`. */
  readonly chunk?: number | undefined;
  /** Attributes beside those of the encoding. */
  readonly attributes?: Attributes | undefined;
  /** Called after each slab with the majors that are written. */
  readonly onMajors?: ((done: number) => void) | undefined;
}

/**
 * Writes the lazy sparse matrix `source` as it is laid out, in slabs. Where its number of stored values is not known (a view), it is read
 * twice, to count first. Indices of 64 bits stay that. A `sidecar` of `source` is written beside it. `INVALID_ARGUMENT` where `source` is not sparse, `STALE` where it changes meanwhile.
 */
export async function streamSparse(
  group: GroupWriter,
  name: string,
  source: LazyArray,
  options: SparseWriteOptions = {},
): Promise<void> {
  const { sparse: kind } = source;
  const dtype = numericDType(source);
  if (kind === null || dtype === undefined) {
    const path = source.info.path;
    throw new AtsError("INVALID_ARGUMENT", `${path} is not a sparse matrix; write it as an array.`, { path });
  }
  const { sidecar } = source;
  const attributes = { ...options.attributes, ...(sidecar === undefined ? {} : newSeal()) };
  const own = await writeMatrix(group, name, { source, kind, dtype }, { ...options, attributes });
  if (sidecar !== undefined)
    await streamSparse(own, otherKind(kind), sidecar, { ...options, attributes, onMajors: undefined });
}

interface Job {
  readonly source: LazyArray;
  readonly kind: SparseKind;
  readonly dtype: DType;
}

/** Writes one layout; the group that it made. */
async function writeMatrix(
  group: GroupWriter,
  name: string,
  job: Job,
  options: SparseWriteOptions,
): Promise<GroupWriter> {
  const stream = await openStream(job.source, job.kind, options);
  try {
    return await writeStream(group, name, job, stream, options);
  } finally {
    await stream.close();
  }
}

async function writeStream(
  group: GroupWriter,
  name: string,
  { source, kind, dtype }: Job,
  stream: SparseStream,
  options: SparseWriteOptions,
): Promise<GroupWriter> {
  const shape = [source.shape[0] ?? 0, source.shape[1] ?? 0] as const;
  const { indexTypes } = source;
  const writer = await openMatrix(group, name, { kind, shape, dtype, nnz: stream.nnz, indexTypes }, options);
  let done = 0;
  let writing = Promise.resolve();
  try {
    for await (const slab of stream.slabs) {
      await writing;
      options.signal?.throwIfAborted();
      writing = writer.append(slab);
      // Its failure is seen by the next round, or after the loop.
      writing.catch(() => undefined);
      done += slab.indptr.length - 1;
      options.onMajors?.(done);
    }
  } finally {
    // Nothing may be written to a staging place that is being removed.
    await writing;
  }
  await writer.end();
  return writer.group;
}

async function openStream(source: LazyArray, kind: SparseKind, options: SparseWriteOptions): Promise<SparseStream> {
  const { nnz, slabs, close } = await openSlabs(source, kind, options);
  return { nnz: nnz ?? (await count(await openSlabs(source, kind, options))), slabs, close };
}

async function count({ slabs, close }: Slabs): Promise<number> {
  let nnz = 0;
  try {
    for await (const slab of slabs) nnz += slab.nnz;
  } finally {
    await close();
  }
  return nnz;
}
