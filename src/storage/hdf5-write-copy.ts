/**
 * Copies of nodes of other HDF5 files: chunks and bytes as they are stored, whatever encoded them. Strings of any length lie in a heap of their file, so
 * they are read and written, into a data set of the same chunks and filters; what else only its file understands becomes a new array.
 */
import { sizeOf } from "../elements/dense.js";
import { AtsError, type AtsErrorCode } from "../errors.js";
import type { NativeHdf5Object } from "../native/hdf5-reader.js";
import type { Hdf5GroupSpec, NativeHdf5Writer } from "../native/hdf5-writer.js";
import { cancellable, onAbort } from "../tensorstore/abort.js";
import { located } from "./hdf5-dataset.js";
import { type Place, storedPlace } from "./hdf5-place.js";
import { attributeSpecs } from "./hdf5-write-attributes.js";
import { memberPath } from "./hdf5-write-names.js";
import type {
  ArrayNode,
  ArrayWriter,
  CopyOptions,
  ExtendedArray,
  GroupNode,
  GroupWriter,
  NewArray,
  ReadOptions,
  StoredNode,
} from "./types.js";

/** Stored bytes of one call: what an abort waits for, and how finely progress is told. */
const PART_BYTES = 32 * 2 ** 20;
/** Values of one block, where they are read and written. */
const BLOCK_VALUES = 2 ** 18;
/** What an error of the native copy is about: the file that is read. */
const OF_SOURCE: readonly AtsErrorCode[] = ["CORRUPT", "STALE", "UNSAFE_PATH", "LIMIT_EXCEEDED"];

/** The file that copies go to. */
export interface CopyTarget {
  readonly handle: NativeHdf5Writer;
  /** The writer of a group that is there. */
  groupAt(path: string): GroupWriter;
  /** The writer of data set `number`, which is there. */
  arrayAt(number: number, path: string, array: NewArray, chunks: readonly number[] | null): ArrayWriter;
}

/** One node below the one that is copied. */
interface Member {
  readonly node: GroupNode | ArrayNode;
  readonly object: NativeHdf5Object;
  readonly path: string;
}

/**
 * Copies `node`, and what is below it, to `path`, a new member of a group that is there. False, with nothing made, where a part of it cannot be copied: it is no node of
 * HDF5, its attributes refer to other objects, or nobody reads its type. `CORRUPT`, `STALE` and others of the source; those of the writer.
 */
export async function copyNode(
  target: CopyTarget,
  path: string,
  node: StoredNode,
  options: CopyOptions = {},
): Promise<boolean> {
  const members: Member[] = [];
  if (node.kind === "table" || !(await collect(node, path, members, new Set()))) return false;
  const total = members.reduce((sum, { object }) => sum + object.info().storedBytes, 0);
  let before = 0;
  for (const member of members) {
    options.signal?.throwIfAborted();
    const bytes = member.object.info().storedBytes;
    const onFraction = (fraction: number) => options.onBytes?.(before + bytes * fraction, total);
    await copyMember(target, member, options, onFraction);
    before += bytes;
    options.onBytes?.(before, total);
  }
  return true;
}

/** Lists `node` and what is below it, parents first; false where a part cannot be copied, or a group is its own descendant or has two names. */
async function collect(
  node: GroupNode | ArrayNode,
  path: string,
  members: Member[],
  groups: Set<number>,
): Promise<boolean> {
  const place = await storedPlace(node);
  if (place === undefined || !takesAttributes(node, place, path)) return false;
  const { object, header } = place;
  members.push({ node, object, path });
  if (node.kind === "array") return object.info().values !== "other" || isReadable(node);
  if (groups.has(header)) return false;
  groups.add(header);
  for (const name of await node.keys()) {
    const member = await node.get(name);
    // A link that leads nowhere, or a type without values, leaves no trace.
    if (member === undefined) continue;
    if (member.kind === "table" || !(await collect(member, memberPath(path, name), members, groups))) return false;
  }
  return true;
}

function takesAttributes(node: GroupNode | ArrayNode, { object }: Place, path: string): boolean {
  try {
    attributesFor(node, object, path);
    return true;
  } catch (error) {
    if (AtsError.is(error) && error.code === "UNSUPPORTED") return false;
    throw error;
  }
}

/** What the writer is told beside the object: attributes that are not in its header. */
function specFor(node: GroupNode | ArrayNode, object: NativeHdf5Object, path: string): string {
  return JSON.stringify({ path, attributes: attributesFor(node, object, path) } satisfies Hdf5GroupSpec);
}

function attributesFor(node: GroupNode | ArrayNode, object: NativeHdf5Object, path: string) {
  return object.info().attributesElsewhere ? attributeSpecs(node.attributes, path) : [];
}

function isReadable({ dtype }: ArrayNode): boolean {
  return typeof dtype === "string" || dtype.fields.length > 0;
}

async function copyMember(
  target: CopyTarget,
  { node, object, path }: Member,
  options: ReadOptions,
  onFraction: (fraction: number) => void,
): Promise<void> {
  if (node.kind === "group") return target.handle.copyGroup(specFor(node, object, path), object, 0);
  const made = await declared(target, node, object, path, null);
  if (made === undefined) {
    const [name = "", ...parents] = path.split("/").reverse();
    return copyAnew(target.groupAt(parents.reverse().join("/")), name, node, options);
  }
  if (object.info().values === "stored") return copyParts(target.handle, made, node.path, options, onFraction);
  const array = { dtype: "string", shape: node.shape, empty: node.empty } as const;
  await copyValues(node, target.arrayAt(made.number, path, array, node.layout.chunks), options);
}

type Declared = Awaited<ReturnType<NativeHdf5Writer["copyDataset"]>>;

/** The new data set; undefined, with nothing made, where it cannot be as the stored one is. */
async function declared(
  { handle }: CopyTarget,
  node: ArrayNode,
  object: NativeHdf5Object,
  path: string,
  rows: number | null,
): Promise<Declared | undefined> {
  try {
    return await handle.copyDataset(specFor(node, object, path), object, rows, 0);
  } catch (error) {
    if (AtsError.is(error) && error.code === "UNSUPPORTED" && (rows !== null || isReadable(node))) return undefined;
    throw error;
  }
}

async function copyParts(
  handle: NativeHdf5Writer,
  { number, parts }: Declared,
  source: string,
  { signal }: ReadOptions,
  onFraction?: (fraction: number) => void,
): Promise<void> {
  const release = signal && onAbort(signal, () => handle.stop());
  try {
    let next = 0;
    do {
      next = await cancellable(signal, (token) => handle.copyStored(number, next, PART_BYTES, token));
      if (parts > 0) onFraction?.(next / parts);
    } while (next < parts);
  } catch (error) {
    throw AtsError.is(error) && OF_SOURCE.includes(error.code) ? located(error, source) : error;
  } finally {
    release?.();
  }
}

/** A new array of the values of `node`, as a store of ours has them, with its codec where that is one of ours. */
async function copyAnew(group: GroupWriter, name: string, node: ArrayNode, options: ReadOptions): Promise<void> {
  const { dtype, shape, attributes, layout, empty } = node;
  const codec = layout.codec?.split("+").find((part) => part === "gzip" || part === "lzf");
  const writer = await group.array(name, {
    dtype,
    shape,
    empty,
    attributes,
    codec,
    chunks: layout.chunks ?? undefined,
  });
  await copyValues(node, writer, options);
}

async function copyValues(node: ArrayNode, writer: ArrayWriter, options: ReadOptions): Promise<void> {
  if (node.empty || node.shape.includes(0)) return;
  const [rows, ...rest] = node.shape;
  if (rows === undefined) return writer.write([], await node.read([], options), options);
  const chunk = Math.max(1, writer.chunks[0] ?? 1);
  const step = Math.max(1, Math.floor(BLOCK_VALUES / sizeOf(rest) / chunk)) * chunk;
  for (let start = 0; start < rows; start += step) {
    options.signal?.throwIfAborted();
    const block = await node.read([{ kind: "range", start, step: 1, count: Math.min(step, rows - start) }], options);
    await writer.write([start, ...rest.map(() => 0)], block, options);
  }
}

/**
 * Makes the array at `path` with `length` rows, the first of which are those of `node`: whole chunks and contiguous bytes are copied as they are stored.
 * Undefined where it is no array of little-endian numbers of HDF5, or a compact one.
 *
 * An array keeps its layout: a contiguous one is contiguous again, with the new rows behind. New chunks are encoded as the old ones where that
 * is shuffle, gzip or lzf; for other filters they are stored without any, which the format has a place for and every reader understands.
 */
export async function extendArray(
  target: CopyTarget,
  path: string,
  node: ArrayNode,
  length: number,
  options: ReadOptions = {},
): Promise<ExtendedArray | undefined> {
  const { dtype, layout } = node;
  const place = await storedPlace(node);
  if (place?.object.info().values !== "stored" || typeof dtype !== "string" || dtype === "string") return undefined;
  const made = await declared(target, node, place.object, path, length);
  if (made === undefined) return undefined;
  await copyParts(target.handle, made, node.path, options);
  const array = { dtype, shape: [length, ...node.shape.slice(1)] };
  return { kept: made.rows, writer: target.arrayAt(made.number, path, array, layout.chunks) };
}

/** Gives the root of the new file the attributes of `node`, another file's root. */
export async function copyRoot({ handle }: CopyTarget, node: GroupNode): Promise<void> {
  const place = await storedPlace(node);
  if (place !== undefined) return handle.copyGroup(specFor(node, place.object, ""), place.object, 0);
  const spec: Hdf5GroupSpec = { path: "", attributes: attributeSpecs(node.attributes, node.path) };
  await handle.group(JSON.stringify(spec), 0);
}
