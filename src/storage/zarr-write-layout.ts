/**
 * How a new Zarr array is cut where its writer does not say it. Chunks of about 1 MiB are what one thread decodes at once; shards of 16 MiB keep
 * the number of files small (100,000 × 20,000 at 7 %: 70 files for the values instead of 1,100) and are still small beside the memory of a writer, which
 * holds one of them per array. Neither chunks (version 2) nor shards (version 3) let one array have more than about 1,024 files.
 */
import { AtsError } from "../errors.js";

/** Values of a chunk, in bytes before they are compressed. */
const CHUNK_BYTES = 2 ** 20;
const SHARD_BYTES = 16 * 2 ** 20;
/** What one array should not exceed. */
const MOST_FILES = 1024;

/** The cut of an array: `shards` holds whole chunks and is null where every chunk is a file of its own. */
export interface Cut {
  readonly chunks: readonly number[];
  readonly shards: readonly number[] | null;
}

/** What is asked of the cut; a missing part is chosen. */
export interface CutWish {
  readonly chunks?: readonly number[] | undefined;
  /** The chunks of shards, in place of `chunks`. */
  readonly pieces?: readonly number[] | undefined;
  /** Rounded up to whole chunks; an empty list asks for none. */
  readonly shards?: readonly number[] | undefined;
  /** Rows of the shards of arrays for which `shards` is not given; 0 asks for none. */
  readonly shardRows?: number | undefined;
  /** Values of a row, for an array that has its rows one after the other in one dimension; default 1. */
  readonly perRow?: number | undefined;
}

/** Whole trailing dimensions as long as they fit in about 1 MiB, so that a row is one chunk; one dimension is cut into runs. */
export function defaultChunks(shape: readonly number[], width: number, bytes = CHUNK_BYTES): number[] {
  const chunks = shape.map(() => 1);
  let room = Math.max(1, Math.floor(bytes / width));
  for (let i = shape.length - 1; i >= 0; i--) {
    const extent = Math.max(1, Math.min(shape[i] as number, room));
    chunks[i] = extent;
    room = Math.max(1, Math.floor(room / extent));
  }
  return chunks;
}

/**
 * The cut of an array of `shape` whose values take `width` bytes. `INVALID_ARGUMENT`, naming `path`, for a wish that no array can have.
 */
export function chooseCut(shape: readonly number[], width: number, wish: CutWish, sharded: boolean, path: string): Cut {
  const total = shape.reduce((size, extent) => size * extent, width);
  const chunkBytes = sharded ? CHUNK_BYTES : Math.max(CHUNK_BYTES, total / MOST_FILES);
  const chosen = (sharded && wish.shardRows !== 0 ? wish.pieces : undefined) ?? wish.chunks;
  const asked = checkExtents(chosen ?? defaultChunks(shape, width, chunkBytes), shape, path);
  const chunks = asked.map((extent, i) => Math.min(extent, Math.max(1, shape[i] as number)));
  if (!sharded || shape.length === 0) return { chunks, shards: null };
  if (wish.shards !== undefined) {
    if (wish.shards.length === 0) return { chunks, shards: null };
    return { chunks, shards: wholeChunks(checkExtents(wish.shards, shape, path), shape, chunks) };
  }
  if (wish.shardRows === 0 || shape.every((extent, i) => extent <= (chunks[i] as number)))
    return { chunks, shards: null };
  if (wish.shardRows !== undefined) {
    const first = Math.ceil(wish.shardRows * (wish.perRow ?? 1));
    return { chunks, shards: wholeChunks([first, ...shape.slice(1)], shape, chunks) };
  }
  return { chunks, shards: growShards(shape, chunks, width, Math.max(SHARD_BYTES, total / MOST_FILES)) };
}

function checkExtents(extents: readonly number[], shape: readonly number[], path: string): readonly number[] {
  if (extents.length === shape.length && extents.every((n) => Number.isSafeInteger(n) && n >= 1)) return extents;
  throw new AtsError(
    "INVALID_ARGUMENT",
    `${path} of shape [${shape}] cannot be cut into pieces of shape [${extents}].`,
    {
      path,
    },
  );
}

/** `extents` as whole chunks that reach at most to the end of the array. */
function wholeChunks(extents: readonly number[], shape: readonly number[], chunks: readonly number[]): number[] {
  return chunks.map((chunk, i) => {
    const count = Math.ceil(Math.max(1, Math.min(extents[i] as number, shape[i] as number)) / chunk);
    return count * chunk;
  });
}

/** Shards of about `bytes`, grown along the last dimension first, so that a row lies in few of them. */
function growShards(shape: readonly number[], chunks: readonly number[], width: number, bytes: number): number[] {
  const shards = [...chunks];
  for (let i = shape.length - 1; i >= 0; i--) {
    const size = shards.reduce((product, extent) => product * extent, width);
    const room = Math.max(1, Math.floor(bytes / size));
    shards[i] = Math.min(room, Math.ceil((shape[i] as number) / (chunks[i] as number))) * (chunks[i] as number);
  }
  return shards;
}
