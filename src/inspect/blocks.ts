/** Cuts what is too large for memory into blocks along one axis. */
import { itemSize } from "../dtype.js";
import { type LazyArray, type LazyFrame, numericDType } from "../elements/lazy.js";
import type { AxisRange } from "../selection/axis.js";

/** Bytes of dense values of one block. */
const BLOCK_BYTES = 32 * 2 ** 20;
/** Bytes that a value of no fixed size, such as a string, is taken to have. */
const TEXT_BYTES = 64;

/**
 * Whole stretches of `axis` of about 32 MiB each; one empty stretch where it has no length, so that something is read. Of a data frame,
 * `columns` are read at once.
 */
export function* blocksOf(element: LazyArray | LazyFrame, axis: 0 | 1, columns = 1): Generator<AxisRange> {
  const extent = element.shape[axis] as number;
  const size = Math.max(1, Math.floor(BLOCK_BYTES / stretchBytes(element, axis, columns)));
  let start = 0;
  do {
    yield { kind: "range", start, step: 1, count: Math.min(size, extent - start) };
    start += size;
  } while (start < extent);
}

function stretchBytes(element: LazyArray | LazyFrame, axis: 0 | 1, columns: number): number {
  if (element.kind === "lazy-frame") return TEXT_BYTES * columns;
  const dtype = numericDType(element);
  const others = element.shape.reduce((product, extent, i) => (i === axis ? product : product * extent), 1);
  return Math.max(1, others * (dtype === undefined ? TEXT_BYTES : itemSize(dtype)));
}
