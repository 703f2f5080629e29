/** `.zarray` (Zarr specification version 2, "Arrays"), checked before TensorStore sees it. */
import type { JsonObject, JsonValue } from "./strict-json.js";
import {
  checkChunks,
  corrupt,
  extentsOf,
  type MetadataLimits,
  objectOf,
  show,
  type TextCodec,
  type ZarrMetadata,
} from "./zarr-metadata.js";
import { parseCompressor } from "./zarr2-compressor.js";
import { parseDType, rebuildDType, rebuildFill, textFill } from "./zarr2-dtype.js";

/**
 * What the `.zarray` at `path`, parsed to `value`, says. `CORRUPT` where it is no metadata, `LIMIT_EXCEEDED` where one chunk would
 * decode to more than `maxChunkBytes`, `UNSUPPORTED` for element types, codecs, filters and ranks that are not read.
 */
export function parseZarr2(value: JsonValue, path: string, limits: MetadataLimits): ZarrMetadata {
  const json = objectOf(value, path, "is no object");
  if (json.zarr_format !== 2) throw corrupt(path, "is not of Zarr format 2");
  const shape = extentsOf(json.shape, path, "shape", 0);
  const chunks = extentsOf(json.chunks, path, "chunks", 1);
  const order = json.order;
  if (order !== "C" && order !== "F") throw corrupt(path, "has no order");
  const element = parseDType(json.dtype, filtersOf(json.filters, path), path);
  checkChunks(shape, chunks, element, path, limits);
  const { compressor, codec } = parseCompressor(json.compressor, path);
  const separator = separatorOf(json, path);
  const text: TextCodec | null =
    element.kind !== "text"
      ? null
      : {
          order: order === "F" && shape.length > 1 ? shape.map((_, i) => shape.length - 1 - i) : null,
          codecs: compressor === null ? [] : [compressor],
          fill: textFill(element.text, json.fill_value),
        };
  const rebuilt: JsonObject = {
    zarr_format: 2,
    shape: json.shape as JsonValue,
    chunks,
    dtype: rebuildDType(element, json.dtype as JsonValue),
    compressor,
    fill_value: rebuildFill(element, json.fill_value, path),
    filters: null,
    order,
    dimension_separator: separator,
  };
  return {
    format: 2,
    shape,
    chunks,
    shards: null,
    index: null,
    element,
    codec,
    keys: { prefix: "", separator },
    rebuilt: text === null ? rebuilt : null,
    text,
  };
}

/** The ids of the filters. */
function filtersOf(filters: JsonValue | undefined, path: string): string[] {
  if (filters === null || filters === undefined) return [];
  if (!Array.isArray(filters)) throw corrupt(path, `has the filters ${show(filters)}`);
  return filters.map((filter) => {
    const { id } = objectOf(filter, path, () => `has the filter ${show(filter)}`);
    if (typeof id !== "string") throw corrupt(path, "has a filter without a name");
    return id;
  });
}

function separatorOf(json: JsonObject, path: string): "." | "/" {
  const separator = json.dimension_separator ?? ".";
  if (separator === "." || separator === "/") return separator;
  throw corrupt(path, `has the separator ${show(separator)}`);
}
