/** How each kind of column is stored in Parquet: its physical and logical type, its names in Arrow and pandas, and its values as bytes. */
import { type DType, dtypeKind, itemSize } from "../dtype.js";
import { packBits } from "../elements/bitmap.js";
import type { Categorical } from "../elements/categorical.js";
import { DenseArray } from "../elements/dense.js";
import type { Column } from "../elements/frame.js";
import type { NullableArray } from "../elements/nullable.js";
import type { StringArray } from "../elements/strings.js";
import { type ArrowText, isPresent, packStrings } from "../elements/utf8.js";
import { AtsError } from "../errors.js";
import type { ArrowFieldSpec, ArrowType } from "./arrow-schema.js";
import { PHYSICAL, type PhysicalType } from "./parquet-footer.js";
import { encodeIndices } from "./parquet-hybrid.js";
import { temporalLeaf } from "./parquet-temporal-leaf.js";
import type { ThriftField } from "./parquet-thrift.js";

/** A column as it is to be stored. */
export interface LeafWriter {
  readonly physical: PhysicalType;
  readonly typeLength?: number;
  /** The fields 6 and 10 of the schema element: converted and logical type. */
  readonly logical: readonly ThriftField[];
  readonly arrow: Omit<ArrowFieldSpec, "name">;
  readonly pandas: { readonly pandasType: string; readonly numpyType: string; readonly timezone?: string | null };
  /** 1 where a value is missing; undefined where none is. */
  readonly missing: Uint8Array | undefined;
  /** The dictionary page of a categorical. */
  readonly dictionary?: { readonly count: number; readonly bytes: Uint8Array };
  /** The bytes of the present values of rows `from … to`. */
  values(from: number, to: number): Uint8Array;
}

/** How `column` is stored. `UNSUPPORTED`, naming it, for what Parquet has no type for. */
export function leafOf(name: string, column: Column): LeafWriter {
  if (column.kind === "dense") return numbers(name, column, undefined);
  if (column.kind === "nullable") return masked(name, column);
  if (column.kind === "strings") return strings(column);
  return column.kind === "categorical" ? categorical(name, column) : temporalLeaf(name, column.vector);
}

/** The schema element of a leaf (SchemaElement in parquet.thrift). */
export function schemaElement(name: string, leaf: LeafWriter): ThriftField[] {
  const fields: ThriftField[] = [
    [1, "i32", PHYSICAL.indexOf(leaf.physical)],
    [3, "i32", leaf.arrow.nullable ? 1 : 0],
    [4, "binary", name],
    ...leaf.logical,
  ];
  if (leaf.typeLength !== undefined) fields.splice(1, 0, [2, "i32", leaf.typeLength]);
  return fields;
}

const STRING_TYPE: readonly ThriftField[] = [
  [6, "i32", 0],
  [10, "struct", [[1, "struct", []]]],
];
const FLOAT16_TYPE: readonly ThriftField[] = [[10, "struct", [[15, "struct", []]]]];

function integerType(bits: number, signed: boolean): ThriftField[] {
  const converted = (signed ? 15 : 11) + Math.log2(bits) - 3;
  const integer: ThriftField[] = [
    [1, "i8", bits],
    [2, "bool", signed],
  ];
  return [
    [6, "i32", converted],
    [10, "struct", [[10, "struct", integer]]],
  ];
}

function numbers(name: string, column: DenseArray, missing: Uint8Array | undefined, numpyType?: string): LeafWriter {
  const { dtype } = column;
  const kind = dtypeKind(dtype);
  if (kind === "complex" || dtype === "bfloat16") {
    throw new AtsError(
      "UNSUPPORTED",
      `Column "${name}" is ${dtype}, which Parquet has no type for; convert it to float64.`,
    );
  }
  const bits = itemSize(dtype) * 8;
  const isInteger = kind === "int" || kind === "uint";
  const half = dtype === "float16";
  return {
    physical: physicalOf(dtype),
    ...(half ? { typeLength: 2 } : {}),
    logical: half ? FLOAT16_TYPE : isInteger ? integerType(bits, kind === "int") : [],
    arrow: { nullable: missing !== undefined, type: arrowNumber(dtype) },
    pandas: { pandasType: dtype, numpyType: numpyType ?? dtype },
    missing,
    values: (from, to) => numberBytes(column, missing, from, to),
  };
}

function physicalOf(dtype: DType): PhysicalType {
  if (dtype === "bool") return "BOOLEAN";
  if (dtype === "float16") return "FIXED_LEN_BYTE_ARRAY";
  if (dtype === "float32") return "FLOAT";
  if (dtype === "float64") return "DOUBLE";
  return itemSize(dtype) === 8 ? "INT64" : "INT32";
}

function arrowNumber(dtype: DType): ArrowType {
  const kind = dtypeKind(dtype);
  if (kind === "bool") return { kind: "bool" };
  const bits = itemSize(dtype) * 8;
  return kind === "float" ? { kind: "float", bits } : { kind: "int", bits, signed: kind === "int" };
}

function numberBytes(
  { dtype, data }: DenseArray,
  missing: Uint8Array | undefined,
  from: number,
  to: number,
): Uint8Array {
  const rows = data.subarray(from, to) as Int32Array;
  const present = missing === undefined ? rows : rows.filter((_, i) => missing[from + i] === 0);
  if (dtype === "bool") return packBits(present as unknown as Uint8Array);
  const narrow = physicalOf(dtype) === "INT32" && itemSize(dtype) < 4;
  const stored = narrow ? Int32Array.from(present) : present;
  return new Uint8Array(stored.buffer, stored.byteOffset, stored.byteLength);
}

/** pandas' name of a masked type: `Int64`, `UInt8`, `Float32`, `boolean`. */
function maskedName(dtype: DType): string {
  if (dtype === "bool") return "boolean";
  return dtype.startsWith("u") ? `UI${dtype.slice(2)}` : `${dtype.charAt(0).toUpperCase()}${dtype.slice(1)}`;
}

function masked(name: string, column: NullableArray): LeafWriter {
  return numbers(name, column.values, column.mask, maskedName(column.values.dtype));
}

function strings(column: StringArray): LeafWriter {
  return {
    physical: "BYTE_ARRAY",
    logical: STRING_TYPE,
    arrow: { nullable: true, type: { kind: "utf8" } },
    pandas: { pandasType: "unicode", numpyType: "object" },
    missing: column.hasMissing ? flags(column.length, (i) => column.isMissing(i)) : undefined,
    // Text that is there as UTF-8 stays so; strings are packed page by page, not all at once.
    values: (from, to) =>
      column.hasUtf8
        ? textBytes(column.utf8(), from, to)
        : textBytes(packStrings(column.values.slice(from, to)), 0, to - from),
  };
}

/** 1 where `test` holds. */
function flags(length: number, test: (i: number) => boolean): Uint8Array {
  const out = new Uint8Array(length);
  for (let i = 0; i < length; i++) if (test(i)) out[i] = 1;
  return out;
}

/** PLAIN byte arrays: each string that is there, behind its length in four bytes. */
function textBytes(text: ArrowText, from: number, to: number): Uint8Array {
  const { offsets, bytes } = text;
  const out = Buffer.allocUnsafe(Number(offsets[to]) - Number(offsets[from]) + 4 * (to - from));
  let at = 0;
  for (let i = from; i < to; i++) {
    if (!isPresent(text, i)) continue;
    const [start, end] = [Number(offsets[i]), Number(offsets[i + 1])];
    at = out.writeUInt32LE(end - start, at);
    for (let k = start; k < end; k++) out[at++] = bytes[k] as number;
  }
  return out.subarray(0, at);
}

function categorical(name: string, column: Categorical): LeafWriter {
  const { codes, categories, ordered } = column;
  column.validate(name);
  // Nullable in the schema, as pandas has it, also where no value is missing.
  const missing = column.missing() ?? new Uint8Array(codes.length);
  const held = categories.kind === "strings" ? strings(categories) : numbers(name, categories, undefined);
  if (held.missing !== undefined)
    throw new AtsError("UNSUPPORTED", `Column "${name}" has a missing value as a category.`);
  if (held.physical === "BOOLEAN" || held.physical === "FIXED_LEN_BYTE_ARRAY") return expanded(name, column, missing);
  const bitWidth = Math.max(1, Math.ceil(Math.log2(categories.length)));
  return {
    ...held,
    arrow: { nullable: true, type: held.arrow.type, dictionary: { bits: codes.BYTES_PER_ELEMENT * 8, ordered } },
    pandas: { pandasType: "categorical", numpyType: `int${codes.BYTES_PER_ELEMENT * 8}` },
    missing: missing.includes(1) ? missing : undefined,
    dictionary: { count: categories.length, bytes: held.values(0, categories.length) },
    values: (from, to) =>
      encodeIndices(
        codes.subarray(from, to).filter((code) => code >= 0),
        bitWidth,
      ),
  };
}

/** Booleans and half floats cannot be a dictionary in Parquet: their values are stored, as pandas stores them. */
function expanded(name: string, { codes, categories }: Categorical, missing: Uint8Array): LeafWriter {
  const { dtype, data } = categories as DenseArray;
  const values = (data as Uint8Array).slice(0, 0).constructor as new (n: number) => Uint8Array;
  const out = new values(codes.length);
  for (let i = 0; i < codes.length; i++) out[i] = missing[i] === 0 ? (data[codes[i] as number] as number) : 0;
  return numbers(name, new DenseArray(dtype, [codes.length], out), missing);
}
