/** What a selector becomes once it is normalised: below the door nobody sees a mask, a name or a predicate. */

/** Positions along an axis: Int32Array where the axis is shorter than 2^31, else Float64Array (exact up to 2^53). */
export type Positions = Int32Array | Float64Array;

/** `count` positions `start, start + step, …`; `step` is not 0, and may be negative. */
export interface AxisRange {
  readonly kind: "range";
  readonly start: number;
  readonly step: number;
  readonly count: number;
}

/** Any positions, in request order, duplicates kept; every one is in 0…length - 1. */
export interface AxisPositions {
  readonly kind: "positions";
  readonly positions: Positions;
  readonly count: number;
}

/** A normalised selection along one axis. Immutable. */
export type AxisSelection = AxisRange | AxisPositions;

/** The whole of an axis of `length`. */
export function wholeAxis(length: number): AxisRange {
  return { kind: "range", start: 0, step: 1, count: length };
}

/** Whether `selection` is all of an axis of `length` in order. */
export function isWholeAxis(selection: AxisSelection, length: number): boolean {
  return selection.kind === "range" && selection.start === 0 && selection.step === 1 && selection.count === length;
}

/** The position on the axis of the selection's entry `i`. */
export function positionAt(selection: AxisSelection, i: number): number {
  return selection.kind === "range" ? selection.start + i * selection.step : (selection.positions[i] as number);
}
