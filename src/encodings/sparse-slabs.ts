/** A lazy sparse matrix in slabs of its compressed axis, of about the same size whatever its density. */
import type { LazyArray } from "../elements/lazy.js";
import type { SparseMatrix } from "../elements/sparse.js";
import type { SparseKind } from "../kernels/index.js";
import type { AxisRange } from "../selection/axis.js";
import type { ReadOptions } from "../storage/types.js";
import { majorAxis } from "./sparse-nodes.js";

/** Majors of the first slab, when nothing is known of their density. */
const FIRST_SLAB = 256;
const INDEX_BYTES = 4;

/** Reads `source`, which is laid out as `kind`, in slabs of about `bytes` of values and indices; the next one is read while one is used. */
export async function* sparseSlabs(
  source: LazyArray,
  kind: SparseKind,
  bytes: number,
  options: ReadOptions,
): AsyncGenerator<SparseMatrix> {
  const axis = majorAxis({ kind });
  const majors = source.shape[axis] ?? 0;
  let size = firstSize(source, majors, bytes);
  const read = async (start: number) => {
    const range: AxisRange = { kind: "range", start, step: 1, count: Math.min(size, majors - start) };
    return (await source.read(axis === 0 ? [range] : [undefined, range], options)) as SparseMatrix;
  };
  let next = majors === 0 ? undefined : read(0);
  for (let start = 0; next !== undefined; ) {
    const slab = await next;
    const count = slab.indptr.length - 1;
    const perMajor = (slab.data.byteLength + slab.indices.byteLength) / Math.max(1, count);
    size = Math.max(1, Math.min(8 * size, Math.floor(bytes / Math.max(1, perMajor))));
    start += count;
    next = start < majors ? read(start) : undefined;
    // Its failure is seen by the next round; until then nobody waits for it.
    next?.catch(() => undefined);
    yield slab;
  }
}

function firstSize(source: LazyArray, majors: number, bytes: number): number {
  const { nnz } = source.info;
  if (nnz === null || nnz === 0) return FIRST_SLAB;
  const perMajor = Math.max(1, (nnz / Math.max(1, majors)) * (INDEX_BYTES + 4));
  return Math.max(1, Math.min(majors, Math.floor(bytes / perMajor / 2)));
}
