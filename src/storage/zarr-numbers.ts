/** Numbers of a Zarr store, read by TensorStore: every selection is an index transform, so that no chunk is touched that it does not need. */
import type { DType } from "../dtype.js";
import { DenseArray, sizeOf } from "../elements/dense.js";
import { AtsError } from "../errors.js";
import { type AxisSelection, isWholeAxis } from "../selection/axis.js";
import type { IndexSelector } from "../tensorstore/indexable.js";
import { open } from "../tensorstore/open.js";
import { readRuns } from "../tensorstore/runs.js";
import type { TensorStore } from "../tensorstore/tensorstore.js";
import { guardPrefix } from "./read-guard.js";
import type { StoredValue } from "./types.js";
import type { ElementReader, RunReader, ZarrArray, ZarrSelection } from "./zarr-array.js";
import { elementBytes, type ZarrMetadata } from "./zarr-metadata.js";

/** Reads arrays of numbers; the array is opened by the first read. */
export function readNumbers(): ElementReader {
  const opened = openOnce();
  return async (array, selection, shape, options): Promise<StoredValue> => {
    const { element } = array.zarr;
    const { dtype } = element as { dtype: DType };
    if (sizeOf(shape) === 0) return DenseArray.zeros(dtype, shape);
    const view = select(await opened(array), array.zarr.shape, selection);
    const values = await view.read(options).catch((error: unknown) => {
      throw atPath(error, array.name);
    });
    return new DenseArray(dtype, shape, (values as DenseArray).data as never);
  };
}

/** Reads runs of one-dimensional arrays of numbers into memory of the caller; the array is opened by the first read. */
export function readNumberRuns(): RunReader {
  const opened = openOnce();
  return async (array, runs, into, options) => {
    return readRuns(await opened(array), runs, into, options).catch((error: unknown) => {
      throw atPath(error, array.name);
    });
  };
}

/** A function that opens an array with {@link openTensor} the first time, and after a failure again. */
export function openOnce(field?: string): (array: ZarrArray) => Promise<TensorStore> {
  let opened: Promise<TensorStore> | undefined;
  return (array) => {
    opened ??= openTensor(array, field).catch((error: unknown) => {
      opened = undefined;
      throw error;
    });
    return opened;
  };
}

/**
 * The array as TensorStore opens it, from the metadata that was checked: no file of metadata is read. `field` is that of records. `CORRUPT` where
 * TensorStore does not understand the metadata.
 */
async function openTensor({ path, name, zarr, session }: ZarrArray, field?: string): Promise<TensorStore> {
  const context = session.context();
  const root = await session.files.kvstore(context);
  const spec = {
    driver: zarr.format === 2 ? "zarr" : "zarr3",
    metadata: zarr.rebuilt,
    fill_missing_data_reads: !session.strict,
    ...(field === undefined ? {} : { field }),
  };
  const kvstore = root.child(`${guardOf(zarr)}${path}/`);
  const options = { open: true, assumeMetadata: true, read: true, context, kvstore };
  return open(spec, options).catch((error: unknown) => {
    if (!AtsError.is(error) || error.code !== "INVALID_ARGUMENT") throw atPath(error, name);
    throw new AtsError("CORRUPT", `${name} has metadata that cannot be: ${error.message}`, {
      path: name,
      cause: error,
    });
  });
}

/** More than a chunk's own bytes that a codec before Blosc may have made of them. */
const BLOSC_SLACK = 2 ** 16;

/** What chunks of the array must not claim. An index in another byte order is not checked. */
function guardOf({ chunks, codec, element, index }: ZarrMetadata): string {
  const bloscBytes = codec?.includes("blosc")
    ? Math.ceil(sizeOf(chunks) * elementBytes(element) * 1.1) + BLOSC_SLACK
    : 0;
  if (index === null) return guardPrefix({ bloscBytes });
  if (index.endian === "big") return "";
  return guardPrefix({ bloscBytes, indexBytes: index.location === "end" ? index.bytes : -index.bytes });
}

/** The view of `store` that `selection` selects. */
export function select(store: TensorStore, shape: readonly number[], selection: ZarrSelection): TensorStore {
  return store.oindex(...shape.map((extent, i) => selector(selection[i], extent)));
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

/**
 * Names the array in an error; TensorStore's path of it is that of a key, which may have a guard. What it does not find is a chunk, where none may be
 * missing.
 */
export function atPath(error: unknown, name: string): unknown {
  if (!AtsError.is(error)) return error;
  const code = error.code === "NOT_FOUND" ? "CORRUPT" : error.code;
  return new AtsError(code, `${name}: ${error.message}`, { path: name, cause: error.cause ?? error });
}
