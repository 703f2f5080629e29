/** Arrays of a Zarr version 2 directory, read by TensorStore. */
import { lstat } from "node:fs/promises";
import { join } from "node:path";
import { itemSize } from "../dtype.js";
import { DenseArray, sizeOf } from "../elements/dense.js";
import { AtsError } from "../errors.js";
import { type AxisSelection, isWholeAxis } from "../selection/axis.js";
import type { IndexSelector } from "../tensorstore/indexable.js";
import { open } from "../tensorstore/open.js";
import type { TensorStore } from "../tensorstore/tensorstore.js";
import { list } from "./directories.js";
import type { ArrayNode, Attributes, ReadOptions } from "./types.js";
import type { ZarrSession } from "./zarr-session.js";
import { parseZarr2Metadata, type Zarr2Metadata } from "./zarr2-metadata.js";

/** Chunks beyond this must be plausible from what is stored. */
const PLAIN_CHUNK_BYTES = 64 * 2 ** 20;
/** No codec stores more than this many equal bytes in one. */
const MAX_RATIO = 20_000;

/** The array at `directory`, whose `.zarray` has been read; errors as `parseZarr2Metadata`. TensorStore opens it on the first read. */
export function openArray(
  directory: string,
  path: string,
  metadata: Uint8Array,
  attributes: Attributes,
  session: ZarrSession,
): ArrayNode {
  const zarr = parseZarr2Metadata(metadata, join(directory, ".zarray"), session.maxChunkBytes);
  let opened: Promise<TensorStore> | undefined;
  const store = () => {
    opened ??= openStore(directory, path, metadata, zarr, session).catch((error: unknown) => {
      opened = undefined;
      throw error;
    });
    return opened;
  };
  return {
    kind: "array",
    path,
    attributes,
    shape: zarr.shape,
    dtype: zarr.dtype,
    layout: { chunks: zarr.chunks, shards: null, codec: zarr.codec },
    read: (selection = [], options = {}) => read(directory, zarr, selection, options, session, store),
    storedBytes: () => directorySize(directory),
  };
}

async function openStore(
  directory: string,
  path: string,
  metadata: Uint8Array,
  zarr: Zarr2Metadata,
  session: ZarrSession,
): Promise<TensorStore> {
  await session.checkArray?.(path, directory, metadata);
  await checkPlausible(directory, zarr);
  const kvstore = { driver: "file", path: `${directory}/` };
  const store = await open({ driver: "zarr", kvstore }, { read: true, context: session.context() });
  const same = store.shape.length === zarr.shape.length && store.shape.every((extent, i) => extent === zarr.shape[i]);
  if (same && store.dtype === zarr.dtype) return store;
  throw new AtsError("STALE", `${directory} was replaced since it was opened; open the store again.`, {
    path: directory,
  });
}

/** A huge chunk must have bytes to decode from: its first chunk is looked at. */
async function checkPlausible(directory: string, zarr: Zarr2Metadata): Promise<void> {
  const bytes = sizeOf(zarr.chunks) * itemSize(zarr.dtype);
  if (bytes <= PLAIN_CHUNK_BYTES || zarr.shape.includes(0)) return;
  const first = join(directory, zarr.chunks.map(() => "0").join(zarr.separator));
  const stored = await lstat(first).then(
    (stats) => stats.size,
    () => undefined,
  );
  if (stored !== undefined && stored * MAX_RATIO < bytes) {
    throw new AtsError("LIMIT_EXCEEDED", `${first} has ${stored} bytes and claims to decode to ${bytes}.`, {
      path: first,
    });
  }
}

async function read(
  directory: string,
  zarr: Zarr2Metadata,
  selection: readonly (AxisSelection | undefined)[],
  options: ReadOptions,
  session: ZarrSession,
  store: () => Promise<TensorStore>,
): Promise<DenseArray> {
  options.signal?.throwIfAborted();
  if (session.state.closed)
    throw new AtsError("CLOSED", `${directory} was read after its store was closed.`, { path: directory });
  const shape = zarr.shape.map((extent, i) => selection[i]?.count ?? extent);
  const bytes = sizeOf(shape) * itemSize(zarr.dtype);
  if (bytes > session.maxReadBytes) {
    throw new AtsError(
      "LIMIT_EXCEEDED",
      `Reading ${directory} takes ${bytes} bytes; select less or raise maxReadBytes.`,
      {
        path: directory,
      },
    );
  }
  if (bytes === 0) return DenseArray.zeros(zarr.dtype, shape);
  const selectors = zarr.shape.map((extent, i) => selector(selection[i], extent));
  const view = (await store()).oindex(...selectors);
  const values = await view.read(options).catch((error: unknown) => {
    throw atPath(error, directory);
  });
  // TensorStore finds chunks by their path: what it read must all be of the store that was opened.
  await session.checkCurrent?.();
  return new DenseArray(zarr.dtype, shape, (values as DenseArray).data as never);
}

/** A selection as TensorStore takes it: an interval where it is one, else positions. */
function selector(selection: AxisSelection | undefined, extent: number): IndexSelector {
  if (selection === undefined || isWholeAxis(selection, extent)) return null;
  if (selection.kind === "positions") return interval(selection.positions, selection.count) ?? positions(selection);
  const { start, step, count } = selection;
  return { start, stop: start + (count - 1) * step + Math.sign(step), step };
}

function positions(selection: Extract<AxisSelection, { kind: "positions" }>): IndexSelector {
  const { positions: all, count } = selection;
  return all.length === count ? all : all.subarray(0, count);
}

/** Positions that ascend one by one are an interval, which costs TensorStore no index array. */
function interval(all: ArrayLike<number>, count: number): IndexSelector | undefined {
  const start = all[0] as number;
  for (let i = 1; i < count; i++) if (all[i] !== start + i) return undefined;
  return { start, stop: start + count };
}

/** Names the array in an error that has no path of its own. */
function atPath(error: unknown, directory: string): unknown {
  if (!AtsError.is(error) || error.path !== undefined) return error;
  return new AtsError(error.code, `${directory}: ${error.message}`, { path: directory, cause: error });
}

/** Bytes of the array's files, its metadata included. */
async function directorySize(directory: string): Promise<number> {
  let size = 0;
  for (const entry of await list(directory)) {
    const path = join(directory, entry.name);
    if (entry.isDirectory()) size += await directorySize(path);
    else if (entry.isFile()) size += (await lstat(path)).size;
  }
  return size;
}
