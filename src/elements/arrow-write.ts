/** Columns of ours → Arrow vectors. Typed arrays are shared, not copied, wherever Arrow has the same layout. */
import type { Data, DataType, Vector } from "apache-arrow";
import { type DType, viewAs } from "../dtype.js";
import { AtsError } from "../errors.js";
import { packBits } from "./bitmap.js";
import type { Categorical } from "./categorical.js";
import type { DenseArray } from "./dense.js";
import type { Column } from "./frame.js";
import type { NullableArray } from "./nullable.js";
import type { StringArray } from "./strings.js";

type Arrow = typeof import("apache-arrow");

/** The key of a field's metadata that names an element type which Arrow does not have (complex64, complex128, bfloat16). */
export const DTYPE_KEY = "ats:dtype";

/**
 * The key of a field's metadata for what Arrow cannot tell of a column that can have missing values: `mask` for numbers, `NA` or `NaN` for strings,
 * as pandas calls theirs. With it a column in which nothing is missing stays one that could have missing values.
 */
export const MISSING_KEY = "ats:missing";

/** The Arrow vector of a column and the metadata that its field needs to be read back as it was. */
export interface ArrowField {
  readonly vector: Vector;
  readonly metadata: Map<string, string>;
}

/** The Arrow vector of `column`; complex numbers become fixed-size lists of two floats, bfloat16 its bits as uint16. */
export function columnToVector(arrow: Arrow, column: Column): ArrowField {
  if (column.kind === "arrow") return { vector: column.vector, metadata: new Map() };
  const metadata = new Map<string, string>();
  const dtype = numericType(column);
  if (dtype === "bfloat16" || dtype === "complex64" || dtype === "complex128") metadata.set(DTYPE_KEY, dtype);
  const missing = column.kind === "nullable" ? "mask" : column.kind === "strings" ? column.na : null;
  if (missing !== null) metadata.set(MISSING_KEY, missing);
  return { vector: new arrow.Vector([columnToData(arrow, column)]), metadata };
}

/** The type of a column's numbers, or of its categories. */
function numericType(column: Exclude<Column, { kind: "arrow" }>): DType | undefined {
  if (column.kind === "categorical") return numericType(column.categories);
  if (column.kind === "nullable") return column.values.dtype;
  return column.kind === "dense" ? column.dtype : undefined;
}

function columnToData(arrow: Arrow, column: Exclude<Column, { kind: "arrow" }>): Data {
  if (column.kind === "dense") return denseToData(arrow, column);
  if (column.kind === "strings") return stringsToData(arrow, column);
  return column.kind === "nullable" ? nullableToData(arrow, column) : categoricalToData(arrow, column);
}

function numberType(arrow: Arrow, dtype: DType): DataType {
  const types: Readonly<Partial<Record<DType, () => DataType>>> = {
    bool: () => new arrow.Bool(),
    int8: () => new arrow.Int8(),
    uint8: () => new arrow.Uint8(),
    int16: () => new arrow.Int16(),
    uint16: () => new arrow.Uint16(),
    int32: () => new arrow.Int32(),
    uint32: () => new arrow.Uint32(),
    int64: () => new arrow.Int64(),
    uint64: () => new arrow.Uint64(),
    float16: () => new arrow.Float16(),
    bfloat16: () => new arrow.Uint16(),
    float32: () => new arrow.Float32(),
    float64: () => new arrow.Float64(),
  };
  const make = types[dtype];
  if (make === undefined) throw new AtsError("UNSUPPORTED", `Arrow has no ${dtype}; convert the column to float64.`);
  return make();
}

/** `mask[i]` = 1 makes value `i` missing. */
function denseToData(arrow: Arrow, column: DenseArray, mask?: Uint8Array): Data {
  const length = column.length;
  const nulls = mask === undefined ? {} : { nullBitmap: packBits(mask, true), nullCount: -1 };
  if (column.dtype === "complex64" || column.dtype === "complex128") {
    const part = column.dtype === "complex64" ? new arrow.Float32() : new arrow.Float64();
    const child = arrow.makeData({ type: part, data: column.data as never, length: 2 * length });
    const type = new arrow.FixedSizeList(2, new arrow.Field("part", part, false));
    return arrow.makeData({ type, length, child, ...nulls });
  }
  const type = numberType(arrow, column.dtype);
  return arrow.makeData({ type, data: arrowValues(column), length, ...nulls } as never) as Data;
}

function arrowValues({ dtype, data }: DenseArray): ArrayBufferView {
  if (dtype === "bool") return packBits(data as Uint8Array);
  if (dtype === "float16") return viewAs("uint16", data.buffer, data.byteOffset, data.length);
  return data;
}

function stringsToData(arrow: Arrow, column: StringArray): Data {
  const { offsets, bytes, validity } = column.utf8();
  const nulls = validity === undefined ? { nullCount: 0 } : { nullBitmap: validity, nullCount: -1 };
  const common = { length: column.length, data: bytes, ...nulls };
  return offsets instanceof Int32Array
    ? arrow.makeData({ type: new arrow.Utf8(), valueOffsets: offsets, ...common })
    : arrow.makeData({ type: new arrow.LargeUtf8(), valueOffsets: offsets, ...common });
}

function nullableToData(arrow: Arrow, column: NullableArray): Data {
  return denseToData(arrow, column.values, column.mask);
}

function categoricalToData(arrow: Arrow, column: Categorical): Data {
  const { codes, categories, ordered } = column;
  const dictionary = new arrow.Vector([columnToData(arrow, categories)]);
  const index =
    codes instanceof Int8Array ? new arrow.Int8() : codes instanceof Int16Array ? new arrow.Int16() : new arrow.Int32();
  const missing = column.missing();
  const type = new arrow.Dictionary(dictionary.type, index, null, ordered);
  return arrow.makeData({
    type,
    length: codes.length,
    ...(missing === undefined ? { nullCount: 0 } : { nullBitmap: packBits(missing, true), nullCount: -1 }),
    data: missing === undefined ? codes : codes.map((code) => Math.max(code, 0)),
    dictionary,
  } as never) as Data;
}
