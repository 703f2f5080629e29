/**
 * What is supported: every encoding of anndata in every format. The tests of support.test.ts are made of these lists, one for each cell and each of
 * reading, writing and reading lazily; test/docs/formats.test.ts checks that the table in docs/formats.md says the same.
 */
import { TARGETS, type Target } from "./anndata-targets.js";

/** One column of the table: a name, and how it is written; anndata's own form has `target.name`. */
export interface SupportedFormat {
  readonly name: string;
  readonly target: Target;
}

const NAMES = {
  ats: "ats",
  zarr2: "zarr 2",
  zarr3: "zarr 3",
  "zarr3-sharded": "sharded",
  "zarr3-zip": "zip",
  h5ad: "h5ad",
};

/** The formats, in the order of the table. */
export const FORMATS: readonly SupportedFormat[] = Object.entries(NAMES).map(([target, name]) => ({
  name,
  target: TARGETS.find((one) => one.name === target) as Target,
}));

/** One row of the table. */
export interface SupportedEncoding {
  readonly type: string;
  readonly version: string;
  /** The object of objects/cases.py that has it, and the node that is encoded so. */
  readonly object: string;
  readonly node: string;
  /** The element of lazy_store.py's store that is read in part; null for single values, of which there are no parts. */
  readonly lazy: LazyPart | null;
  /** What an `.ats` does: its tables are Parquet, of which columns are read one by one but whole, and its dicts' arrays are pickles. */
  readonly ats: "rwl" | "rw" | "–";
}

/** A part of an element: rows or columns of it, or some of its members or columns. */
export interface LazyPart {
  readonly path: string;
  readonly of: "rows" | "columns" | "members";
  /** The bytes of its rows, where the rest is always read whole. */
  readonly bytes?: number;
}

const rows = (path: string): LazyPart => ({ path, of: "rows" });
const members = (path: string): LazyPart => ({ path, of: "members" });

/** The encodings, in the order of the table. */
export const ENCODINGS: readonly SupportedEncoding[] = [
  { type: "anndata", version: "0.1.0", object: "uns/scanpy", node: "", lazy: members(""), ats: "rwl" },
  { type: "raw", version: "0.1.0", object: "raw/csr-of-more-variables", node: "raw", lazy: members("raw"), ats: "rwl" },
  { type: "dict", version: "0.1.0", object: "uns/deep", node: "uns", lazy: members("uns"), ats: "rwl" },
  { type: "null", version: "0.1.0", object: "uns/scalar-none", node: "uns/value", lazy: null, ats: "rw" },
  { type: "dataframe", version: "0.2.0", object: "obs/many-columns", node: "obs", lazy: members("obs"), ats: "rwl" },
  {
    ...{ type: "categorical", version: "0.2.0", object: "obs/category-ordered", node: "obs/category-ordered" },
    ...{ lazy: { ...rows("obs/category"), bytes: 80_000 }, ats: "rw" },
  },
  { type: "array", version: "0.2.0", object: "X/dense/float32", node: "X", lazy: rows("obsm/dense"), ats: "rwl" },
  {
    ...{ type: "string-array", version: "0.2.0", object: "uns/text-array-2x3", node: "uns/texts" },
    ...{ lazy: rows("uns/texts"), ats: "rw" },
  },
  {
    ...{ type: "rec-array", version: "0.2.0", object: "uns/records-texts-6", node: "uns/records" },
    ...{ lazy: rows("uns/records"), ats: "rw" },
  },
  { type: "csr_matrix", version: "0.1.0", object: "X/csr/float32", node: "X", lazy: rows("X"), ats: "rwl" },
  {
    ...{ type: "csc_matrix", version: "0.1.0", object: "X/csc/float32", node: "X" },
    ...{ lazy: { path: "layers/columns", of: "columns" }, ats: "rwl" },
  },
  {
    ...{ type: "awkward-array", version: "0.1.0", object: "obsm/awkward-record-lists", node: "obsm/a" },
    ...{ lazy: rows("obsm/lists"), ats: "–" },
  },
  {
    ...{ type: "nullable-integer", version: "0.1.0", object: "obs/Int32", node: "obs/Int32" },
    ...{ lazy: rows("obs/integers"), ats: "rw" },
  },
  {
    ...{ type: "nullable-boolean", version: "0.1.0", object: "obs/boolean", node: "obs/boolean" },
    ...{ lazy: rows("obs/booleans"), ats: "rw" },
  },
  {
    ...{ type: "nullable-string-array", version: "0.1.0", object: "obs/string", node: "obs/string" },
    ...{ lazy: rows("obs/strings"), ats: "rw" },
  },
  {
    ...{ type: "numeric-scalar", version: "0.2.0", object: "uns/scalar-complex", node: "uns/value" },
    ...{ lazy: null, ats: "rw" },
  },
  { type: "string", version: "0.2.0", object: "uns/texts", node: "uns/plain", lazy: null, ats: "rw" },
] as const satisfies readonly SupportedEncoding[];

/** The cell of the table: `rwl`, `rw`, or `–` for what is not there. */
export function cellOf({ lazy, ats }: SupportedEncoding, format: SupportedFormat): "rwl" | "rw" | "–" {
  if (format.name === "ats") return ats;
  return lazy === null ? "rw" : "rwl";
}
