/** Writes groups and arrays as a Zarr version 2 directory into a staging place: not synced, not locked, that is the durability's part. */
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { itemSize } from "../dtype.js";
import { type DenseArray, sizeOf } from "../elements/dense.js";
import { AtsError } from "../errors.js";
import { Context } from "../tensorstore/context.js";
import { open } from "../tensorstore/open.js";
import type { TensorStore } from "../tensorstore/tensorstore.js";
import { fileError } from "./file-source.js";
import type { ArrayWriter, Attributes, GroupWriter, NewArray, ReadOptions } from "./types.js";
import { zarr2Compressor } from "./zarr2-codec.js";
import { formatDType } from "./zarr2-metadata.js";

/** Values of a chunk where the caller names none, in bytes. */
const CHUNK_BYTES = 2 ** 20;

/** What all writers of one staging directory share. */
export interface WriteSession {
  readonly context: Context;
  /** The codec of arrays that name none. */
  readonly codec: string;
}

/** A session with `threads` threads; files are neither locked nor synced one by one. */
export function writeSession(codec: string, threads?: number): WriteSession {
  const limits =
    threads === undefined
      ? {}
      : { data_copy_concurrency: { limit: threads }, file_io_concurrency: { limit: Math.max(4, threads) } };
  return { codec, context: new Context({ ...limits, file_io_sync: false, file_io_locking: { mode: "non_atomic" } }) };
}

/** A writer for what lies below `directory`, which exists already and is itself not marked as a group. */
export function zarrWriter(directory: string, path: string, session: WriteSession): GroupWriter {
  return {
    path,
    group: (name, attributes) => createGroup(join(directory, name), join(path, name), attributes, session),
    array: (name, options) => createArray(join(directory, name), join(path, name), options, session),
  };
}

async function createGroup(
  directory: string,
  path: string,
  attributes: Attributes | undefined,
  session: WriteSession,
): Promise<GroupWriter> {
  try {
    await mkdir(directory, { recursive: true });
    await writeFile(join(directory, ".zgroup"), '{"zarr_format":2}', { flag: "wx" });
    await writeAttributes(directory, attributes);
  } catch (cause) {
    throw fileError(cause, directory);
  }
  return zarrWriter(directory, path, session);
}

async function writeAttributes(directory: string, attributes: Attributes | undefined): Promise<void> {
  if (attributes === undefined || Object.keys(attributes).length === 0) return;
  await writeFile(join(directory, ".zattrs"), JSON.stringify(attributes, plainNumber), { flag: "wx" });
}

function plainNumber(_: string, value: unknown): unknown {
  return typeof value === "bigint" ? Number(value) : value;
}

async function createArray(
  directory: string,
  path: string,
  options: NewArray,
  session: WriteSession,
): Promise<ArrayWriter> {
  const { dtype, shape } = options;
  if (typeof dtype !== "string" || dtype === "string") {
    throw new AtsError("UNSUPPORTED", `${path} holds no numbers, which this layout cannot keep.`, { path });
  }
  const chunks = checkChunks(options.chunks ?? defaultChunks(shape, itemSize(dtype)), shape, path);
  const metadata = {
    zarr_format: 2,
    dtype: formatDType(dtype),
    shape,
    chunks,
    compressor: zarr2Compressor(options.codec ?? session.codec),
    fill_value: null,
    filters: null,
    order: "C",
    dimension_separator: ".",
  };
  const kvstore = { driver: "file", path: `${directory}/` };
  const store = await open(
    { driver: "zarr", kvstore, metadata },
    { create: true, write: true, context: session.context },
  );
  await writeAttributes(directory, options.attributes).catch((cause: unknown) => {
    throw fileError(cause, directory);
  });
  return {
    path,
    shape,
    chunks,
    write: (origin, block, more) => writeBlock(store, path, origin, block as DenseArray, more),
  };
}

async function writeBlock(
  store: TensorStore,
  path: string,
  origin: readonly number[],
  block: DenseArray,
  options: ReadOptions = {},
): Promise<void> {
  const fits =
    block.shape.length === store.rank &&
    block.shape.every((n, i) => (origin[i] ?? -1) >= 0 && (origin[i] as number) + n <= (store.shape[i] as number));
  if (!fits) {
    throw new AtsError(
      "INVALID_ARGUMENT",
      `A block of shape [${block.shape}] at [${origin}] does not fit ${path} of shape [${store.shape}].`,
      {
        path,
      },
    );
  }
  if (sizeOf(block.shape) === 0) return;
  const view = store.slice(
    ...block.shape.map((n, i) => ({ start: origin[i] as number, stop: (origin[i] as number) + n })),
  );
  // Not with the signal: a write that is let go of goes on in C++, and would make files in a staging place that is being removed.
  await view.write(block as never);
  options.signal?.throwIfAborted();
}

/** TensorStore needs at least 1 in each dimension. */
function checkChunks(chunks: readonly number[], shape: readonly number[], path: string): readonly number[] {
  if (chunks.length === shape.length && chunks.every((n) => Number.isSafeInteger(n) && n >= 1)) return chunks;
  throw new AtsError("INVALID_ARGUMENT", `${path} of shape [${shape}] cannot have chunks of shape [${chunks}].`, {
    path,
  });
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
