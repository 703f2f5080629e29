/** Codecs as Zarr version 3 writes them. */

import { parseCodec } from "../codec-name.js";
import { AtsError } from "../errors.js";
import type { Json } from "../tensorstore/json.js";

/** One entry of `codecs` in `zarr.json`. */
export type Zarr3Codec = {
  readonly name: string;
  readonly configuration?: { readonly [setting: string]: Json };
};

/**
 * What compresses bytes, for `codec` (see `parseCodec`, whose errors it throws) and values of `width` bytes; empty where nothing does. `INVALID_ARGUMENT`
 * for zlib and bz2, which version 3 lacks.
 */
export function zarr3Compressors(codec: string, width: number): readonly Zarr3Codec[] {
  const parsed = parseCodec(codec);
  if (parsed.name === "none") return [];
  if (parsed.name === "zstd") return [{ name: "zstd", configuration: { level: parsed.level, checksum: false } }];
  if (parsed.name === "gzip") return [{ name: "gzip", configuration: { level: parsed.level } }];
  if (parsed.name === "blosc") {
    const { cname, level, shuffle = width > 1 ? "shuffle" : "noshuffle" } = parsed;
    return [{ name: "blosc", configuration: { typesize: width, cname, clevel: level, shuffle, blocksize: 0 } }];
  }
  throw new AtsError("INVALID_ARGUMENT", `Zarr version 3 has no codec ${parsed.name}; choose zstd, gzip or blosc-lz4.`);
}

/** How the index of a shard is encoded. */
export const INDEX_CODECS = [{ name: "bytes", configuration: { endian: "little" } }, { name: "crc32c" }] as const;
/** Where it lies. */
export const INDEX_LOCATION = "end";

/** The codec that cuts shards into chunks of `chunks`, each through `codecs`: index at the end, checked by CRC-32C, as zarr-python writes it. */
export function shardingCodec(chunks: readonly number[], codecs: readonly Zarr3Codec[]): Zarr3Codec {
  return {
    name: "sharding_indexed",
    configuration: {
      chunk_shape: chunks,
      codecs: codecs,
      index_codecs: INDEX_CODECS,
      index_location: INDEX_LOCATION,
    },
  };
}
