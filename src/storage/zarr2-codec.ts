/** Codecs by the names of the command line, as Zarr version 2 writes them. */
import { AtsError } from "../errors.js";

/** The `compressor` object of `.zarray`; null where chunks are stored as they are. */
export type Zarr2Compressor = { readonly id: string; readonly [setting: string]: string | number } | null;

const BLOSC = ["lz4", "lz4hc", "zstd", "zlib", "blosclz", "snappy"];

/** Blosc's settings of `shuffle`; -1 chooses by the size of an item. */
const SHUFFLES: ReadonlyMap<string | undefined, number> = new Map([
  [undefined, -1],
  ["noshuffle", 0],
  ["shuffle", 1],
  ["bitshuffle", 2],
]);

/**
 * The compressor for `codec`: `none`, `blosc-<lz4|lz4hc|zstd|zlib|blosclz|snappy>[:level[:noshuffle|shuffle|bitshuffle]]`, `zstd[:level]`, `gzip[:level]`, `zlib[:level]`, `bz2[:level]`.
 * `INVALID_ARGUMENT` for anything else.
 */
export function zarr2Compressor(codec: string): Zarr2Compressor {
  const [name = "", levelText, shuffleText, ...rest] = codec.split(":");
  const level = levelText === undefined ? undefined : Number(levelText);
  const whole = level === undefined || (Number.isInteger(level) && levelText?.trim() !== "");
  if (rest.length > 0 || !whole) throw unknown(codec);
  if (name === "none" && level === undefined) return null;
  if (name.startsWith("blosc-") && BLOSC.includes(name.slice(6))) {
    const shuffle = SHUFFLES.get(shuffleText);
    if (shuffle === undefined) throw unknown(codec);
    return { id: "blosc", cname: name.slice(6), clevel: within(level ?? 5, 0, 9, codec), shuffle, blocksize: 0 };
  }
  if (shuffleText !== undefined) throw unknown(codec);
  if (name === "zstd") return { id: "zstd", level: within(level ?? 1, -131072, 22, codec) };
  if (name === "gzip" || name === "zlib") return { id: name, level: within(level ?? 4, 0, 9, codec) };
  if (name === "bz2") return { id: "bz2", level: within(level ?? 1, 1, 9, codec) };
  throw unknown(codec);
}

function within(level: number, low: number, high: number, codec: string): number {
  if (level >= low && level <= high) return level;
  throw new AtsError("INVALID_ARGUMENT", `The codec ${codec} has a level outside ${low}…${high}.`);
}

function unknown(codec: string): AtsError {
  return new AtsError(
    "INVALID_ARGUMENT",
    `The codec ${JSON.stringify(codec)} is not one of none, blosc-lz4, blosc-zstd, zstd:3, gzip, zlib, bz2.`,
  );
}
