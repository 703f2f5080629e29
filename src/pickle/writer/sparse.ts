/** Sparse matrices as calls of scipy's public constructors. */
import type { SparseIndices, SparseMatrix } from "../../elements/sparse.js";
import type { Emitter } from "./emitter.js";
import { emitVector } from "./numpy.js";

function emitPositions(emitter: Emitter, positions: SparseIndices): void {
  emitVector(emitter, positions instanceof Int32Array ? "int32" : "int64", positions);
}

/** `csr_matrix((data, indices, indptr), shape)`, or `csc_matrix`. */
export function emitSparse(emitter: Emitter, { kind, dtype, data, indices, indptr, shape }: SparseMatrix): void {
  emitter.call(
    "scipy.sparse",
    kind === "csr" ? "csr_matrix" : "csc_matrix",
    () =>
      emitter.tuple(
        () => emitVector(emitter, dtype, data),
        () => emitPositions(emitter, indices),
        () => emitPositions(emitter, indptr),
      ),
    () => emitter.tuple(...shape.map((extent) => () => emitter.integer(extent))),
  );
}
