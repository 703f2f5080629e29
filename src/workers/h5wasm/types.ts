/** HDF5 element types as this package reads them. */
import type { DType } from "../../dtype.js";
import type { StoredDType } from "../../storage/types.js";
import type { MemberMetadata, TypeMetadata } from "./module.js";

/** HDF5's type classes (H5T_class_t). */
const INTEGER = 0;
const FLOAT = 1;
const STRING = 3;
const BITFIELD = 4;
const COMPOUND = 6;
const REFERENCE = 7;
const ENUM = 8;
const ARRAY = 10;
const CLASS_NAMES = [
  "integer",
  "float",
  "time",
  "string",
  "bitfield",
  "opaque",
  "compound",
  "reference",
  "enum",
  "variable-length list",
  "array",
];

/** HDF5's string paddings (H5T_str_t). */
export const NULL_TERMINATED = 0;
export const SPACE_PADDED = 2;

/** Numbers of `size` bytes; `swap` holds the width to reverse where they arrive big-endian, else 0. */
export interface NumericType {
  readonly kind: "numeric";
  readonly size: number;
  readonly dtype: DType;
  readonly swap: number;
}

/** Strings: pointers into the heap where `variable`, else `size` bytes each. */
export interface TextType {
  readonly kind: "text";
  readonly size: number;
  readonly variable: boolean;
  readonly padding: number;
}

/** One field of records; `shape` is that of a sub-array, [] for a single value. */
export interface RecordField {
  readonly name: string;
  readonly offset: number;
  readonly shape: readonly number[];
  readonly type: NumericType | TextType;
}

/** Records of `size` bytes. */
export interface RecordType {
  readonly kind: "records";
  readonly size: number;
  readonly fields: readonly RecordField[];
}

/** References to objects of the file. */
export interface ReferenceType {
  readonly kind: "reference";
  readonly size: number;
}

/** What cannot be read; `what` names it. */
export interface UnsupportedType {
  readonly kind: "unsupported";
  readonly size: number;
  readonly what: string;
}

export type H5Type = NumericType | TextType | RecordType | ReferenceType | UnsupportedType;

/**
 * The type that h5wasm's `metadata` describes. The library turns big-endian numbers round by itself, except in compounds
 * whose members differ in order (`insideCompound` says what it did to the one that holds this member); big-endian enums it cannot.
 */
export function typeOf(metadata: TypeMetadata, insideCompound: "" | "kept" | "turned" = ""): H5Type {
  const { size } = metadata;
  const bigEndian = !metadata.littleEndian && size > 1;
  const swap = bigEndian && insideCompound === "kept" ? size : 0;
  const numeric = (dtype: DType | undefined): H5Type =>
    dtype === undefined ? unsupported(metadata) : { kind: "numeric", size, dtype, swap };
  switch (metadata.type) {
    case INTEGER:
      return numeric(integer(size, metadata.signed));
    case BITFIELD:
      return numeric(integer(size, false));
    case FLOAT:
      return numeric(FLOATS[size]);
    case ENUM:
      if (bigEndian) return unsupported(metadata);
      return numeric(isBoolean(metadata) ? "bool" : integer(size, metadata.signed));
    case STRING:
      return { kind: "text", size, variable: metadata.vlen, padding: metadata.strpad ?? NULL_TERMINATED };
    case REFERENCE:
      return metadata.ref_type === "object" ? { kind: "reference", size } : unsupported(metadata);
    case COMPOUND:
      return insideCompound !== "" ? (complex(metadata, insideCompound) ?? unsupported(metadata)) : compound(metadata);
    default:
      return unsupported(metadata);
  }
}

/** What arrays of `type` are called in the storage contract; null where they cannot be read. */
export function storedDType(type: H5Type): StoredDType | null {
  if (type.kind === "numeric") return type.dtype;
  if (type.kind === "text") return "string";
  if (type.kind !== "records") return null;
  return {
    fields: type.fields.map((field) => ({
      name: field.name,
      dtype: field.type.kind === "text" ? "string" : field.type.dtype,
      ...(field.shape.length > 0 ? { shape: field.shape } : {}),
    })),
  };
}

const FLOATS: Readonly<Record<number, DType>> = { 2: "float16", 4: "float32", 8: "float64" };

function integer(size: number, signed: boolean): DType | undefined {
  return [1, 2, 4, 8].includes(size) ? (`${signed ? "int" : "uint"}${size * 8}` as DType) : undefined;
}

/** h5py's booleans: an enum of one byte with FALSE = 0 and TRUE = 1. */
function isBoolean({ size, enum_type: enumType }: TypeMetadata): boolean {
  const members = enumType?.members ?? {};
  return size === 1 && Object.keys(members).length === 2 && members.FALSE === 0 && members.TRUE === 1;
}

function unsupported(metadata: TypeMetadata): UnsupportedType {
  const name = CLASS_NAMES[metadata.type] ?? "unknown";
  return { kind: "unsupported", size: metadata.size, what: `${name} of ${metadata.size} bytes` };
}

function compound(metadata: TypeMetadata): H5Type {
  const inside = sameOrder(metadata) ? "turned" : "kept";
  const asComplex = complex(metadata, inside);
  if (asComplex !== undefined) return asComplex;
  const fields: RecordField[] = [];
  for (const member of metadata.compound_type?.members ?? []) {
    const element = member.type === ARRAY && member.array_type !== undefined ? member.array_type : member;
    const type = typeOf(element, inside);
    if (type.kind !== "numeric" && type.kind !== "text") return unsupportedField(metadata, member);
    fields.push({
      name: member.name,
      offset: member.offset,
      shape: member.type === ARRAY ? (member.array_type?.shape ?? []) : [],
      type,
    });
  }
  return { kind: "records", size: metadata.size, fields };
}

function unsupportedField(metadata: TypeMetadata, member: MemberMetadata): UnsupportedType {
  const what = `compound with the field "${member.name}" of type ${CLASS_NAMES[member.type] ?? "unknown"}`;
  return { kind: "unsupported", size: metadata.size, what };
}

/** h5py's complex numbers: a compound of two floats of one width, r and i. */
function complex(metadata: TypeMetadata, inside: "kept" | "turned"): NumericType | undefined {
  const [re, im, more] = metadata.compound_type?.members ?? [];
  if (re?.name !== "r" || im?.name !== "i" || more !== undefined || re.type !== FLOAT || im.type !== FLOAT)
    return undefined;
  const width = re.size;
  if (im.size !== width || (width !== 4 && width !== 8) || re.offset !== 0 || im.offset !== width) return undefined;
  const swap = inside === "kept" && !re.littleEndian ? width : 0;
  return { kind: "numeric", size: 2 * width, dtype: width === 4 ? "complex64" : "complex128", swap };
}

/** Whether every number in a compound has one byte order, so that the library can turn them all round. */
function sameOrder(metadata: TypeMetadata): boolean {
  const orders = new Set<boolean>();
  const visit = (type: TypeMetadata): void => {
    if (type.type === COMPOUND) for (const member of type.compound_type?.members ?? []) visit(member);
    else if (type.type === ARRAY && type.array_type !== undefined) visit(type.array_type);
    else if (type.type !== STRING) orders.add(type.littleEndian);
  };
  visit(metadata);
  return orders.size <= 1;
}
