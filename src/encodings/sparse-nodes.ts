/** The stored parts of a sparse matrix, and which of its axes is which. */
import type { DType } from "../dtype.js";
import type { SparseKind } from "../kernels/index.js";
import type { ArrayNode } from "../storage/types.js";

/** The parts of a stored sparse matrix. */
export interface SparseNodes {
  /** Where the matrix is, for messages. */
  readonly path: string;
  readonly kind: SparseKind;
  readonly shape: readonly [number, number];
  readonly dtype: DType;
  readonly data: ArrayNode;
  readonly indices: ArrayNode;
  readonly indptr: ArrayNode;
}

/** The axis that is compressed: 0 of CSR, 1 of CSC. */
export function majorAxis({ kind }: Pick<SparseNodes, "kind">): 0 | 1 {
  return kind === "csr" ? 0 : 1;
}

/** The length of the other axis, along which `indices` count. */
export function minorExtent({ kind, shape }: Pick<SparseNodes, "kind" | "shape">): number {
  return kind === "csr" ? shape[1] : shape[0];
}

/** The shape of a matrix of the same layout with other extents. */
export function matrixShape(
  { kind }: Pick<SparseNodes, "kind">,
  majors: number,
  minors: number,
): readonly [number, number] {
  return kind === "csr" ? [majors, minors] : [minors, majors];
}

/** Stored values of the larger chunk of `data` and `indices`; 1 where they are in one piece. */
export function chunkEntries({ data, indices }: Pick<SparseNodes, "data" | "indices">): number {
  return Math.max(data.layout.chunks?.[0] ?? 1, indices.layout.chunks?.[0] ?? 1);
}
