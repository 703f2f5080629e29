/** The Arrow schema that Parquet files carry under `ARROW:schema`, from which pyarrow restores dictionaries and durations (Schema.fbs, Message.fbs). */
import { type FlatTable, type FlatValue, writeFlatBuffer } from "./flatbuffer.js";

/** Arrow types as far as columns of frames have them. Units: 0 s, 1 ms, 2 µs, 3 ns. */
export type ArrowType =
  | { readonly kind: "bool" | "utf8" | "date" }
  | { readonly kind: "int"; readonly bits: number; readonly signed: boolean }
  | { readonly kind: "float"; readonly bits: number }
  | { readonly kind: "time" | "duration"; readonly unit: number }
  | { readonly kind: "timestamp"; readonly unit: number; readonly timezone: string | null };

/** A field of the schema; `dictionary` makes it a dictionary of `type` with codes of `bits`. */
export interface ArrowFieldSpec {
  readonly name: string;
  readonly nullable: boolean;
  readonly type: ArrowType;
  readonly dictionary?: { readonly bits: number; readonly ordered: boolean } | undefined;
}

const METADATA_V5 = 4;
const SCHEMA_HEADER = 1;
const TYPE_ID = { int: 2, float: 3, utf8: 5, bool: 6, date: 8, time: 9, timestamp: 10, duration: 18 } as const;

const table = (fields: readonly (readonly [number, FlatValue])[]): FlatTable => new Map(fields);
const u8 = (value: number): FlatValue => ({ kind: "u8", value });
const i16 = (value: number): FlatValue => ({ kind: "i16", value });
const i32 = (value: number): FlatValue => ({ kind: "i32", value });
const i64 = (value: number): FlatValue => ({ kind: "i64", value });
const sub = (value: FlatTable): FlatValue => ({ kind: "table", value });
const bool = (value: boolean): FlatValue => u8(value ? 1 : 0);

/** The base64 text of the schema as an encapsulated IPC message. pyarrow looks for pandas' metadata in here, not beside it. */
export function formatArrowSchema(fields: readonly ArrowFieldSpec[], pandas: string): string {
  const entry = table([
    [0, { kind: "string", value: "pandas" }],
    [1, { kind: "string", value: pandas }],
  ]);
  const schema = table([
    [0, i16(0)],
    [1, { kind: "tables", value: fields.map(fieldTable) }],
    [2, { kind: "tables", value: [entry] }],
  ]);
  const message = writeFlatBuffer(
    table([
      [0, i16(METADATA_V5)],
      [1, u8(SCHEMA_HEADER)],
      [2, sub(schema)],
      [3, i64(0)],
    ]),
  );
  const out = Buffer.alloc(8 + message.length);
  out.writeUInt32LE(0xffffffff, 0);
  out.writeUInt32LE(message.length, 4);
  out.set(message, 8);
  return out.toString("base64");
}

function fieldTable(field: ArrowFieldSpec, id: number): FlatTable {
  const base: [number, FlatValue][] = [
    [0, { kind: "string", value: field.name }],
    [1, bool(field.nullable)],
    [2, u8(TYPE_ID[field.type.kind])],
    [3, sub(typeTable(field.type))],
    [5, { kind: "tables", value: [] }],
  ];
  if (field.dictionary === undefined) return table(base);
  const encoding = table([
    [0, i64(id)],
    [1, sub(typeTable({ kind: "int", bits: field.dictionary.bits, signed: true }))],
    [2, bool(field.dictionary.ordered)],
  ]);
  return table([...base, [4, sub(encoding)]]);
}

function typeTable(type: ArrowType): FlatTable {
  switch (type.kind) {
    case "int":
      return table([
        [0, i32(type.bits)],
        [1, bool(type.signed)],
      ]);
    case "float":
      return table([[0, i16(type.bits === 16 ? 0 : type.bits === 32 ? 1 : 2)]]);
    case "date":
      return table([[0, i16(0)]]);
    case "time":
      return table([
        [0, i16(type.unit)],
        [1, i32(type.unit <= 1 ? 32 : 64)],
      ]);
    case "timestamp":
      return table(
        type.timezone === null
          ? [[0, i16(type.unit)]]
          : [
              [0, i16(type.unit)],
              [1, { kind: "string", value: type.timezone }],
            ],
      );
    case "duration":
      return table([[0, i16(type.unit)]]);
    default:
      return table([]);
  }
}
