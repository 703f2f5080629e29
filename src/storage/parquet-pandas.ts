/** The `pandas` entry of Parquet's key-value metadata: which columns are the index, and what pandas calls each column's type. */
import { AtsError } from "../errors.js";

/** An index that pandas keeps as three numbers. */
export interface PandasRange {
  readonly kind: "range";
  readonly name: string | null;
  readonly start: number;
  readonly stop: number;
  readonly step: number;
}

/** What pandas says of one column. */
export interface PandasColumn {
  /** The name in pandas; null for an index without one. */
  readonly name: string | null;
  /** The name in the file. */
  readonly field: string;
  /** Such as `unicode`, `categorical`, `int64`, `datetimetz`. */
  readonly pandasType: string;
  /** Such as `object`, `Int64`, `boolean`, `float32`. */
  readonly numpyType: string;
  readonly ordered: boolean;
  /** How many categories a categorical has, where that is known. */
  readonly categories: number | null;
  readonly timezone: string | null;
}

export interface PandasMetadata {
  readonly index: readonly (string | PandasRange)[];
  readonly columns: ReadonlyMap<string, PandasColumn>;
}

/** Parses the entry; undefined where there is none, `CORRUPT` where it is not what pandas writes. */
export function parsePandas(text: string | undefined, path: string): PandasMetadata | undefined {
  if (text === undefined) return undefined;
  const root = parseJson(text, path);
  if (!isRecord(root) || !Array.isArray(root.index_columns) || !Array.isArray(root.columns)) throw malformed(path);
  const columns = root.columns.map((entry: unknown) => column(entry, path));
  return {
    index: root.index_columns.map((entry: unknown) => indexEntry(entry, path)),
    columns: new Map(columns.map((entry) => [entry.field, entry])),
  };
}

function parseJson(text: string, path: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw malformed(path, cause);
  }
}

function indexEntry(entry: unknown, path: string): string | PandasRange {
  if (typeof entry === "string") return entry;
  if (!isRecord(entry) || entry.kind !== "range") throw malformed(path);
  const [start, stop, step] = [entry.start, entry.stop, entry.step];
  if (!Number.isSafeInteger(start) || !Number.isSafeInteger(stop) || !Number.isSafeInteger(step) || step === 0) {
    throw malformed(path);
  }
  return {
    kind: "range",
    name: nameOf(entry.name),
    start: start as number,
    stop: stop as number,
    step: step as number,
  };
}

function column(entry: unknown, path: string): PandasColumn {
  if (!isRecord(entry)) throw malformed(path);
  const field = entry.field_name ?? entry.name;
  const details = isRecord(entry.metadata) ? entry.metadata : {};
  if (typeof field !== "string") throw malformed(path);
  return {
    name: nameOf(entry.name),
    field,
    pandasType: String(entry.pandas_type),
    numpyType: String(entry.numpy_type),
    ordered: details.ordered === true,
    categories: typeof details.num_categories === "number" ? details.num_categories : null,
    timezone: typeof details.timezone === "string" ? details.timezone : null,
  };
}

function nameOf(name: unknown): string | null {
  return name === null || name === undefined ? null : typeof name === "string" ? name : JSON.stringify(name);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function malformed(path: string, cause?: unknown): AtsError {
  return new AtsError(
    "CORRUPT",
    `${path}: its pandas metadata is malformed.`,
    cause === undefined ? { path } : { path, cause },
  );
}

/** The entry that `pd.read_parquet` restores a frame from. */
export function formatPandas(index: string | PandasRange, columns: readonly PandasColumn[]): string {
  const names = {
    name: null,
    field_name: null,
    pandas_type: "unicode",
    numpy_type: "object",
    metadata: { encoding: "UTF-8" },
  };
  return JSON.stringify({
    index_columns: [index],
    column_indexes: [names],
    columns: columns.map((entry) => ({
      name: entry.name,
      field_name: entry.field,
      pandas_type: entry.pandasType,
      numpy_type: entry.numpyType,
      metadata: details(entry),
    })),
    attributes: {},
    creator: { library: WRITER, version: "1" },
    pandas_version: "2.2.0",
  });
}

/** How our files name their maker: only those keep numeric categories, which pandas reads back as numbers. */
export const WRITER = "anndata-tensorstore";

function details(entry: PandasColumn): object | null {
  if (entry.pandasType === "categorical") return { num_categories: entry.categories, ordered: entry.ordered };
  return entry.timezone === null ? null : { timezone: entry.timezone };
}
