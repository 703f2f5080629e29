/**
 * How a new data set lies in the file. As in files of anndata: without a codec one run of bytes, but the parts of sparse matrices chunked and resizable (so
 * that anndata can append to them); with a codec chunked.
 *
 * Chunks are larger than h5py's guess (16 KiB for a small array, 128 KiB for a large one) and smaller than the 1 MiB that h5py keeps of
 * decoded chunks: 256 KiB.
 */
import { parseCodec } from "../codec-name.js";
import { type DType, dtypeKind, itemSize } from "../dtype.js";
import { sizeOf } from "../elements/dense.js";
import { AtsError } from "../errors.js";
import type { Hdf5DatasetSpec } from "../native/hdf5-writer.js";
import type { NewArray, StoredDType } from "./types.js";
import { defaultChunks } from "./zarr-write-layout.js";

/** Values of a chunk, in bytes before they are compressed. */
const CHUNK_BYTES = 2 ** 18;
/** What a data set without chunks is best given at once, in bytes. */
const BLOCK_BYTES = 2 ** 22;
/** What HDF5 stores of a string in its place; and what a name takes in memory, roughly. */
const TEXT_BYTES = 16;
const NAME_BYTES = 64;

export type Hdf5Codec = Pick<Hdf5DatasetSpec, "codec" | "level">;

/** What `codec` (see `parseCodec`) is in HDF5. `INVALID_ARGUMENT` for one that other readers of HDF5 need a plugin for. */
export function hdf5Codec(codec: string): Hdf5Codec {
  const parsed = parseCodec(codec);
  if (parsed.name === "none" || parsed.name === "lzf") return { codec: parsed.name, level: 0 };
  if (parsed.name === "gzip" || parsed.name === "zlib") return { codec: "gzip", level: parsed.level };
  throw new AtsError(
    "INVALID_ARGUMENT",
    `The codec ${JSON.stringify(codec)} is not one that every reader of HDF5 has; choose none, gzip or lzf.`,
  );
}

/** What the layout depends on beside the array itself. */
export interface LayoutContext {
  readonly codec: Hdf5Codec;
  /** Whether the array is a part of a sparse matrix. */
  readonly sparsePart: boolean;
  /** Whether chunks that are asked for are taken also where the array has several axes, and make it chunked. */
  readonly takeChunks: boolean;
}

export type Hdf5Layout = Pick<Hdf5DatasetSpec, "chunks" | "codec" | "level" | "shuffle" | "resizable">;

/** The layout of a new array. */
export function chooseLayout(array: NewArray, { codec, sparsePart, takeChunks }: LayoutContext): Hdf5Layout {
  const { dtype, shape, empty } = array;
  // All chunks share one file, so that they can be as small as readers like.
  const wanted = array.pieces ?? array.chunks;
  const asked = shape.length === 1 || takeChunks ? wanted : undefined;
  const chunked = sparsePart || codec.codec !== "none" || (takeChunks && asked !== undefined);
  // HDF5 has no chunks of single values, and none that are longer than an axis which cannot grow.
  if (empty || shape.length === 0 || !chunked || (!sparsePart && sizeOf(shape) === 0)) {
    return { chunks: null, codec: "none", level: 0, shuffle: false, resizable: false };
  }
  const chunks = (asked ?? balancedChunks(shape, storedBytes(dtype))).map((extent, axis) =>
    Math.max(1, Math.min(extent, (shape[axis] as number) || extent)),
  );
  return { chunks, ...codec, shuffle: codec.codec !== "none" && shuffles(dtype), resizable: sparsePart };
}

/** The blocks that a writer of `array` does best to give: whole chunks, or a few MiB where there are none. */
export function blocksOf({ dtype, shape }: NewArray, { chunks }: Pick<Hdf5Layout, "chunks">): readonly number[] {
  return chunks ?? defaultChunks(shape, dtype === "string" ? NAME_BYTES : storedBytes(dtype), BLOCK_BYTES);
}

/** Integers shrink much and pack faster with their bytes sorted by rank; floating-point numbers of cells do not gain. */
function shuffles(dtype: StoredDType): boolean {
  return isNumber(dtype) && itemSize(dtype) > 1 && /int$/.test(dtypeKind(dtype));
}

/** Halves the longest axis until a chunk is small enough, so that rows and columns are served alike. */
function balancedChunks(shape: readonly number[], width: number): number[] {
  const chunks = shape.map((extent) => Math.max(1, extent));
  if (chunks.length === 1) return [Math.max(1, Math.floor(CHUNK_BYTES / width))];
  for (let bytes = sizeOf(chunks) * width; bytes > CHUNK_BYTES; bytes = sizeOf(chunks) * width) {
    const longest = chunks.indexOf(Math.max(...chunks));
    if (chunks[longest] === 1) break;
    chunks[longest] = Math.ceil((chunks[longest] as number) / 2);
  }
  return chunks;
}

function isNumber(dtype: StoredDType): dtype is DType {
  return typeof dtype === "string" && dtype !== "string";
}

/** Bytes of one value in the file. */
function storedBytes(dtype: StoredDType): number {
  if (dtype === "string") return TEXT_BYTES;
  if (typeof dtype === "string") return itemSize(dtype);
  const sizes = dtype.fields.map((field) => storedBytes(field.dtype) * sizeOf(field.shape ?? []));
  return Math.max(
    1,
    sizes.reduce((sum, size) => sum + size, 0),
  );
}
