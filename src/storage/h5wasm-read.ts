/** Reads of HDF5 datasets: by the addon where it takes them, else split into parts for several workers and put together again. */
import { getHeapStatistics } from "node:v8";
import { allocate, type DType, itemSize, type TypedArray, viewAs } from "../dtype.js";
import { DenseArray, sizeOf } from "../elements/dense.js";
import { RecordArray } from "../elements/record.js";
import { StringArray } from "../elements/strings.js";
import { AtsError } from "../errors.js";
import type { AxisSelection } from "../selection/axis.js";
import type { EntryRuns } from "../selection/runs.js";
import type { H5ArrayInfo, H5Numbers, H5Records, H5Strings, H5Value } from "../workers/h5wasm/messages.js";
import type { H5wasmFile } from "./h5wasm.js";
import { splitRows } from "./h5wasm-split.js";
import { decodeStrings } from "./h5wasm-strings.js";
import type { RunReadOptions, StoredValue } from "./types.js";

/** Bytes of one part of a large read: each is copied into place in one go, so it must not hold the event loop. */
const PART_BYTES = 8 * 2 ** 20;
/** Strings of one part. */
const PART_STRINGS = 256 * 1024;
/** A read of so many bytes may start another thread. */
const HEAVY_BYTES = 2 ** 20;
/** A read this many times larger than the file is no data but an attack, or a sparse file that must be asked for with a limit. */
const IMPLAUSIBLE_RATIO = 1100;
const PLAUSIBLE_BYTES = 2 ** 30;
/** What a short string needs of the JavaScript heap, with its place in an array. Running out of that heap would end the process. */
const STRING_BYTES = 32;

/**
 * Reads `selection`, one entry per dimension. `LIMIT_EXCEEDED` before anything is read where the result is larger than `maxReadBytes`,
 * than the file can hold, or, for strings, than the JavaScript heap; otherwise the worker's errors.
 */
export async function readH5(
  file: H5wasmFile,
  info: H5ArrayInfo,
  selection: readonly AxisSelection[],
  signal: AbortSignal | undefined,
): Promise<StoredValue> {
  signal?.throwIfAborted();
  const count = selection.reduce((product, axis) => product * axis.count, 1);
  checkSize(file, info, count);
  const direct = await file.direct.dataset(info);
  if (direct !== undefined) return direct.read(selection, plausibleBytes(file), signal);
  checkHeap(file, info, count);
  const text = info.dtype === "string";
  const rows = selection[0];
  const perRow = rows === undefined || rows.count === 0 ? 1 : count / rows.count;
  const partRows = Math.floor((text ? PART_STRINGS : PART_BYTES / info.itemBytes) / perRow);
  const divisible = typeof info.dtype === "string" && rows !== undefined;
  const parts = divisible ? splitRows(rows, info.layout.chunks?.[0] ?? 1, Math.max(1, partRows)) : [];
  const heavy = count * info.itemBytes >= HEAVY_BYTES;
  const read = (entries: readonly AxisSelection[]) =>
    file.pool.request<H5Value>("read", { address: info.address, selection: entries }, { signal, heavy });
  if (parts.length <= 1) return adopt(await read(selection), signal);
  const shape = selection.map((axis) => axis.count);
  const readPart = (part: AxisSelection) => read([part, ...selection.slice(1)]);
  return text
    ? joinStrings(file, parts, shape, readPart, signal)
    : joinNumbers(file, info.dtype as DType, parts, shape, readPart);
}

/**
 * Reads `runs` of a one-dimensional dataset of numbers into `into`, a typed array of its element type. Whether all of them are known to be in
 * [0, below). Errors as {@link readH5}.
 */
export async function readH5Runs(
  file: H5wasmFile,
  info: H5ArrayInfo,
  runs: EntryRuns,
  into: TypedArray,
  options: RunReadOptions,
): Promise<boolean> {
  const { signal } = options;
  signal?.throwIfAborted();
  const direct = await file.direct.dataset(info);
  if (direct !== undefined) return direct.readRuns(runs, into, options);
  const positions = Float64Array.from(positionsOf(runs));
  const value = await readH5(file, info, [{ kind: "positions", positions, count: positions.length }], signal);
  const bytes = bytesOf((value as DenseArray).data);
  const target = bytesOf(into);
  const width = info.itemBytes;
  let at = 0;
  runs.places.forEach((place, i) => {
    const length = (runs.counts[i] as number) * width;
    target.set(bytes.subarray(at, at + length), place * width);
    at += length;
  });
  return false;
}

function* positionsOf({ starts, counts }: EntryRuns): Generator<number> {
  for (let i = 0; i < starts.length; i++) {
    for (let k = 0; k < (counts[i] as number); k++) yield (starts[i] as number) + k;
  }
}

function bytesOf({ buffer, byteOffset, byteLength }: TypedArray): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength);
}

/** What the file can hold, unless the caller says otherwise. */
function plausibleBytes(file: H5wasmFile): number {
  return file.maxReadBytes ?? Math.max(PLAUSIBLE_BYTES, file.size * IMPLAUSIBLE_RATIO);
}

function checkSize(file: H5wasmFile, info: H5ArrayInfo, count: number): void {
  checkLimit(file, info, count * info.itemBytes, plausibleBytes(file));
}

/** Strings that become JavaScript's at once must fit its heap. */
function checkHeap(file: H5wasmFile, info: H5ArrayInfo, count: number): void {
  checkLimit(file, info, textFields(info) * count * STRING_BYTES, getHeapStatistics().heap_size_limit);
}

function checkLimit(file: H5wasmFile, info: H5ArrayInfo, bytes: number, limit: number): void {
  if (bytes <= limit) return;
  const path = `${file.path}${info.address}`;
  throw new AtsError(
    "LIMIT_EXCEEDED",
    `${path} would give ${bytes} bytes at once, more than ${limit}; select fewer rows or columns, or raise maxReadBytes.`,
    { path },
  );
}

/** How many strings one value of the dataset holds. */
function textFields({ dtype }: H5ArrayInfo): number {
  if (dtype === null || typeof dtype === "string") return dtype === "string" ? 1 : 0;
  return dtype.fields.filter((field) => field.dtype === "string").length;
}

/** The value of a read in one part, over the buffers that the worker handed over. */
async function adopt(value: H5Value, signal: AbortSignal | undefined): Promise<StoredValue> {
  if (value.kind === "numbers") return dense(value);
  if (value.kind === "strings") return strings(value, signal);
  return records(value, signal);
}

function dense(value: H5Numbers): DenseArray {
  const { dtype, shape, data } = value;
  return new DenseArray(dtype, shape, viewAs(dtype, data.buffer, data.byteOffset, sizeOf(shape)));
}

async function strings(value: H5Strings, signal: AbortSignal | undefined): Promise<StringArray> {
  const out = new Array<string>(value.starts.length);
  await decodeStrings(value, out, 0, signal);
  return new StringArray(out, value.shape);
}

async function records(value: H5Records, signal: AbortSignal | undefined): Promise<RecordArray> {
  const fields = new Map<string, DenseArray | StringArray>();
  for (const { name, value: field } of value.fields) {
    fields.set(name, field.kind === "numbers" ? dense(field) : await strings(field, signal));
  }
  return new RecordArray(fields, value.length);
}

type ReadPart = (part: AxisSelection) => Promise<H5Value>;

async function joinNumbers(
  file: H5wasmFile,
  dtype: DType,
  parts: readonly AxisSelection[],
  shape: readonly number[],
  readPart: ReadPart,
): Promise<DenseArray> {
  const data = allocate(dtype, sizeOf(shape)) as TypedArray;
  const bytes = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  const rowBytes = sizeOf(shape.slice(1)) * itemSize(dtype);
  await eachPart(file, parts, async (part, row) => {
    const { data: piece } = (await readPart(part)) as H5Numbers;
    bytes.set(new Uint8Array(piece.buffer, piece.byteOffset, piece.byteLength), row * rowBytes);
  });
  return new DenseArray(dtype, shape, data as never);
}

async function joinStrings(
  file: H5wasmFile,
  parts: readonly AxisSelection[],
  shape: readonly number[],
  readPart: ReadPart,
  signal: AbortSignal | undefined,
): Promise<StringArray> {
  const out = new Array<string>(sizeOf(shape));
  const perRow = sizeOf(shape.slice(1));
  await eachPart(file, parts, async (part, row) => {
    await decodeStrings((await readPart(part)) as H5Strings, out, row * perRow, signal);
  });
  return new StringArray(out, shape);
}

/** Runs `work` for every part with its first row in the result; no more at a time than keeps every worker busy. */
async function eachPart(
  file: H5wasmFile,
  parts: readonly AxisSelection[],
  work: (part: AxisSelection, row: number) => Promise<void>,
): Promise<void> {
  let next = 0;
  let row = 0;
  let failed = false;
  const lane = async (): Promise<void> => {
    while (next < parts.length && !failed) {
      const part = parts[next++] as AxisSelection;
      const at = row;
      row += part.count;
      await work(part, at).catch((error: unknown) => {
        failed = true;
        throw error;
      });
    }
  };
  await Promise.all(Array.from({ length: file.pool.size + 1 }, lane));
}
