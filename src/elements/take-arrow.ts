/** Row selection in Arrow vectors, without loading Arrow: a vector brings its methods along. */
import type { Data, Vector } from "apache-arrow";
import { type AxisSelection, positionAt } from "../selection/axis.js";
import { runs } from "../selection/runs.js";

/** The selected rows of a vector. Values of a fixed width are gathered, others are joined from slices that share their memory. */
export function takeArrow(vector: Vector, rows: AxisSelection): Vector {
  if (rows.kind === "range" && rows.step === 1) return vector.slice(rows.start, rows.start + rows.count);
  const data = vector.data.length === 1 ? (vector.data[0] as Data) : undefined;
  return data !== undefined && isFixedWidth(data) ? gatherFixed(vector, data, rows) : joinSlices(vector, rows);
}

/** Arrow's type id of Bool, whose values are bits. */
const ARROW_BOOL = 6;

function isFixedWidth(data: Data): boolean {
  return (
    ArrayBuffer.isView(data.values) &&
    data.valueOffsets === undefined &&
    data.dictionary === undefined &&
    data.children.length === 0 &&
    data.type.typeId !== ARROW_BOOL
  );
}

function gatherFixed(vector: Vector, data: Data, rows: AxisSelection): Vector {
  const { stride } = data;
  const source = data.values as Uint8Array;
  const values = new (source.constructor as Uint8ArrayConstructor)(rows.count * stride);
  const valid = new Uint8Array(Math.ceil(rows.count / 64) * 8);
  let nullCount = 0;
  for (let i = 0; i < rows.count; i++) {
    const row = positionAt(rows, i);
    for (let s = 0; s < stride; s++) values[i * stride + s] = source[row * stride + s] as number;
    if (vector.isValid(row)) valid[i >> 3] = (valid[i >> 3] as number) | (1 << (i & 7));
    else nullCount++;
  }
  // The places of Arrow's buffers: 1 holds the values, 2 the validity bits.
  const gathered = data.clone(data.type, 0, rows.count, nullCount, { 1: values, 2: valid } as never);
  return new (vector.constructor as new (data: Data[]) => Vector)([gathered]);
}

function joinSlices(vector: Vector, rows: AxisSelection): Vector {
  const { starts, counts } = runs(rows);
  const slices = Array.from(starts, (start, r) => vector.slice(start, start + (counts[r] as number)));
  const [first, ...others] = slices;
  return first === undefined ? vector.slice(0, 0) : first.concat(...others);
}
