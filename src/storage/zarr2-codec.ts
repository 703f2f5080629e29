/** Codecs as Zarr version 2 writes them: numcodecs' configurations. */
import { parseCodec, type Shuffle, unknownCodec } from "../codec-name.js";

/** The `compressor` object of `.zarray`; null where chunks are stored as they are. */
export type Zarr2Compressor = { readonly id: string; readonly [setting: string]: string | number } | null;

/**
 * Bytes that Blosc compresses as one stream where it does not shuffle: two or three rows of a chunk that is 2,000 values wide. Our reader decodes streams by
 * themselves, so scattered rows cost a tenth of their chunks; all of a chunk decodes as fast, and is 7 % larger.
 */
const STREAM_BYTES = 16_384;

/** Blosc's settings of `shuffle`. */
const SHUFFLES: Readonly<Record<Shuffle, number>> = { noshuffle: 0, shuffle: 1, bitshuffle: 2 };

/**
 * The compressor for `codec` (see `parseCodec`, whose errors it throws). Where the name does not say how Blosc shuffles, `shuffle` does: -1, the default,
 * lets Blosc choose by the size of an item.
 */
export function zarr2Compressor(codec: string, shuffle = -1): Zarr2Compressor {
  const parsed = parseCodec(codec);
  if (parsed.name === "none") return null;
  if (parsed.name === "lzf") throw unknownCodec(codec);
  if (parsed.name !== "blosc") return { id: parsed.name, level: parsed.level };
  const { cname, level } = parsed;
  const how = parsed.shuffle === undefined ? shuffle : SHUFFLES[parsed.shuffle];
  const blocksize = cname === "lz4" && how === SHUFFLES.noshuffle ? STREAM_BYTES : 0;
  return { blocksize, clevel: level, cname, id: "blosc", shuffle: how };
}
