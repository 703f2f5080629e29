/**
 * Directories of 10x Genomics' text form, as input: `matrix.mtx` (features × barcodes), `barcodes.tsv`, and `features.tsv` or `genes.tsv` with the columns id, name
 * and type; each as it is or as gzip. The columns of var have the names that scanpy gives them.
 */
import { readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { gunzip } from "node:zlib";
import { Frame } from "../elements/frame.js";
import type { LazyArray, LazyFrame } from "../elements/lazy.js";
import { lazyFromValue } from "../elements/memory.js";
import { CsrMatrix } from "../elements/sparse.js";
import { StringArray } from "../elements/strings.js";
import { takeValue } from "../elements/take.js";
import { AtsError } from "../errors.js";
import { fileError } from "../storage/file-source.js";
import type { ReadOptions } from "../storage/types.js";
import { type MatrixEntries, readMatrixMarket } from "./matrix-market.js";
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
 * Opens the directory at `path`, whose entries are `names`: barcodes and features are read, the matrix when it is first asked for, then whole, and kept. `CORRUPT` for damaged text,
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
  const X = lazyMatrix(file(MATRIX), shape, limits?.maxReadBytes ?? MAX_ENTRY_BYTES);
  return {
    format: "mtx",
    version: null,
    location: path,
    elements: tenxElements(X, obs, variables),
    close: async () => undefined,
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

function lazyMatrix(file: string, shape: readonly [number, number], maxBytes: number): LazyArray {
  let kept: Promise<CsrMatrix> | undefined;
  const whole = (options: ReadOptions) => {
    kept ??= readMatrixMarket(file, maxBytes, options).then((entries) => toCsr(entries, shape, file));
    kept.catch(() => {
      kept = undefined;
    });
    return kept;
  };
  return {
    kind: "lazy-array",
    info: { path: "X", encoding: "csr_matrix", encodingVersion: "", dtype: null, shape, layout: null, nnz: null },
    shape,
    dtype: "float32",
    sparse: "csr",
    read: async (selection = [], options = {}) => takeValue(await whole(options), selection, { ...options, path: "X" }),
    storedBytes: async () => (await stat(file)).size,
  };
}

/** The transposed matrix by rows, with the entries of a row in the order of the file; a place that occurs twice keeps both. */
function toCsr(entries: MatrixEntries, shape: readonly [number, number], path: string): CsrMatrix<"float32"> {
  const { rows, columns, row, column, values } = entries;
  if (columns !== shape[0] || rows !== shape[1]) {
    const lists = `${shape[1]} features and ${shape[0]} barcodes`;
    throw new AtsError("CORRUPT", `${path} is a matrix of ${rows} × ${columns}, but there are ${lists}.`, { path });
  }
  const indptr = new Int32Array(columns + 1);
  for (const at of column) indptr[at + 1] = (indptr[at + 1] as number) + 1;
  for (let i = 0; i < columns; i++) indptr[i + 1] = (indptr[i + 1] as number) + (indptr[i] as number);
  const next = indptr.slice();
  const indices = new Int32Array(row.length);
  const data = new Float32Array(row.length);
  for (let i = 0; i < row.length; i++) {
    const at = next[column[i] as number] as number;
    next[column[i] as number] = at + 1;
    indices[at] = row[i] as number;
    data[at] = values[i] as number;
  }
  return new CsrMatrix("float32", [columns, rows], data, indices, indptr);
}
