/** Codecs as Zarr version 2 writes them: numcodecs' configurations. */
import { parseCodec, type Shuffle, unknownCodec } from "../codec-name.js";

/** The `compressor` object of `.zarray`; null where chunks are stored as they are. */
export type Zarr2Compressor = { readonly id: string; readonly [setting: string]: string | number } | null;

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
  return { blocksize: 0, clevel: level, cname, id: "blosc", shuffle: how };
}
