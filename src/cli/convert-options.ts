/** The options of `ats convert` that say how the target is written. */
import { formatOfName } from "../anndata/location.js";
import { parseCodec } from "../codec-name.js";
import type { ConvertOptions } from "../convert/convert.js";
import { DTYPES } from "../dtype.js";
import { COMPAT_LEVELS } from "../encodings/compat.js";
import { AtsError } from "../errors.js";
import { flag, type OptionValues, text, texts } from "./command.js";
import { parseChoice, parseCount, parseSize } from "./parse.js";
import { UsageError } from "./usage.js";

/** Options for `parseArgs`. */
export const CONVERT_OPTIONS = {
  to: { type: "string" },
  "zarr-format": { type: "string" },
  codec: { type: "string" },
  "chunk-rows": { type: "string" },
  "chunk-columns": { type: "string" },
  "shard-rows": { type: "string" },
  x: { type: "string" },
  canonical: { type: "boolean" },
  dtype: { type: "string", multiple: true },
  compat: { type: "string" },
  unsupported: { type: "string" },
  durability: { type: "string" },
  memory: { type: "string" },
  threads: { type: "string" },
  overwrite: { type: "boolean" },
} as const;

/** Their lines of help. */
export const CONVERT_HELP = `  --to ats|zarr|h5ad  format of OUT, where its name (.ats, .zarr, .zarr.zip, .h5ad) does not say it
  --zarr-format 2|3   version of Zarr (3; 2 with a --compat before anndata-0.12)
  --codec CODEC       zstd:3, blosc-lz4, gzip or none (Zarr 3 zstd:1, Zarr 2 and .ats blosc-lz4)
  --chunk-rows N      rows of a chunk of X and layers
  --chunk-columns N   columns of a chunk of X and layers
  --shard-rows N      rows of a shard, the file that many chunks share, in Zarr 3; 0 for none (shards of 16 MiB)
  --x keep|sparse|dense|dual
                      how matrices are written: as they are (.ats: dense, so that Python reads them), as CSR, dense, or as CSR
                      and CSC
  --canonical         sparse matrices with ascending indices, and entries of one place summed
  --dtype TYPE, --dtype PATH=TYPE
                      type of the values of X, raw/X and layers, or of the one at PATH (given again for others): uint16, float32, …, or
                      narrowest; stops where a value would not stay the same number
  --compat LEVEL      ${COMPAT_LEVELS.join(", ")}:
                      the readers that must know every encoding
  --unsupported error|leave-out
                      elements without a form in OUT: stop (error), or warn and go on without them
  --durability full|none
                      none skips fsync`;

type Parser<T> = (option: string, value: string) => T;

/** Parses each option that is given; its name is the option's in camel case. */
const PARSERS = {
  to: (option, value) => parseChoice(option, value, ["ats", "zarr", "h5ad"]),
  "zarr-format": (option, value) => (parseChoice(option, value, ["2", "3"]) === "2" ? 2 : 3),
  codec: checkCodec,
  "chunk-rows": parseCount,
  "chunk-columns": parseCount,
  "shard-rows": (option, value) => parseCount(option, value, 0),
  x: (option, value) => parseChoice(option, value, ["keep", "sparse", "dense", "dual"]),
  compat: (option, value) => parseChoice(option, value, COMPAT_LEVELS),
  unsupported: (option, value) => parseChoice(option, value, ["error", "leave-out"]),
  durability: (option, value) => parseChoice(option, value, ["full", "none"]),
  memory: parseSize,
  threads: parseCount,
} as const satisfies Readonly<Record<string, Parser<unknown>>>;

/** What the options ask for. `UsageError` for values that an option does not take, and for options that OUT's format does not have. */
export function convertOptions(values: OptionValues, output: string): ConvertOptions {
  const parsed: Record<string, unknown> = {
    overwrite: flag(values, "overwrite"),
    canonical: flag(values, "canonical"),
  };
  for (const [option, parse] of Object.entries<Parser<unknown>>(PARSERS)) {
    const value = text(values, option);
    if (value !== undefined) parsed[camelCase(option)] = parse(option, value);
  }
  const types = texts(values, "dtype");
  if (types !== undefined) parsed.dtype = parseTypes("dtype", types);
  const options = parsed as ConvertOptions;
  checkFormat(options, output);
  return options;
}

function camelCase(option: string): string {
  return option.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase());
}

const TYPES = ["narrowest", ...DTYPES] as const;

/** One type for all matrices, or a type for each path. */
function parseTypes(option: string, given: readonly string[]): ConvertOptions["dtype"] {
  const named = given.map((value) => /^(?:(.+)=)?(.*)$/s.exec(value) as RegExpExecArray);
  const pairs = named.map(([, path, type]) => [path, parseChoice(option, type as string, TYPES)] as const);
  const [first] = pairs;
  if (first !== undefined && first[0] === undefined && pairs.length === 1) return first[1];
  if (pairs.some(([path]) => path === undefined)) {
    throw new UsageError(`--${option} takes one type for all matrices, or PATH=TYPE for each; not both.`);
  }
  const twice = pairs.find(([path], i) => pairs.findIndex(([other]) => other === path) < i);
  if (twice !== undefined) throw new UsageError(`--${option} is given twice for ${twice[0]}.`);
  return Object.fromEntries(pairs);
}

function checkCodec(option: string, value: string): string {
  try {
    parseCodec(value);
    return value;
  } catch (error) {
    throw AtsError.is(error) ? new UsageError(`--${option}: ${error.message}`) : error;
  }
}

function checkFormat({ to, zarrFormat, shardRows }: ConvertOptions, output: string): void {
  if (zarrFormat === undefined && shardRows === undefined) return;
  if ((to ?? formatOfName(output)) !== "zarr") {
    const option = zarrFormat === undefined ? "--shard-rows" : "--zarr-format";
    throw new UsageError(`${option} is for Zarr, which ${output} is not to be; add --to zarr or leave it out.`);
  }
  if (zarrFormat === 2 && shardRows !== undefined) throw new UsageError("--shard-rows: Zarr 2 has no shards.");
}
