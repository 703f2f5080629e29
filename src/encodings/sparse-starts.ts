/** The `indptr` of a stored sparse matrix: read once, checked, kept. */
import type { DType } from "../dtype.js";
import { DenseArray } from "../elements/dense.js";
import { type AnyIntegers, type IndexArray, type SparseKind, toIndptr } from "../kernels/index.js";
import type { ArrayNode, ReadOptions } from "../storage/types.js";
import { corrupt } from "./member.js";

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

/**
 * A function that gives the checked `indptr` and reads it the first time. `CORRUPT` where it does not start at 0, descends, or does not
 * end at the number of stored values.
 */
export function loadStarts(nodes: SparseNodes): (options: ReadOptions) => Promise<IndexArray> {
  let kept: Promise<IndexArray> | undefined;
  return (options) => {
    kept ??= read(nodes, options);
    kept.catch(() => {
      kept = undefined;
    });
    return kept;
  };
}

async function read({ indptr, indices, path }: SparseNodes, options: ReadOptions): Promise<IndexArray> {
  const starts = await toIndptr(await readIntegers(indptr, undefined, options), { ...options, path: indptr.path });
  let before = 0;
  for (let i = 0; i < starts.length; i++) {
    const start = Number(starts[i]);
    if (start < before) throw corrupt(path, `has an indptr that descends to ${start} at entry ${i}`);
    before = start;
  }
  if (Number(starts[0]) !== 0) throw corrupt(path, `has an indptr that starts at ${starts[0]}, not 0`);
  if (before !== indices.shape[0]) {
    throw corrupt(path, `has an indptr that ends at ${before} for ${indices.shape[0]} stored values`);
  }
  return starts;
}

/** The selected integers of a one-dimensional array, as they are stored; `CORRUPT` where it holds something else. */
export async function readIntegers(
  node: ArrayNode,
  selection: Parameters<ArrayNode["read"]>[0],
  options: ReadOptions,
): Promise<AnyIntegers> {
  const value = await node.read(selection, options);
  if (value instanceof DenseArray && /^u?int(8|16|32|64)$/.test(value.dtype)) return value.data as AnyIntegers;
  throw corrupt(node.path, "should hold integers");
}
