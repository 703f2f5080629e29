/** How a selection of a dataset is cut into pieces that the library reads at once. Pure: no file is touched. */
import type { AxisSelection } from "../../selection/axis.js";

/** Bytes that one read of the library should give: enough to forget its cost, few enough to stop soon. */
const TARGET_BYTES = 8 * 2 ** 20;
/** A chunk is decoded anew by every read that touches it, so pieces grow to hold one, up to this. */
const MOST_BYTES = 256 * 2 ** 20;
/** In contiguous datasets, gaps up to this many bytes are read over. */
const GAP_BYTES = 16 * 1024;

/**
 * One step along an axis: the library reads `length` entries from `start`, and entry `take[i]` of them becomes entry
 * `put[i]` of the result. Without `take`, all of them go to `putStart` and on.
 */
export interface Segment {
  readonly start: number;
  readonly length: number;
  readonly putStart: number;
  readonly take: Int32Array | null;
  readonly put: Float64Array | null;
}

/** How one axis is cut: a piece never crosses a multiple of `step`, and runs over gaps of up to `gap` entries. */
export interface AxisPlan {
  readonly selection: AxisSelection;
  readonly step: number;
  readonly unit: number;
  readonly gap: number;
}

/** The plan of every axis of a dataset of `shape` with values of `itemBytes`, chunked by `chunks` (null: contiguous). */
export function planRead(
  shape: readonly number[],
  chunks: readonly number[] | null,
  itemBytes: number,
  selection: readonly AxisSelection[],
): AxisPlan[] {
  const units = shape.map((extent, axis) => Math.max(1, Math.min(chunks?.[axis] ?? 1, extent)));
  const steps = [...units];
  let bytes = units.reduce((product, unit) => product * unit, itemBytes);
  for (let axis = 0; bytes > MOST_BYTES && axis < steps.length; axis++) {
    const shrunk = Math.max(1, Math.floor((steps[axis] as number) / Math.ceil(bytes / MOST_BYTES)));
    bytes = (bytes / (steps[axis] as number)) * shrunk;
    steps[axis] = shrunk;
  }
  let rowBytes = itemBytes;
  const gaps = shape.map(() => 0);
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    const unit = steps[axis] as number;
    const times = Math.min(Math.floor(TARGET_BYTES / bytes), Math.ceil(spanOf(selection[axis], unit) / unit));
    if (times > 1) {
      steps[axis] = unit * times;
      bytes *= times;
    }
    gaps[axis] = chunks === null ? Math.floor(GAP_BYTES / rowBytes) : 0;
    rowBytes *= steps[axis] as number;
  }
  return shape.map((_, axis) => ({
    selection: selection[axis] as AxisSelection,
    step: steps[axis] as number,
    unit: units[axis] as number,
    gap: gaps[axis] as number,
  }));
}

/** Entries between the first and the last that `selection` may touch, seen in whole units. */
function spanOf(selection: AxisSelection | undefined, unit: number): number {
  if (selection === undefined) return 1;
  if (selection.kind === "range") return Math.max(1, selection.count * Math.abs(selection.step)) + unit;
  return Math.max(1, selection.count * unit);
}

/** The pieces of one axis, in ascending order of `start`. */
export function* segments(plan: AxisPlan): Generator<Segment> {
  const { selection, step, unit, gap } = plan;
  if (selection.kind === "range" && selection.step === 1) {
    const end = selection.start + selection.count;
    for (let start = selection.start; start < end; ) {
      const stop = Math.min(end, (Math.floor(start / step) + 1) * step);
      yield { start, length: stop - start, putStart: start - selection.start, take: null, put: null };
      start = stop;
    }
    return;
  }
  const { count } = selection;
  const entry = ascending(selection);
  for (let first = 0; first < count; ) {
    const start = entry.position(first);
    const bound = (Math.floor(start / step) + 1) * step;
    let last = start;
    let end = first + 1;
    for (; end < count; end++) {
      const next = entry.position(end);
      const near = Math.floor(next / unit) - Math.floor(last / unit) <= 1 || next - last <= gap;
      if (next >= bound || !near) break;
      last = next;
    }
    const take = new Int32Array(end - first);
    const put = new Float64Array(end - first);
    for (let i = first; i < end; i++) {
      take[i - first] = entry.position(i) - start;
      put[i - first] = entry.index(i);
    }
    yield { start, length: last - start + 1, putStart: 0, take, put };
    first = end;
  }
}

interface Ascending {
  /** The position of the i-th lowest entry, and where it stands in the request. */
  position(i: number): number;
  index(i: number): number;
}

function ascending(selection: AxisSelection): Ascending {
  const { count } = selection;
  if (selection.kind === "range") {
    const { start, step } = selection;
    const index = step > 0 ? (i: number) => i : (i: number) => count - 1 - i;
    return { index, position: (i) => start + index(i) * step };
  }
  const { positions } = selection;
  let sorted = true;
  for (let i = 1; sorted && i < count; i++) sorted = (positions[i - 1] as number) <= (positions[i] as number);
  if (sorted) return { index: (i) => i, position: (i) => positions[i] as number };
  const order = Uint32Array.from({ length: count }, (_, i) => i).sort(
    (a, b) => (positions[a] as number) - (positions[b] as number) || a - b,
  );
  return { index: (i) => order[i] as number, position: (i) => positions[order[i] as number] as number };
}
