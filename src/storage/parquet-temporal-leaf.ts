/** Columns of Arrow's times, dates and durations as Parquet stores them: integers. */
import type { Data, Vector } from "apache-arrow";
import { unpackBits } from "../elements/bitmap.js";
import { AtsError } from "../errors.js";
import type { ArrowType } from "./arrow-schema.js";
import type { LeafWriter } from "./parquet-leaves.js";
import type { ThriftField } from "./parquet-thrift.js";

/** Arrow's type ids of what has integers below it. */
const DATE = 8;
const TIME = 9;
const TIMESTAMP = 10;
const DURATION = 18;

interface TemporalType {
  readonly typeId: number;
  readonly unit: number;
  readonly timezone?: string | null;
}

/** How a vector of times is stored; `UNSUPPORTED`, naming the column, for every other Arrow type. */
export function temporalLeaf(name: string, vector: Vector): LeafWriter {
  const type = vector.type as TemporalType;
  if (![DATE, TIME, TIMESTAMP, DURATION].includes(type.typeId)) {
    throw new AtsError(
      "UNSUPPORTED",
      `Column "${name}" is ${String(vector.type)}, which is not written to Parquet; drop or flatten it.`,
    );
  }
  const missing = missingOf(vector);
  const { ticks, unit } = ticksOf(vector, type);
  const arrow = arrowType(type, unit);
  const stored =
    arrow.kind === "date" || (arrow.kind === "time" && unit === 1) ? Int32Array.from(ticks, Number) : ticks;
  return {
    physical: stored instanceof Int32Array ? "INT32" : "INT64",
    logical: logicalOf(arrow, unit),
    arrow: { nullable: true, type: arrow },
    pandas: pandasOf(arrow, unit),
    missing: missing.includes(1) ? missing : undefined,
    values: (from, to) => {
      const rows = stored.subarray(from, to) as Int32Array;
      const present = rows.filter((_, i) => missing[from + i] === 0);
      return new Uint8Array(present.buffer, present.byteOffset, present.byteLength);
    },
  };
}

function missingOf(vector: Vector): Uint8Array {
  const out = new Uint8Array(vector.length);
  let at = 0;
  for (const data of vector.data) {
    if (data.nullCount > 0) {
      const valid = unpackBits(data.nullBitmap as Uint8Array, data.offset, data.length);
      for (let i = 0; i < valid.length; i++) out[at + i] = 1 - (valid[i] as number);
    }
    at += data.length;
  }
  return out;
}

/** The integers below a vector; Parquet has no seconds, so those become milliseconds, and dates become days. */
function ticksOf(vector: Vector, { typeId, unit }: TemporalType): { ticks: BigInt64Array; unit: number } {
  const ticks = BigInt64Array.from(vector.data.flatMap((data) => [...rawTicks(data)]));
  if (typeId === DATE) return { ticks: unit === 1 ? ticks.map((tick) => tick / 86_400_000n) : ticks, unit: 0 };
  return unit === 0 ? { ticks: ticks.map((tick) => tick * 1000n), unit: 1 } : { ticks, unit };
}

function* rawTicks(data: Data): Generator<bigint> {
  const values = data.values as Int32Array | BigInt64Array;
  const wide = values instanceof Int32Array && values.length === 2 * data.length && data.length > 0;
  const ticks = wide ? new BigInt64Array(values.slice().buffer) : values;
  for (let i = 0; i < data.length; i++) yield BigInt(ticks[i] as number | bigint);
}

function arrowType({ typeId, timezone }: TemporalType, unit: number): ArrowType {
  if (typeId === DATE) return { kind: "date" };
  if (typeId === TIMESTAMP) return { kind: "timestamp", unit, timezone: timezone ?? null };
  return { kind: typeId === TIME ? "time" : "duration", unit };
}

function logicalOf(type: ArrowType, unit: number): ThriftField[] {
  if (type.kind === "date") {
    return [
      [6, "i32", 6],
      [10, "struct", [[6, "struct", []]]],
    ];
  }
  if (type.kind !== "timestamp" && type.kind !== "time") return [];
  const utc = type.kind === "timestamp" && type.timezone !== null;
  const fields: ThriftField[] = [
    [1, "bool", utc],
    [2, "struct", [[unit, "struct", []]]],
  ];
  return [[10, "struct", [[type.kind === "time" ? 7 : 8, "struct", fields]]]];
}

const UNITS = ["s", "ms", "us", "ns"];

function pandasOf(type: ArrowType, unit: number): LeafWriter["pandas"] {
  if (type.kind === "timestamp") {
    const pandasType = type.timezone === null ? "datetime" : "datetimetz";
    return { pandasType, numpyType: `datetime64[${UNITS[unit]}]`, timezone: type.timezone };
  }
  if (type.kind === "duration") return { pandasType: "object", numpyType: `timedelta64[${UNITS[unit]}]` };
  return { pandasType: type.kind, numpyType: "object" };
}
