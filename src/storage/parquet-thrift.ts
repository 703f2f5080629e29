/**
 * Thrift's compact protocol, as Parquet's footer and page headers use it (Apache Thrift, "Thrift Compact protocol encoding"): a reader that
 * gives structs as maps by field id, and a writer.
 */
import { AtsError } from "../errors.js";

/** A decoded value; 64-bit integers are numbers (those beyond 2^53 are refused), strings are bytes. */
export type ThriftValue = number | boolean | Uint8Array | ThriftValue[] | ThriftStruct;
/** A struct: its fields by id. */
export type ThriftStruct = Map<number, ThriftValue>;

const STOP = 0;
const TRUE = 1;
const FALSE = 2;
const BYTE = 3;
const I16 = 4;
const I32 = 5;
const I64 = 6;
const DOUBLE = 7;
const BINARY = 8;
const LIST = 9;
const SET = 10;
const MAP = 11;
const STRUCT = 12;

/** Deeper structs than any that Parquet defines. */
const MAX_DEPTH = 24;

/** Reads compact-encoded structs from bytes; everything malformed is `CORRUPT`. */
export class ThriftReader {
  /** Where the next byte is read. */
  position: number;
  readonly #bytes: Uint8Array;
  readonly #path: string;

  constructor(bytes: Uint8Array, path: string, position = 0) {
    this.#bytes = bytes;
    this.#path = path;
    this.position = position;
  }

  /** The struct at the current position. */
  struct(depth = 0): ThriftStruct {
    if (depth > MAX_DEPTH) throw this.#corrupt("nests too deeply");
    const fields: ThriftStruct = new Map();
    let id = 0;
    for (;;) {
      const header = this.#byte();
      const type = header & 15;
      if (type === STOP) return fields;
      id = header >> 4 === 0 ? this.#zigzag() : id + (header >> 4);
      fields.set(id, type === TRUE ? true : type === FALSE ? false : this.#value(type, depth));
    }
  }

  #value(type: number, depth: number): ThriftValue {
    if (type === TRUE || type === FALSE) return this.#byte() === TRUE;
    if (type === BYTE) return (this.#byte() << 24) >> 24;
    if (type === I16 || type === I32 || type === I64) return this.#zigzag();
    if (type === BINARY) return this.#take(this.#varint());
    if (type === LIST || type === SET) return this.#list(depth);
    if (type === STRUCT) return this.struct(depth + 1);
    if (type === DOUBLE) return new DataView(this.#take(8).slice().buffer).getFloat64(0, true);
    if (type === MAP) return this.#map(depth);
    throw this.#corrupt(`has an unknown type ${type}`);
  }

  #list(depth: number): ThriftValue[] {
    const header = this.#byte();
    const count = header >> 4 === 15 ? this.#varint() : header >> 4;
    if (count > this.#bytes.length - this.position) throw this.#corrupt("has a list longer than itself");
    return Array.from({ length: count }, () => this.#value(header & 15, depth + 1));
  }

  #map(depth: number): ThriftValue[] {
    const count = this.#varint();
    if (count === 0) return [];
    if (count > this.#bytes.length - this.position) throw this.#corrupt("has a map longer than itself");
    const types = this.#byte();
    return Array.from({ length: count }, () => [
      this.#value(types >> 4, depth + 1),
      this.#value(types & 15, depth + 1),
    ]);
  }

  #byte(): number {
    if (this.position >= this.#bytes.length) throw this.#corrupt("ends early");
    return this.#bytes[this.position++] as number;
  }

  #take(length: number): Uint8Array {
    if (length > this.#bytes.length - this.position) throw this.#corrupt("has text longer than itself");
    this.position += length;
    return this.#bytes.subarray(this.position - length, this.position);
  }

  #varint(): number {
    return toSafe(this.#bigVarint(), this.#path);
  }

  #zigzag(): number {
    const value = this.#bigVarint();
    return toSafe((value >> 1n) ^ -(value & 1n), this.#path);
  }

  #bigVarint(): bigint {
    let value = 0;
    for (let shift = 0; shift < 49; shift += 7) {
      const byte = this.#byte();
      value += (byte & 127) * 2 ** shift;
      if (byte < 128) return BigInt(value);
    }
    let big = BigInt(value);
    for (let shift = 49n; shift < 70n; shift += 7n) {
      const byte = this.#byte();
      big |= BigInt(byte & 127) << shift;
      if (byte < 128) return BigInt.asUintN(64, big);
    }
    throw this.#corrupt("has a number that is too long");
  }

  #corrupt(what: string): AtsError {
    return new AtsError("CORRUPT", `${this.#path}: its Parquet metadata ${what}.`, { path: this.#path });
  }
}

function toSafe(value: bigint, path: string): number {
  const number = Number(value);
  if (!Number.isSafeInteger(number)) {
    throw new AtsError("CORRUPT", `${path}: its Parquet metadata has the absurd number ${value}.`, { path });
  }
  return number;
}

/** A field to be written: [id, type, value]; structs are lists of fields, lists carry the type of their items. */
export type ThriftField =
  | readonly [number, "bool", boolean]
  | readonly [number, "i8" | "i32" | "i64", number]
  | readonly [number, "binary", Uint8Array | string]
  | readonly [number, "struct", readonly ThriftField[]]
  | readonly [number, "i32s", readonly number[]]
  | readonly [number, "binaries", readonly string[]]
  | readonly [number, "structs", readonly (readonly ThriftField[])[]];

/** The compact encoding of a struct with `fields`, which must be in the order of their ids. */
export function writeStruct(fields: readonly ThriftField[]): Uint8Array {
  const out: Uint8Array[] = [];
  putStruct(out, fields);
  return Buffer.concat(out);
}

function putStruct(out: Uint8Array[], fields: readonly ThriftField[]): void {
  let last = 0;
  for (const field of fields) {
    out.push(Uint8Array.of(((field[0] - last) << 4) | typeCode(field)));
    last = field[0];
    putValue(out, field);
  }
  out.push(Uint8Array.of(STOP));
}

function typeCode(field: ThriftField): number {
  if (field[1] === "bool") return field[2] ? TRUE : FALSE;
  return { i8: BYTE, i32: I32, i64: I64, binary: BINARY, struct: STRUCT, i32s: LIST, binaries: LIST, structs: LIST }[
    field[1]
  ];
}

function putValue(out: Uint8Array[], field: ThriftField): void {
  switch (field[1]) {
    case "bool":
      return;
    case "i8":
      out.push(Uint8Array.of(field[2]));
      return;
    case "i32":
    case "i64":
      out.push(zigzag(field[2]));
      return;
    case "binary":
      putBinary(out, field[2]);
      return;
    case "struct":
      putStruct(out, field[2]);
      return;
    case "i32s":
      putListHeader(out, field[2].length, I32);
      for (const item of field[2]) out.push(zigzag(item));
      return;
    case "binaries":
      putListHeader(out, field[2].length, BINARY);
      for (const item of field[2]) putBinary(out, item);
      return;
    case "structs":
      putListHeader(out, field[2].length, STRUCT);
      for (const item of field[2]) putStruct(out, item);
  }
}

function putListHeader(out: Uint8Array[], count: number, type: number): void {
  if (count < 15) out.push(Uint8Array.of((count << 4) | type));
  else out.push(Uint8Array.of(0xf0 | type), varint(count));
}

function putBinary(out: Uint8Array[], value: Uint8Array | string): void {
  const bytes = typeof value === "string" ? Buffer.from(value) : value;
  out.push(varint(bytes.length), bytes);
}

function zigzag(value: number): Uint8Array {
  return varint(value >= 0 ? value * 2 : -value * 2 - 1);
}

/** An unsigned base-128 number, least significant group first. */
export function varint(value: number): Uint8Array {
  const bytes: number[] = [];
  let rest = value;
  while (rest >= 128) {
    bytes.push((rest % 128) + 128);
    rest = Math.floor(rest / 128);
  }
  bytes.push(rest);
  return Uint8Array.from(bytes);
}
