/** Selections of selections. */
import { type AxisSelection, isWholeAxis, positionAt } from "./axis.js";
import { allocatePositions, compact } from "./positions.js";
import { makeRange } from "./slice.js";

/**
 * What `inner`, which counts along the entries of `outer`, selects on the axis of `outer`. Both are normalised; every position of `inner` is
 * below `outer.count`.
 */
export function compose(outer: AxisSelection, inner: AxisSelection): AxisSelection {
  if (isWholeAxis(inner, outer.count)) return outer;
  if (outer.kind === "range") {
    if (outer.start === 0 && outer.step === 1) return inner;
    if (inner.kind === "range") {
      return makeRange(outer.start + inner.start * outer.step, outer.step * inner.step, inner.count);
    }
  } else if (inner.kind === "range" && inner.step === 1) {
    return compact(outer.positions.subarray(inner.start, inner.start + inner.count));
  }
  return gather(outer, inner);
}

/** {@link compose} where a missing selection means the whole axis. */
export function composeOptional(
  outer: AxisSelection | undefined,
  inner: AxisSelection | undefined,
): AxisSelection | undefined {
  if (outer === undefined || inner === undefined) return outer ?? inner;
  return compose(outer, inner);
}

function gather(outer: AxisSelection, inner: AxisSelection): AxisSelection {
  const out = allocatePositions(inner.count, extent(outer));
  for (let i = 0; i < out.length; i++) out[i] = positionAt(outer, positionAt(inner, i));
  return compact(out);
}

/** The least length of an axis on which `selection` lies, as far as the kind of array needs it. */
function extent(selection: AxisSelection): number {
  if (selection.kind === "positions") return selection.positions instanceof Int32Array ? 0 : Number.POSITIVE_INFINITY;
  return Math.max(selection.start, selection.start + (selection.count - 1) * selection.step) + 1;
}
