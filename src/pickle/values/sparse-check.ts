/** Checks on sparse matrices that come from outside. */
import type { SparseIndices } from "../../elements/sparse.js";
import { corrupt } from "../failures.js";

/**
 * The number of stored values. `CORRUPT` unless `indptr` has `major + 1` entries that start at 0, never fall and end
 * within `indices` and `values`, and every index is in 0…`minor` - 1.
 */
export function checkCompressed(
  major: number,
  minor: number,
  indptr: SparseIndices,
  indices: SparseIndices,
  values: number,
): number {
  if (indptr.length !== major + 1) throw corrupt(`a sparse matrix of ${major} rows has ${indptr.length} row starts`);
  if (Number(indptr[0]) !== 0) throw corrupt("the row starts of a sparse matrix do not begin at 0");
  for (let i = 1; i < indptr.length; i++) {
    if ((indptr[i] as number) < (indptr[i - 1] as number)) throw corrupt("the row starts of a sparse matrix fall");
  }
  const nnz = Number(indptr[major]);
  if (nnz > indices.length || nnz > values) throw corrupt("a sparse matrix has fewer values than its row starts say");
  checkPositions(indices, nnz, minor);
  return nnz;
}

/** `CORRUPT` unless the first `count` positions are in 0…`extent` - 1. */
export function checkPositions(positions: SparseIndices, count: number, extent: number): void {
  for (let i = 0; i < count; i++) {
    const position = positions[i] as number;
    if (position < 0 || position >= extent)
      throw corrupt(`position ${position} of a sparse matrix is outside its shape`);
  }
}
