/** Arrow vectors → columns of ours. Needs no Arrow code of its own: a vector brings its methods along. */
import type { Data, Vector } from "apache-arrow";
import { allocate, type DType, isDType, viewAs } from "../dtype.js";
import { DTYPE_KEY, MISSING_KEY } from "./arrow-write.js";
import { packBits, unpackBits } from "./bitmap.js";
import { allocateCodes, Categorical, type Codes } from "./categorical.js";
import { DenseArray } from "./dense.js";
import { ArrowColumn, type Column } from "./frame.js";
import { joinText } from "./join-text.js";
import { NullableArray } from "./nullable.js";
import { type MissingText, StringArray } from "./strings.js";
import { checkText } from "./utf8.js";

/** Arrow's type ids (apache-arrow's `Type`), spelled here so that reading a table loads no module. */
const TYPE = { INT: 2, FLOAT: 3, UTF8: 5, BOOL: 6, FIXED_SIZE_LIST: 16, LARGE_UTF8: 20, UTF8_VIEW: 24, DICTIONARY: -1 };

/**
 * The column that an Arrow vector holds. Integers, floats and booleans become a `DenseArray`, or a `NullableArray` where a value is missing;
 * text a `StringArray`; dictionaries of text or numbers a `Categorical` (chunks with different dictionaries are unified in order of
 * appearance); everything else stays an `ArrowColumn`. `metadata` is the field's: it says what Arrow cannot (`DTYPE_KEY`, `MISSING_KEY`).
 */
export function vectorToColumn(vector: Vector, metadata: ReadonlyMap<string, string> = NO_METADATA): Column {
  const { typeId } = vector.type as { typeId: number };
  const dtype = metadata.get(DTYPE_KEY);
  const missing = metadata.get(MISSING_KEY);
  if (typeId === TYPE.DICTIONARY) return dictionary(vector, metadata) ?? new ArrowColumn(vector);
  if (dtype !== undefined && isDType(dtype)) return withDType(vector, dtype, missing === "mask");
  if (typeId === TYPE.INT || typeId === TYPE.FLOAT || typeId === TYPE.BOOL) {
    return withMask(numbers(vector), vector, missing === "mask");
  }
  if (isText(typeId)) return texts(vector, missing === "NA" || missing === "NaN" ? missing : null);
  return new ArrowColumn(vector);
}

const NO_METADATA: ReadonlyMap<string, string> = new Map();

function isText(typeId: number): boolean {
  return typeId === TYPE.UTF8 || typeId === TYPE.LARGE_UTF8 || typeId === TYPE.UTF8_VIEW;
}

function numberDType(type: unknown): DType {
  const { typeId, bitWidth, isSigned, precision } = type as {
    typeId: number;
    bitWidth: number;
    isSigned: boolean;
    precision: number;
  };
  if (typeId === TYPE.BOOL) return "bool";
  if (typeId === TYPE.FLOAT) return (["float16", "float32", "float64"] as const)[precision] as DType;
  return `${isSigned ? "int" : "uint"}${bitWidth}` as DType;
}

/** The values of a numeric vector, missing ones as whatever lies below them; one chunk is shared, several are copied together. */
function numbers(vector: Vector): DenseArray {
  const dtype = numberDType(vector.type);
  const chunks = vector.data.map((data) => chunkNumbers(data, dtype));
  return new DenseArray(dtype, [vector.length], joinChunks(chunks, dtype, vector.length) as never);
}

function chunkNumbers(data: Data, dtype: DType): ArrayLike<number> {
  if (dtype === "bool") return unpackBits(data.values as Uint8Array, data.offset, data.length);
  return (data.values as Uint8Array).subarray(0, data.length);
}

function joinChunks(chunks: ArrayLike<number>[], dtype: DType, length: number): ArrayLike<number> {
  const first = chunks[0] as Uint16Array | undefined;
  if (chunks.length === 1 && first !== undefined) {
    return dtype === "float16" ? viewAs(dtype, first.buffer, first.byteOffset, length) : first;
  }
  const out = allocate(dtype, length) as Uint8Array;
  const target = dtype === "float16" ? new Uint16Array(out.buffer) : out;
  let at = 0;
  for (const chunk of chunks) {
    target.set(chunk, at);
    at += chunk.length;
  }
  return out;
}

/** With a mask where a value is missing, or where one could be. */
function withMask(values: DenseArray, vector: Vector, nullable: boolean): DenseArray | NullableArray {
  if (vector.nullCount === 0 && !nullable) return values;
  const mask = new Uint8Array(vector.length);
  for (let i = 0; i < mask.length; i++) mask[i] = vector.isValid(i) ? 0 : 1;
  return new NullableArray(values, mask);
}

/** A vector whose field names an element type that Arrow lacks: the same bytes under that type. */
function withDType(vector: Vector, dtype: DType, nullable: boolean): Column {
  const type = vector.type as { typeId: number };
  const plain = type.typeId === TYPE.FIXED_SIZE_LIST ? vector.getChildAt(0) : vector;
  if (plain === null) return new ArrowColumn(vector);
  const { data } = numbers(plain);
  return withMask(new DenseArray(dtype, [vector.length], data as never), vector, nullable);
}

/** The text of a vector; one chunk is shared, several are copied together. */
function texts(vector: Vector, na: MissingText | null): StringArray {
  const { typeId } = vector.type as { typeId: number };
  if (typeId === TYPE.UTF8_VIEW || vector.length === 0) {
    const values = Array.from({ length: vector.length }, (_, i) => vector.get(i) as string | null);
    return new StringArray(values, [values.length], na);
  }
  const parts = vector.data.map((data) => {
    const offsets = (data.valueOffsets as Int32Array | BigInt64Array).subarray(0, data.length + 1);
    const valid = data.nullCount === 0 ? undefined : data.nullBitmap;
    const validity = valid && packBits(unpackBits(valid, data.offset, data.length));
    const text = { offsets, bytes: data.values as Uint8Array, validity };
    checkText(text, "An Arrow column");
    return text;
  });
  return StringArray.fromUtf8(joinText(parts), [vector.length], na);
}

function dictionary(vector: Vector, metadata: ReadonlyMap<string, string>): Categorical | undefined {
  const categories = sharedCategories(vector, metadata) ?? unifiedCategories(vector);
  if (categories === undefined) return undefined;
  const codes = codesOf(vector, categories.length);
  let at = 0;
  vector.data.forEach((data, chunk) => {
    const map = categories.maps[chunk] as readonly number[];
    const indices = data.values as ArrayLike<number | bigint>;
    for (let i = 0; i < data.length; i++, at++) {
      codes[at] = vector.isValid(at) ? (map[Number(indices[i])] as number) : -1;
    }
  });
  return new Categorical(codes, categories.values, (vector.type as { isOrdered: boolean }).isOrdered);
}

/** Keeps the width of the codes where it can hold them, so that a table keeps its types. */
function codesOf(vector: Vector, categories: number): Codes {
  const { bitWidth, isSigned } = (vector.type as { indices: { bitWidth: number; isSigned: boolean } }).indices;
  const narrowest = allocateCodes(categories, vector.length);
  if (!isSigned || bitWidth <= narrowest.BYTES_PER_ELEMENT * 8) return narrowest;
  return bitWidth === 16 ? new Int16Array(vector.length) : new Int32Array(vector.length);
}

interface Unified {
  readonly values: StringArray | DenseArray;
  readonly length: number;
  /** For each chunk: the unified code of each of its dictionary's entries; a missing entry is -1. */
  readonly maps: readonly (readonly number[])[];
}

/** The categories as they are, where all chunks share one dictionary without missing entries. */
function sharedCategories(vector: Vector, metadata: ReadonlyMap<string, string>): Unified | undefined {
  const [first, ...others] = vector.data.map((data) => data.dictionary as Vector);
  if (first === undefined || first.nullCount > 0 || others.some((other) => other !== first)) return undefined;
  const values = vectorToColumn(first, metadata);
  if (!(values instanceof StringArray || values instanceof DenseArray)) return undefined;
  const codes = Array.from({ length: values.length }, (_, code) => code);
  return { values, length: values.length, maps: vector.data.map(() => codes) };
}

/** Undefined where the dictionary holds neither text nor numbers. */
function unifiedCategories(vector: Vector): Unified | undefined {
  const type = (vector.type as { dictionary: { typeId: number } }).dictionary;
  const dictionaries = vector.data.map((data) => data.dictionary as Vector);
  if (!isText(type.typeId) && type.typeId !== TYPE.INT && type.typeId !== TYPE.FLOAT && type.typeId !== TYPE.BOOL) {
    return undefined;
  }
  const seen = new Map<unknown, number>();
  const maps = dictionaries.map((entries) =>
    Array.from({ length: entries.length }, (_, i) => {
      const value: unknown = entries.get(i);
      if (value === null) return -1;
      const known = seen.get(value);
      if (known !== undefined) return known;
      seen.set(value, seen.size);
      return seen.size - 1;
    }),
  );
  const values = [...seen.keys()];
  return { values: categoryArray(type, values), length: values.length, maps };
}

function categoryArray(type: { typeId: number }, values: unknown[]): StringArray | DenseArray {
  if (isText(type.typeId)) return new StringArray(values as string[]);
  const dtype = numberDType(type);
  if (dtype !== "float16") {
    const data = allocate(dtype, values.length);
    values.forEach((value, i) => {
      data[i] = (dtype === "bool" ? Number(value) : value) as never;
    });
    return new DenseArray(dtype, [values.length], data);
  }
  return new DenseArray("float32", [values.length], Float32Array.from(values as number[]));
}
