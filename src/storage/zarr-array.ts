/** Arrays of a Zarr store as nodes. What TensorStore reads (numbers, records) and what the string kernel reads share all that comes before. */
import { isDeepStrictEqual } from "node:util";
import type { TypedArray } from "../dtype.js";
import { sizeOf } from "../elements/dense.js";
import { AtsError } from "../errors.js";
import type { AxisSelection } from "../selection/axis.js";
import type { EntryRuns } from "../selection/runs.js";
import { parseStrictJson } from "./strict-json.js";
import { together } from "./together.js";
import type { ArrayNode, ReadOptions, RunReadOptions, StoredValue } from "./types.js";
import { rawFiles } from "./zarr-files.js";
import type { NodeDocument } from "./zarr-hierarchy.js";
import {
  chunkKey,
  corrupt,
  elementBytes,
  objectOf,
  storedDType,
  type ZarrElement,
  type ZarrMetadata,
} from "./zarr-metadata.js";
import { readNumberRuns, readNumbers } from "./zarr-numbers.js";
import { readRecords } from "./zarr-records.js";
import type { ZarrSession } from "./zarr-session.js";
import { readStrings } from "./zarr-strings.js";
import { parseZarr2 } from "./zarr2-metadata.js";
import { parseZarr3 } from "./zarr3-metadata.js";

/** One array of an open store: what its readers get. */
export interface ZarrArray {
  readonly path: string;
  /** Its path on disk, which messages name. */
  readonly name: string;
  readonly zarr: ZarrMetadata;
  readonly session: ZarrSession;
}

/** A selection: one entry per dimension, missing entries mean the whole. */
export type ZarrSelection = readonly (AxisSelection | undefined)[];

/** Reads a selection of one kind of element; `shape` is the result's. */
export type ElementReader = (
  array: ZarrArray,
  selection: ZarrSelection,
  shape: readonly number[],
  options: ReadOptions,
) => Promise<StoredValue>;

/** Reads runs of a one-dimensional array of numbers into memory of the caller. */
export type RunReader = (
  array: ZarrArray,
  runs: EntryRuns,
  into: TypedArray,
  options: RunReadOptions,
) => Promise<boolean>;

/** By kind of element: how an opened array is read. What is opened once for many reads is kept by the function that is made. */
const READERS: { readonly [K in ZarrElement["kind"]]: () => ElementReader } = {
  number: readNumbers,
  text: readStrings,
  records: readRecords,
};

/** No runtime has a larger buffer (V8's limit on typed arrays of 8-byte elements, in values, is 2^33). */
const MAX_BUFFER_BYTES = 2 ** 36;
/** Chunks beyond this must be plausible from what is stored. */
const PLAIN_CHUNK_BYTES = 64 * 2 ** 20;
/** No codec stores more than this many equal bytes in one. */
const MAX_RATIO = 20_000;

/**
 * The array at `path` that `document` describes; errors as `parseZarr2` and `parseZarr3`. Its files are looked at by the first read.
 * `consolidated`: the document was not its own file.
 */
export function openArray(
  path: string,
  document: NodeDocument,
  consolidated: boolean,
  session: ZarrSession,
): ArrayNode {
  const zarr = parse(document, session.files.nameOf(document.key), session);
  const array: ZarrArray = { path, name: session.files.nameOf(path), zarr, session };
  const reader = READERS[zarr.element.kind]();
  const runReader = zarr.element.kind === "number" && zarr.shape.length === 1 ? readNumberRuns() : undefined;
  let checked: Promise<void> | undefined;
  let plausible: Promise<void> | undefined;
  /** Runs `work`, a read of `shape`, on an array that is checked and is current afterwards. */
  const reading = async <T>(shape: readonly number[], options: ReadOptions, work: () => Promise<T>): Promise<T> => {
    options.signal?.throwIfAborted();
    assertOpen(array);
    assertSize(array, shape);
    plausible ??= checkPlausible(array);
    plausible.catch(() => {
      plausible = undefined;
    });
    await plausible;
    const values = work();
    // Side by side: the values of a read whose check fails are dropped.
    checked ??= check(array, document, consolidated);
    checked.catch(() => {
      checked = undefined;
    });
    const [, value] = await together(checked, values);
    // Chunks are found by their path: what was read must all be of the store that was opened.
    await session.checkCurrent?.();
    return value;
  };
  return {
    kind: "array",
    path,
    attributes: document.attributes,
    shape: zarr.shape,
    dtype: storedDType(zarr.element),
    layout: { chunks: zarr.chunks, shards: zarr.shards, codec: zarr.codec },
    ...(zarr.element.kind === "text" && "bytes" in zarr.element.text ? { fixedText: true } : {}),
    read(selection = [], options = {}) {
      const shape = zarr.shape.map((extent, i) => selection[i]?.count ?? extent);
      return reading(shape, options, () => reader(array, selection, shape, options));
    },
    ...(runReader === undefined
      ? {}
      : {
          readRuns: (runs: EntryRuns, into: TypedArray, options: RunReadOptions = {}) =>
            reading([into.byteLength / elementBytes(zarr.element)], options, () =>
              runReader(array, runs, into, options),
            ),
        }),
    storedBytes: () => session.files.storedBytes(path),
    raw: rawFiles(session.files, path, zarr.format),
  };
}

function parse(document: Pick<NodeDocument, "format" | "json">, name: string, session: ZarrSession): ZarrMetadata {
  return (document.format === 2 ? parseZarr2 : parseZarr3)(document.json, name, session);
}

function assertOpen({ name, session }: ZarrArray): void {
  if (!session.state.closed) return;
  throw new AtsError("CLOSED", `${name} was read after its store was closed.`, { path: name });
}

function assertSize({ name, zarr, session }: ZarrArray, shape: readonly number[]): void {
  const bytes = sizeOf(shape) * elementBytes(zarr.element);
  if (bytes <= Math.min(session.maxReadBytes, MAX_BUFFER_BYTES)) return;
  throw new AtsError("LIMIT_EXCEEDED", `Reading ${name} takes ${bytes} bytes; select less or raise maxReadBytes.`, {
    path: name,
  });
}

/** Looks at the files of an array when the first of its chunks is read. */
async function check(array: ZarrArray, document: NodeDocument, consolidated: boolean): Promise<void> {
  const { path, name, session } = array;
  const own = consolidated ? await readOwn(array, document) : document.bytes;
  if (own !== undefined) await session.checkArray?.(path, name, own);
}

/** The array's own metadata file, which must say what the consolidated metadata said; undefined where it has none. */
async function readOwn({ zarr, session }: ZarrArray, document: NodeDocument): Promise<Uint8Array | undefined> {
  const name = session.files.nameOf(document.key);
  const bytes = await session.files.read(document.key, session.maxMetadataBytes);
  if (bytes === undefined) return undefined;
  const json = parseStrictJson(bytes, name);
  const group = document.format === 3 && objectOf(json, name, "is no object").node_type === "group";
  if (!group && isDeepStrictEqual(parse({ ...document, json }, name, session), zarr)) return bytes;
  throw corrupt(name, "contradicts the store's consolidated metadata; consolidate it again");
}

/** A huge chunk must have bytes to decode from: its first one is looked at. */
async function checkPlausible({ path, zarr, session }: ZarrArray): Promise<void> {
  const { chunks, keys, shape } = zarr;
  const bytes = sizeOf(chunks) * elementBytes(zarr.element);
  if (bytes <= PLAIN_CHUNK_BYTES || shape.includes(0)) return;
  const first = `${path}/${chunkKey(
    keys,
    chunks.map(() => 0),
  )}`;
  const stored = await session.files.sizeOf(first);
  if (stored === undefined || stored * MAX_RATIO >= bytes) return;
  const name = session.files.nameOf(first);
  throw new AtsError("LIMIT_EXCEEDED", `${name} has ${stored} bytes and claims to decode to ${bytes}.`, { path: name });
}
