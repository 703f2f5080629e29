/** Selections: what a caller may pass for an axis, and what becomes of it. */
export {
  type AxisPositions,
  type AxisRange,
  type AxisSelection,
  isWholeAxis,
  type Positions,
  positionAt,
  wholeAxis,
} from "./axis.js";
export { compose, composeOptional } from "./compose.js";
export { parseExpression } from "./expression.js";
export type { MaskInput } from "./mask.js";
export { type NameOptions, Names, names } from "./names.js";
export { type AxisSelector, neededColumns, normalizeSelection } from "./normalize.js";
export { compact, type PositionInput, toPositions } from "./positions.js";
export { ColumnCondition, type Comparison, type Literal, Predicate, type TextTest, where } from "./predicate.js";
export { type Runs, runs, type SortedPositions, sortPositions } from "./runs.js";
export type { Slice } from "./slice.js";
export type { AxisTable, NeededColumns } from "./table.js";
