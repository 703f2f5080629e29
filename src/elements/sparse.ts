/** Compressed sparse matrices in memory, with scipy's names and meaning. */
export {
  CscMatrix,
  CsrMatrix,
  fromParts,
  type SparseIndices,
  type SparseIndptr,
  type SparseMatrix,
} from "./matrices.js";
