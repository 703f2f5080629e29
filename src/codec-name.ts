/** Codecs by the names of the command line: what both versions of Zarr and HDF5 read from them. */
import { AtsError } from "./errors.js";

/** A codec and its settings; `level` is the codec's default where the name has none. */
export type Codec =
  | { readonly name: "none" }
  | { readonly name: "lzf" }
  | { readonly name: "blosc"; readonly cname: BloscName; readonly level: number; readonly shuffle: Shuffle | undefined }
  | { readonly name: "zstd" | "gzip" | "zlib" | "bz2"; readonly level: number };

const BLOSC = ["lz4", "lz4hc", "zstd", "zlib", "blosclz", "snappy"] as const;
export type BloscName = (typeof BLOSC)[number];

const SHUFFLES = ["noshuffle", "shuffle", "bitshuffle"] as const;
export type Shuffle = (typeof SHUFFLES)[number];

/** Levels of the codecs that have nothing else to be set: the default, the least and the greatest. */
const LEVELS = { zstd: [1, -131072, 22], gzip: [4, 0, 9], zlib: [4, 0, 9], bz2: [1, 1, 9] } as const;

/**
 * What `text` names: `none`, `blosc-<lz4|lz4hc|zstd|zlib|blosclz|snappy>[:level[:noshuffle|shuffle|bitshuffle]]`, `zstd[:level]`, `gzip[:level]`,
 * `zlib[:level]`, `bz2[:level]`, `lzf`. `INVALID_ARGUMENT` for anything else.
 */
export function parseCodec(text: string): Codec {
  const [name = "", levelText, shuffleText, ...rest] = text.split(":");
  const level = levelText === undefined ? undefined : Number(levelText);
  const whole = level === undefined || (Number.isInteger(level) && levelText?.trim() !== "");
  if (rest.length > 0 || !whole) throw unknownCodec(text);
  if ((name === "none" || name === "lzf") && level === undefined) return { name };
  const cname = BLOSC.find((known) => name === `blosc-${known}`);
  if (cname !== undefined) {
    const shuffle = SHUFFLES.find((known) => known === shuffleText);
    if (shuffleText !== undefined && shuffle === undefined) throw unknownCodec(text);
    return { name: "blosc", cname, level: within(level ?? 5, 0, 9, text), shuffle };
  }
  if (shuffleText !== undefined || !Object.hasOwn(LEVELS, name)) throw unknownCodec(text);
  const plain = name as keyof typeof LEVELS;
  const [usual, least, most] = LEVELS[plain];
  return { name: plain, level: within(level ?? usual, least, most, text) };
}

function within(level: number, low: number, high: number, codec: string): number {
  if (level >= low && level <= high) return level;
  throw new AtsError("INVALID_ARGUMENT", `The codec ${codec} has a level outside ${low}…${high}.`);
}

/** The error for a codec that nobody or this format does not have. */
export function unknownCodec(codec: string): AtsError {
  return new AtsError(
    "INVALID_ARGUMENT",
    `The codec ${JSON.stringify(codec)} is not one of none, blosc-lz4, blosc-zstd, zstd:3, gzip, zlib, bz2, lzf.`,
  );
}
