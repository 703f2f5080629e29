/** Times, dates and durations: integers in Parquet, columns of Arrow's types here. */
import type { Data, DataType, Vector } from "apache-arrow";
import { packBits } from "../elements/bitmap.js";
import type { DenseArray } from "../elements/dense.js";
import type { LogicalType } from "./parquet-footer.js";

/** Arrow's units of time, by its own numbers. */
const UNITS = { s: 0, ms: 1, us: 2, ns: 3 } as const;
export type TimeUnit = keyof typeof UNITS;

/** The Arrow vector of integers that stand for times; `duration` is the unit of a timedelta, which Parquet has no type for. */
export async function temporalVector(
  logical: LogicalType,
  values: DenseArray,
  mask: Uint8Array | undefined,
  timezone: string | null,
  duration: string | undefined,
): Promise<Vector> {
  const arrow = await import("apache-arrow");
  const type = temporalType(arrow, logical, timezone, duration);
  const nulls = mask === undefined ? { nullCount: 0 } : { nullBitmap: packBits(mask, true), nullCount: -1 };
  const data = arrow.makeData({ type, length: values.length, data: values.data, ...nulls } as never) as Data;
  return new arrow.Vector([data]);
}

function temporalType(
  arrow: typeof import("apache-arrow"),
  logical: LogicalType,
  timezone: string | null,
  duration: string | undefined,
): DataType {
  if (duration !== undefined) return new arrow.Duration(UNITS[duration as TimeUnit]);
  if (logical.kind === "timestamp")
    return new arrow.Timestamp(UNITS[logical.unit], timezone ?? (logical.utc ? "UTC" : null));
  if (logical.kind === "time") return new arrow.Time(UNITS[logical.unit], logical.unit === "ms" ? 32 : 64);
  return new arrow.DateDay();
}
