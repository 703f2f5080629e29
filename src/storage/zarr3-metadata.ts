/** `zarr.json` of arrays (Zarr core specification version 3, "Array metadata"), checked before TensorStore sees it. */
import type { JsonObject, JsonValue } from "./strict-json.js";
import {
  checkChunks,
  corrupt,
  extentsOf,
  type FixedText,
  type MetadataLimits,
  objectOf,
  show,
  unsupported,
  type ZarrElement,
  type ZarrMetadata,
} from "./zarr-metadata.js";
import { parseCodecs } from "./zarr3-codecs.js";
import { parseDataType, rebuildDataType, rebuildFillValue } from "./zarr3-dtype.js";

/** Members of an array's `zarr.json` that are read or that say nothing about how values are stored. */
const KNOWN: ReadonlySet<string> = new Set([
  "zarr_format",
  "node_type",
  "shape",
  "data_type",
  "chunk_grid",
  "chunk_key_encoding",
  "fill_value",
  "codecs",
  "attributes",
  "storage_transformers",
  "dimension_names",
]);

/**
 * What the `zarr.json` at `path`, parsed to `value`, says of an array. `CORRUPT` where it is no such metadata, `LIMIT_EXCEEDED` where one chunk
 * would decode to more than `maxChunkBytes`, `UNSUPPORTED` for element types, codecs and extensions that are not read.
 */
export function parseZarr3(value: JsonValue, path: string, limits: MetadataLimits): ZarrMetadata {
  const json = objectOf(value, path, "is no object");
  if (json.zarr_format !== 3 || json.node_type !== "array") throw corrupt(path, "is no array of Zarr format 3");
  refuseExtensions(json, path);
  const shape = extentsOf(json.shape, path, "shape", 0);
  const grid = extentsOf(configurationOf(json.chunk_grid, "regular", path).chunk_shape, path, "chunk_shape", 1);
  const named = parseDataType(json.data_type, path);
  const chain = parseCodecs(json.codecs, named, grid, path, limits);
  const element = withEndian(named, chain.rebuilt);
  const chunks = chain.inner ?? grid;
  checkChunks(shape, chunks, element, path, limits);
  if (shape.length !== grid.length) throw corrupt(path, "has a shape and chunks of different rank");
  const keys = keysOf(json.chunk_key_encoding, path);
  const rebuilt: JsonObject = {
    zarr_format: 3,
    node_type: "array",
    shape: json.shape as JsonValue,
    data_type: rebuildDataType(element),
    chunk_grid: { name: "regular", configuration: { chunk_shape: grid } },
    chunk_key_encoding: { name: keys.prefix === "c" ? "default" : "v2", configuration: { separator: keys.separator } },
    fill_value: rebuildFillValue(element, json.fill_value, path),
    codecs: chain.rebuilt,
  };
  const text = element.kind === "text";
  return {
    format: 3,
    shape,
    chunks,
    shards: chain.inner === null ? null : grid,
    index: chain.index,
    element,
    codec: chain.codec,
    keys,
    rebuilt: text ? null : rebuilt,
    text: text ? { ...chain.text, fill: typeof json.fill_value === "string" ? json.fill_value : "" } : null,
  };
}

/** What we do not know must be understood to read the array, unless it says otherwise. */
function refuseExtensions(json: JsonObject, path: string): void {
  const transformers = json.storage_transformers ?? [];
  if (!Array.isArray(transformers) || transformers.length > 0) throw unsupported(path, "has storage transformers");
  for (const [name, member] of Object.entries(json)) {
    if (KNOWN.has(name)) continue;
    const optional =
      typeof member === "object" && member !== null && !Array.isArray(member) && member.must_understand === false;
    if (!optional) throw unsupported(path, `has the extension ${show(name)}`);
  }
}

/** The configuration of an extension point that has to be `name`. */
function configurationOf(value: JsonValue | undefined, name: string, path: string): JsonObject {
  const point = objectOf(value, path, () => `has the chunk grid ${show(value)}`);
  if (point.name !== name)
    throw unsupported(path, `has the chunk grid ${show(point.name)}; only ${name} ones are read`);
  return objectOf(point.configuration, path, () => `has the chunk grid ${show(value)}`);
}

function keysOf(value: JsonValue | undefined, path: string): ZarrMetadata["keys"] {
  const named =
    typeof value === "string" ? { name: value } : objectOf(value, path, () => `has the chunk keys ${show(value)}`);
  const { name, configuration = {} } = named as JsonObject;
  if (name !== "default" && name !== "v2") throw unsupported(path, `has the chunk keys ${show(name)}`);
  const fallback = name === "default" ? "/" : ".";
  const { separator = fallback } = objectOf(configuration, path, () => `has the chunk keys ${show(value)}`);
  if (separator !== "." && separator !== "/") throw corrupt(path, `has the separator ${show(separator)}`);
  return { prefix: name === "default" ? "c" : "", separator };
}

/** Text in UTF-32 takes its byte order from the codec. */
function withEndian(element: ZarrElement, codecs: JsonValue): ZarrElement {
  if (element.kind !== "text" || !("bytes" in element.text) || !isBig(codecs)) return element;
  const text: FixedText = { ...element.text, endian: "big" };
  return { kind: "text", text };
}

/** Whether the codec from values to bytes writes the big end first, also within shards. */
function isBig(codecs: JsonValue): boolean {
  return (codecs as JsonObject[]).some(({ name, configuration }) => {
    const settings = (configuration ?? {}) as JsonObject;
    return name === "sharding_indexed" ? isBig(settings.codecs as JsonValue) : settings.endian === "big";
  });
}
