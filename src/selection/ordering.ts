/** The outcomes of a three-way comparison and what each operator makes of them. */
import type { Comparison } from "./predicate.js";
import { FALSE, TRUE, type TriState } from "./tri-state.js";

/** The truth of less, equal, greater and unordered (NaN), in that order. */
export type Outcomes = readonly [TriState, TriState, TriState, TriState];

/** What each comparison makes of the outcomes; what is unordered is only unequal, as in IEEE 754 and pandas. */
export const OUTCOMES: Readonly<Record<Comparison, Outcomes>> = {
  eq: [FALSE, TRUE, FALSE, FALSE],
  ne: [TRUE, FALSE, TRUE, TRUE],
  lt: [TRUE, FALSE, FALSE, FALSE],
  le: [TRUE, TRUE, FALSE, FALSE],
  gt: [FALSE, FALSE, TRUE, FALSE],
  ge: [FALSE, TRUE, TRUE, FALSE],
};

/** The truth of a comparison with a missing value. */
export function ofMissing(comparison: Comparison): TriState {
  return OUTCOMES[comparison][3];
}
