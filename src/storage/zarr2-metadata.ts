/** `.zarray` (Zarr specification version 2, "Arrays"), checked before TensorStore sees it. */
import { type DType, itemSize } from "../dtype.js";
import { AtsError } from "../errors.js";
import { DTYPE_OF_CODE, numpyTypeString } from "../numpy-codes.js";
import { type JsonObject, type JsonValue, parseStrictJson } from "./strict-json.js";

/** What `.zarray` says of an array. */
export interface Zarr2Metadata {
  readonly shape: readonly number[];
  readonly chunks: readonly number[];
  readonly dtype: DType;
  /** Such as `blosc-lz4`; null where chunks are stored as they are. */
  readonly codec: string | null;
  readonly separator: "." | "/";
}

/** More dimensions than any element of an AnnData; TensorStore's own limit is 32. */
const MAX_RANK = 32;
const CODECS: readonly string[] = ["blosc", "zlib", "gzip", "bz2", "zstd"];

/**
 * Checks the bytes of the `.zarray` at `path`. `CORRUPT` where they are not JSON or no metadata, `LIMIT_EXCEEDED` where one chunk would
 * decode to more than `maxChunkBytes`, `UNSUPPORTED` for element types, codecs, filters and ranks that are not numbers in plain chunks.
 */
export function parseZarr2Metadata(bytes: Uint8Array, path: string, maxChunkBytes: number): Zarr2Metadata {
  const json = parseStrictJson(bytes, path);
  if (typeof json !== "object" || json === null || Array.isArray(json)) throw corrupt(path, "is no object");
  if (json.zarr_format !== 2) throw corrupt(path, "is not of Zarr format 2");
  const shape = extents(json.shape, path, "shape", 0);
  const chunks = extents(json.chunks, path, "chunks", 1);
  if (shape.length !== chunks.length) throw corrupt(path, "has a shape and chunks of different rank");
  if (json.order !== "C" && json.order !== "F") throw corrupt(path, "has no order");
  if (json.filters !== null && json.filters !== undefined) {
    throw unsupported(path, "has filters, which are not read");
  }
  const dtype = parseDType(json.dtype, path);
  const chunkBytes = chunks.reduce((bytes, extent) => bytes * extent, itemSize(dtype));
  if (chunkBytes > maxChunkBytes) {
    throw new AtsError(
      "LIMIT_EXCEEDED",
      `${path}: one chunk has ${chunkBytes} bytes; raise maxChunkBytes to read it.`,
      { path },
    );
  }
  return { shape, chunks, dtype, codec: codecOf(json.compressor, path), separator: separatorOf(json, path) };
}

function extents(value: JsonValue | undefined, path: string, name: string, least: number): number[] {
  if (!Array.isArray(value)) throw corrupt(path, `has no ${name}`);
  if (value.length > MAX_RANK) throw unsupported(path, `has ${value.length} dimensions; at most ${MAX_RANK} are read`);
  if (!value.every((extent) => Number.isSafeInteger(extent) && (extent as number) >= least)) {
    throw corrupt(path, `has the ${name} ${JSON.stringify(value)}`);
  }
  return value as number[];
}

function parseDType(value: JsonValue | undefined, path: string): DType {
  if (value === "bfloat16") return "bfloat16";
  if (typeof value !== "string") {
    throw Array.isArray(value) ? unsupported(path, "has records, which are not read") : corrupt(path, "has no dtype");
  }
  const dtype = /^[<>|]/.test(value) ? DTYPE_OF_CODE[value.slice(1)] : undefined;
  if (dtype === undefined)
    throw unsupported(path, `has the element type ${JSON.stringify(value)}; only numbers are read`);
  return dtype;
}

/** numpy's type string of `dtype`, little-endian, as Zarr version 2 stores it. */
export function formatDType(dtype: DType): string {
  return numpyTypeString(dtype) ?? dtype;
}

function codecOf(compressor: JsonValue | undefined, path: string): string | null {
  if (compressor === null) return null;
  if (typeof compressor !== "object" || Array.isArray(compressor)) throw corrupt(path, "has no compressor");
  const id = compressor?.id;
  if (typeof id !== "string") throw corrupt(path, "has a compressor without a name");
  if (!CODECS.includes(id)) throw unsupported(path, `uses the codec ${JSON.stringify(id)}`);
  return id === "blosc" ? `blosc-${String(compressor?.cname)}` : id;
}

function separatorOf(json: JsonObject, path: string): "." | "/" {
  const separator = json.dimension_separator ?? ".";
  if (separator !== "." && separator !== "/") throw corrupt(path, `has the separator ${JSON.stringify(separator)}`);
  return separator;
}

function corrupt(path: string, what: string): AtsError {
  return new AtsError("CORRUPT", `${path} ${what}.`, { path });
}

function unsupported(path: string, what: string): AtsError {
  return new AtsError("UNSUPPORTED", `${path} ${what}.`, { path });
}
