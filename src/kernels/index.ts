/** Typed calls of the pure native kernels. */
export { canonicalize, canonicalizeSync, checkSparse, checkSparseSync, type IndexOrder } from "./canonical.js";
export { type DensifyOptions, densify, densifySync } from "./densify.js";
export { narrowIndices, toIndices, toIndicesSync, toIndptr, toIndptrSync } from "./integers.js";
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
