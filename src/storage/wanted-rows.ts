/** Which stretches of rows a selection touches, so that what holds none of its rows is never decoded. */
import type { AxisSelection } from "../selection/axis.js";

/** A test whether any selected row lies in `first … first + rows`; always true without a selection. */
export function wantedRows(selection: AxisSelection | undefined): (first: number, rows: number) => boolean {
  if (selection === undefined) return () => true;
  if (selection.count === 0) return () => false;
  if (selection.kind === "range") {
    const last = selection.start + (selection.count - 1) * selection.step;
    const [low, high] = selection.step > 0 ? [selection.start, last] : [last, selection.start];
    const stride = Math.abs(selection.step);
    return (first, rows) => {
      const next = first <= low ? low : low + Math.ceil((first - low) / stride) * stride;
      return next <= high && next < first + rows;
    };
  }
  const sorted = selection.positions.slice(0, selection.count).sort();
  return (first, rows) => {
    const at = lowerBound(sorted, first);
    return at < sorted.length && (sorted[at] as number) < first + rows;
  };
}

/** The position of the first entry that is not below `value`. */
function lowerBound(sorted: Int32Array | Float64Array, value: number): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((sorted[middle] as number) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
