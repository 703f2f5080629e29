/**
 * Directories of 10x Genomics' text form, as input: `matrix.mtx` (features × barcodes), `barcodes.tsv`, and `features.tsv` or `genes.tsv` with the columns id, name
 * and type; each as it is or as gzip. The columns of var have the names that scanpy gives them.
 */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { gunzip } from "node:zlib";
import { Frame } from "../elements/frame.js";
import type { LazyFrame } from "../elements/lazy.js";
import { lazyFromValue } from "../elements/memory.js";
import { StringArray } from "../elements/strings.js";
import { AtsError } from "../errors.js";
import { fileError } from "../storage/file-source.js";
import type { ReadOptions } from "../storage/types.js";
import { openMtxMatrix } from "./mtx-matrix.js";
import { tenxElements } from "./tenx-elements.js";
import type { OpenedAnnData, OpenOptions } from "./types.js";

const MATRIX = ["matrix.mtx", "matrix.mtx.gz"];
const BARCODES = ["barcodes.tsv", "barcodes.tsv.gz"];
const FEATURES = ["features.tsv", "features.tsv.gz", "genes.tsv", "genes.tsv.gz"];
/** Columns of the features after the second, which is the index. */
const FEATURE_TYPES = "feature_types";
const MAX_TEXT_BYTES = 2 ** 30;
const MAX_ENTRY_BYTES = 2 ** 36;

/** Whether a directory with the entries `names` looks like one. */
export function isMtx(names: readonly string[]): boolean {
  return [MATRIX, BARCODES, FEATURES].every((wanted) => wanted.some((name) => names.includes(name)));
}

/**
 * Opens the directory at `path`, whose entries are `names`: barcodes, features and the matrix's header are read, its entries when they are first asked for. `CORRUPT` for damaged text,
 * `LIMIT_EXCEEDED`, `IO`; reading X is also `CORRUPT` where its shape does not fit.
 */
export async function openMtx(
  path: string,
  names: readonly string[],
  options: OpenOptions = {},
): Promise<OpenedAnnData> {
  const { limits, signal } = options;
  const file = (wanted: readonly string[]) => join(path, wanted.find((name) => names.includes(name)) as string);
  const barcodes = await readColumns(file(BARCODES), { signal });
  const features = await readColumns(file(FEATURES), { signal });
  const [ids = [], symbols = ids, types] = features;
  const columns = new Map([["gene_ids", new StringArray(ids)]]);
  if (types !== undefined) columns.set(FEATURE_TYPES, new StringArray(types));
  const obs = lazyFromValue(new Frame(new StringArray(barcodes[0] ?? []), new Map()), "obs") as LazyFrame;
  const variables = lazyFromValue(new Frame(new StringArray(symbols), columns), "var") as LazyFrame;
  const shape = [obs.length, variables.length] as const;
  const X = await openMtxMatrix(file(MATRIX), shape, limits?.maxReadBytes ?? MAX_ENTRY_BYTES, options);
  return {
    format: "mtx",
    version: null,
    location: path,
    elements: tenxElements(X.array, obs, variables),
    close: X.close,
  };
}

/** The columns of a file of tab-separated values without a header. */
async function readColumns(path: string, options: ReadOptions): Promise<string[][]> {
  let text: string;
  try {
    const bytes = await readFile(path, { signal: options.signal });
    const limits = { maxOutputLength: MAX_TEXT_BYTES };
    text = (path.endsWith(".gz") ? await promisify(gunzip)(bytes, limits) : bytes).toString("utf8");
  } catch (cause) {
    options.signal?.throwIfAborted();
    const code = String((cause as NodeJS.ErrnoException).code);
    if (code.startsWith("Z_"))
      throw new AtsError("CORRUPT", `${path} is no gzip file, or a damaged one.`, { path, cause });
    if (code !== "ERR_BUFFER_TOO_LARGE") throw fileError(cause, path);
    throw new AtsError("LIMIT_EXCEEDED", `${path} has more than ${MAX_TEXT_BYTES} bytes of text.`, { path, cause });
  }
  const lines = text.split(/\r?\n/);
  if (lines.at(-1) === "") lines.pop();
  const fields = lines.map((line) => line.split("\t"));
  const width = fields[0]?.length ?? 0;
  const ragged = fields.findIndex((line) => line.length !== width);
  if (ragged >= 0) {
    throw new AtsError("CORRUPT", `${path}: line ${ragged + 1} has not the ${width} fields of the first.`, { path });
  }
  return Array.from({ length: width }, (_, column) => fields.map((line) => line[column] as string));
}
