/** From a column of a Parquet file to a column of a frame, as pandas would give it. */
import type { DType } from "../dtype.js";
import { DenseArray } from "../elements/dense.js";
import { ArrowColumn, type Column } from "../elements/frame.js";
import { NullableArray } from "../elements/nullable.js";
import { StringArray } from "../elements/strings.js";
import { hasCodec } from "./parquet-codecs.js";
import type { ParquetFooter, ParquetLeaf } from "./parquet-footer.js";
import { ENCODING } from "./parquet-pages.js";
import { type PandasColumn, WRITER } from "./parquet-pandas.js";
import { CategorySink, integerDType, NumberSink, type Sink, StringSink } from "./parquet-sinks.js";
import { temporalVector } from "./parquet-temporal.js";

/** A sink and what makes a column of what it collected. */
export interface ColumnPlan {
  readonly sink: Sink;
  /** Whether the dictionaries of row groups without wanted rows matter too: they hold categories. */
  readonly allDictionaries?: boolean;
  finish(): Promise<Column>;
}

/** Whether the pages of `name` are decoded here; what is not (nested columns, rare codecs and encodings) is left to parquet-wasm. */
export function isPlainColumn(footer: ParquetFooter, name: string, leaf: ParquetLeaf | undefined): leaf is ParquetLeaf {
  if (leaf === undefined || !isKnown(leaf)) return false;
  const known: readonly number[] = Object.values(ENCODING);
  return footer.rowGroups.every(({ chunks }) => {
    const chunk = chunks.get(name);
    return (
      chunk !== undefined &&
      hasCodec(chunk.codec) &&
      chunk.encodings.every((e) => known.includes(e) || e === BIT_PACKED)
    );
  });
}

/** Listed by old writers for levels that do not occur. */
const BIT_PACKED = 4;

function isKnown({ physical, typeLength, logical }: ParquetLeaf): boolean {
  if (logical.kind === "string") return physical === "BYTE_ARRAY";
  if (logical.kind === "float16") return physical === "FIXED_LEN_BYTE_ARRAY" && typeLength === 2;
  if (logical.kind === "other" || physical === "INT96" || physical.endsWith("BYTE_ARRAY")) return false;
  return logical.kind === "none" || physical === "INT32" || physical === "INT64";
}

/** How to read a column that {@link isPlainColumn} accepts; `pandas` is what the file's pandas metadata says of it. */
export function planColumn(
  leaf: ParquetLeaf,
  rows: number,
  path: string,
  pandas: PandasColumn | undefined,
  createdBy: string,
): ColumnPlan {
  if (leaf.logical.kind === "null") return planNull(leaf, rows, path);
  if (isCategorical(leaf, pandas, createdBy)) {
    const sink = new CategorySink(leaf.physical, rows, path);
    return {
      sink,
      allDictionaries: true,
      finish: async () => sink.column(pandas?.ordered === true, numberDType(leaf, path)),
    };
  }
  if (leaf.logical.kind === "string") {
    const sink = new StringSink(rows, path);
    return { sink, finish: async () => sink.column() };
  }
  const sink = new NumberSink(leaf.physical, numberDType(leaf, path), rows, path);
  return { sink, finish: () => finishNumbers(leaf, sink, pandas) };
}

/** An all-missing column: pandas reads None. */
function planNull(leaf: ParquetLeaf, rows: number, path: string): ColumnPlan {
  const sink = new NumberSink(leaf.physical, "int32", rows, path);
  return { sink, finish: async () => new StringArray(new Array<null>(rows).fill(null)) };
}

/** Text is categorical where pandas says so; numbers only in files of ours, as pandas gives their values. */
function isCategorical(leaf: ParquetLeaf, pandas: PandasColumn | undefined, createdBy: string): boolean {
  if (pandas?.pandasType !== "categorical") return false;
  if (leaf.logical.kind === "string") return true;
  return createdBy.startsWith(WRITER) && leaf.physical !== "BOOLEAN" && leaf.physical !== "FIXED_LEN_BYTE_ARRAY";
}

function numberDType({ physical, logical }: ParquetLeaf, path: string): DType {
  if (physical === "BOOLEAN") return "bool";
  if (physical === "FLOAT") return "float32";
  if (physical === "DOUBLE") return "float64";
  if (physical === "FIXED_LEN_BYTE_ARRAY") return "float16";
  if (logical.kind === "integer") return integerDType(logical.bits, logical.signed, path);
  return physical === "INT32" ? "int32" : "int64";
}

/** pandas' masked types are written with a capital, except `boolean`. */
const MASKED = /^(U?Int(8|16|32|64)|Float(32|64)|boolean)$/;

async function finishNumbers(leaf: ParquetLeaf, sink: NumberSink, pandas: PandasColumn | undefined): Promise<Column> {
  const { values, mask } = sink;
  const unit = /^timedelta64\[(ms|us|ns|s)\]$/.exec(pandas?.numpyType ?? "")?.[1];
  const { kind } = leaf.logical;
  if (kind === "timestamp" || kind === "time" || kind === "date" || unit !== undefined) {
    return new ArrowColumn(await temporalVector(leaf.logical, values, mask, pandas?.timezone ?? null, unit));
  }
  return asPandas(values, mask, pandas);
}

/** Numbers of which those in `mask` are missing, in the form that pandas has for the type it names. */
export function asPandas(
  values: DenseArray,
  mask: Uint8Array | undefined,
  pandas: PandasColumn | undefined,
): DenseArray | NullableArray {
  if (MASKED.test(pandas?.numpyType ?? "")) return new NullableArray(values, mask ?? new Uint8Array(values.length));
  if (mask === undefined) return values;
  const isFloat = values.dtype === "float16" || values.dtype === "float32" || values.dtype === "float64";
  return isFloat && pandas !== undefined ? withNaN(values, mask) : new NullableArray(values, mask);
}

/** pandas has no other missing value in a plain float column. */
function withNaN(values: DenseArray, mask: Uint8Array): DenseArray {
  const data = values.data.slice() as Float64Array;
  const [target, nan] = values.dtype === "float16" ? [new Uint16Array(data.buffer), 0x7e00] : [data, Number.NaN];
  for (let i = 0; i < mask.length; i++) if (mask[i] !== 0) target[i] = nan;
  return new DenseArray(values.dtype, values.shape, data);
}
