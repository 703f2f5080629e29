/** Typed calls of the pure native kernels. */
export { INT32_MAX, lastEntry } from "./arrays.js";
export {
  canonicalize,
  canonicalizeSync,
  checkSparse,
  checkSparseSync,
  type IndexOrder,
  sortIndices,
} from "./canonical.js";
export { castExactly, type ExactCast, type TypedValues, typesThatHold } from "./cast.js";
export {
  type CoordinateForm,
  type Coordinates,
  ENTRY_VALUES,
  type EntryValue,
  groupByColumn,
  type ParsedText,
  parseCoordinates,
} from "./coordinates.js";
export { type DensifyOptions, densify, densifySync } from "./densify.js";
export {
  type Appendable,
  type AppendedPiece,
  appendPiece,
  checkIndices,
  checkStarts,
  copyRuns,
  type EntryBlock,
  type FoundRuns,
  findRuns,
  type KeptEntries,
  keepColumns,
  oneRun,
} from "./entries.js";
export { narrowIndices, toIndexType, toIndices, toIndicesSync, toIndptr, toIndptrSync } from "./integers.js";
export { convertLayout, convertLayoutSync, sparsify, sparsifySync } from "./layout.js";
export { selectSparse, selectSparseSync } from "./select.js";
export { takeDense, takeDenseSync } from "./take.js";
export type {
  AnyIntegers,
  DenseParts,
  IndexArray,
  Interval,
  KernelOptions,
  SparseKind,
  SparseParts,
} from "./types.js";
