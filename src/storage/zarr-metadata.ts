/** What the metadata of a Zarr array says, checked, of either version; and the checks that both versions share. */
import { type DType, itemSize } from "../dtype.js";
import { sizeOf } from "../elements/dense.js";
import { AtsError } from "../errors.js";
import { toJson } from "../tensorstore/json.js";
import type { JsonObject, JsonValue } from "./strict-json.js";
import type { StoredDType, StoredField } from "./types.js";

/** How text of one fixed length is stored: numpy's `U` (UTF-32) and `S` (bytes), padded with NUL. */
export interface FixedText {
  readonly kind: "utf32" | "bytes";
  /** Bytes of one value. */
  readonly bytes: number;
  readonly endian: "little" | "big";
}

/** How strings are stored. */
export type StoredText = { readonly kind: "vlen-utf8" | "vlen-bytes" } | FixedText;

/** One field of records. */
export interface ZarrField {
  readonly name: string;
  /** The type of its values; for text, how it is stored. */
  readonly type: DType | FixedText;
  /** Extents of a sub-array. */
  readonly shape: readonly number[];
}

/** What one value of an array is. */
export type ZarrElement =
  | { readonly kind: "number"; readonly dtype: DType }
  | { readonly kind: "text"; readonly text: StoredText }
  | { readonly kind: "records"; readonly fields: readonly ZarrField[] };

/** Where in a shard its index is, and how it is encoded. */
export interface ShardIndex {
  readonly codecs: readonly JsonObject[];
  readonly location: "start" | "end";
  readonly endian: "little" | "big";
  /** Its encoded length. */
  readonly bytes: number;
}

/** How chunks are decoded, for arrays that TensorStore does not read (strings). */
export interface TextCodec {
  /** The order in which dimensions are stored; null where the last varies fastest. */
  readonly order: readonly number[] | null;
  /** Bytes to bytes, in the order of encoding: objects as the version's metadata has them. */
  readonly codecs: readonly JsonObject[];
  /** What chunks that are not stored hold. */
  readonly fill: string;
}

/** What the metadata of an array says. */
export interface ZarrMetadata {
  readonly format: 2 | 3;
  readonly shape: readonly number[];
  /** What one decode gives: the inner chunks of shards. */
  readonly chunks: readonly number[];
  /** What one file holds, where that is many chunks, and the index that tells them apart. */
  readonly shards: readonly number[] | null;
  readonly index: ShardIndex | null;
  readonly element: ZarrElement;
  /** Such as `blosc-lz4` or `zstd`; null where nothing is compressed. */
  readonly codec: string | null;
  /** Keys of chunks: `prefix`, then the chunk's indices, with `separator` between. */
  readonly keys: { readonly prefix: "" | "c"; readonly separator: "." | "/" };
  /** TensorStore's metadata, rebuilt of what was checked; null for strings, which it does not read. */
  readonly rebuilt: JsonObject | null;
  /** For strings only. */
  readonly text: TextCodec | null;
}

/** Bounds on what metadata may ask for. */
export interface MetadataLimits {
  /** What one chunk may decode to, in bytes. */
  readonly maxChunkBytes: number;
  readonly maxMetadataBytes: number;
}

/** Longer texts of one fixed length are no names, but an attack on memory. */
export const MAX_TEXT_BYTES = 2 ** 24;
/** TensorStore's own limit on dimensions, beyond any element of an AnnData. */
const MAX_RANK = 32;
/** TensorStore's indices end at 2^62. */
const MAX_EXTENT = 2 ** 62;
/** The least that a string of variable length takes in memory. */
const TEXT_BYTES = 8;

/** The key of the chunk at `indices` below the array's own. */
export function chunkKey({ prefix, separator }: ZarrMetadata["keys"], indices: readonly number[]): string {
  if (indices.length === 0) return prefix === "" ? "0" : prefix;
  return [...(prefix === "" ? [] : [prefix]), ...indices].join(separator);
}

/** The element type as nodes have it. */
export function storedDType(element: ZarrElement): StoredDType {
  if (element.kind === "number") return element.dtype;
  if (element.kind === "text") return "string";
  const fields = element.fields.map(({ name, type, shape }): StoredField => {
    const dtype = typeof type === "string" ? type : "string";
    return shape.length === 0 ? { name, dtype } : { name, dtype, shape };
  });
  return { fields };
}

/** Bytes of one value, as it is decoded. */
export function elementBytes(element: ZarrElement): number {
  if (element.kind === "number") return itemSize(element.dtype);
  if (element.kind === "text") return "bytes" in element.text ? element.text.bytes : TEXT_BYTES;
  return element.fields.reduce((total, field) => total + fieldBytes(field), 0);
}

/** Bytes of one field of one record. */
function fieldBytes({ type, shape }: ZarrField): number {
  return (typeof type === "string" ? itemSize(type) : type.bytes) * sizeOf(shape);
}

/** A list of extents: of a shape (`least` 0) or of chunks (1). `CORRUPT` for anything else, `UNSUPPORTED` beyond 32 dimensions. */
export function extentsOf(value: JsonValue | undefined, path: string, name: string, least: 0 | 1): number[] {
  if (!Array.isArray(value)) throw corrupt(path, `has no ${name}`);
  if (value.length > MAX_RANK) throw unsupported(path, `has ${value.length} dimensions; at most ${MAX_RANK} are read`);
  const extents = value.map((extent) => (typeof extent === "bigint" ? Number(extent) : extent));
  if (extents.every((n) => typeof n === "number" && Number.isInteger(n) && n >= least && n <= MAX_EXTENT)) {
    return extents as number[];
  }
  throw corrupt(path, `has the ${name} ${show(value)}`);
}

/** Checks the extents of chunks against the shape and the limit: `CORRUPT` where ranks differ, `LIMIT_EXCEEDED` for too large a chunk. */
export function checkChunks(
  shape: readonly number[],
  chunks: readonly number[],
  element: ZarrElement,
  path: string,
  { maxChunkBytes }: MetadataLimits,
): void {
  if (shape.length !== chunks.length) throw corrupt(path, "has a shape and chunks of different rank");
  const bytes = chunks.reduce((product, extent) => product * extent, elementBytes(element));
  if (bytes <= maxChunkBytes) return;
  throw new AtsError("LIMIT_EXCEEDED", `${path}: one chunk has ${bytes} bytes; raise maxChunkBytes to read it.`, {
    path,
  });
}

/** Checks the names of record fields: `CORRUPT` where there are none, or one occurs twice. */
export function checkFields(fields: readonly ZarrField[], path: string): void {
  const names = new Set(fields.map(({ name }) => name));
  if (fields.length === 0 || names.size !== fields.length || names.has("")) {
    throw corrupt(path, "has records without fields, or with two of one name");
  }
}

/** `value` as an object; `CORRUPT` with `what` for anything else. A message that shows a value is made when it is needed: stores have many objects. */
export function objectOf(value: JsonValue | undefined, path: string, what: string | (() => string)): JsonObject {
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return value;
  throw corrupt(path, typeof what === "string" ? what : what());
}

/** A whole number from `least` on, of at most `most`; `CORRUPT` with `what` for anything else. */
export function integerOf(
  value: JsonValue | undefined,
  least: number,
  most: number,
  path: string,
  what: string,
): number {
  if (typeof value === "number" && Number.isInteger(value) && value >= least && value <= most) return value;
  throw corrupt(path, what);
}

/** `value` in a message; long ones are cut. */
export function show(value: JsonValue | undefined): string {
  const text = value === undefined ? "nothing" : toJson(value);
  return text.length <= 80 ? text : `${text.slice(0, 77)}...`;
}

/** What is wrong with the metadata at `path`; `what` ends the sentence that begins with it. */
export function corrupt(path: string, what: string): AtsError {
  return new AtsError("CORRUPT", `${path} ${what}.`, { path });
}

/** What this version cannot read of the array whose metadata is at `path`. */
export function unsupported(path: string, what: string): AtsError {
  return new AtsError("UNSUPPORTED", `${path} ${what}.`, { path });
}
