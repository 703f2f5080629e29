/** What `.zarray` says of its compressor (Zarr specification version 2, "Arrays"; numcodecs' names). */
import type { JsonObject, JsonValue } from "./strict-json.js";
import { corrupt, objectOf, show, unsupported } from "./zarr-metadata.js";

/** Compressors that take no setting on reading. */
const PLAIN: readonly string[] = ["zlib", "gzip", "bz2", "zstd"];
const BLOSC: readonly string[] = ["lz4", "lz4hc", "zstd", "zlib", "blosclz", "snappy"];

/**
 * The `compressor` of the `.zarray` at `path`: the object for TensorStore, without the settings that only writers need, and its name as `info`
 * prints it. `CORRUPT` where it is none, `UNSUPPORTED` for another codec.
 */
export function parseCompressor(
  value: JsonValue | undefined,
  path: string,
): { readonly compressor: JsonObject | null; readonly codec: string | null } {
  if (value === null || value === undefined) return { compressor: null, codec: null };
  const { id, cname } = objectOf(value, path, "has no compressor");
  if (typeof id !== "string") throw corrupt(path, "has a compressor without a name");
  if (PLAIN.includes(id)) return { compressor: { id }, codec: id };
  if (id === "blosc" && typeof cname === "string" && BLOSC.includes(cname)) {
    return { compressor: { id, cname }, codec: `blosc-${cname}` };
  }
  const name = id === "blosc" ? `blosc with ${show(cname)}` : show(id);
  throw unsupported(path, `uses the codec ${name}; blosc, zlib, gzip, bz2 and zstd are read`);
}
