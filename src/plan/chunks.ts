/** Which chunks a selection touches: counted from layouts, without reading. */
import type { AxisSelection } from "../selection/axis.js";
import { positionAt } from "../selection/axis.js";
import type { Runs } from "../selection/runs.js";
import type { StoredRead, Touched } from "./types.js";

/** Chunks that are touched, and the bytes that they hold once decoded. */
export interface ChunkCount {
  readonly chunks: number;
  readonly bytes: number;
}

/** The chunks of one stored array that a read touches: the product over the dimensions, because selections are orthogonal. */
export function countChunks(read: StoredRead): ChunkCount {
  const { shape, itemSize, touched } = read;
  const chunkShape = read.layout?.chunks;
  if (!chunkShape) return countContiguous(read);
  let chunks = 1;
  let bytes = itemSize;
  for (let d = 0; d < shape.length; d++) {
    const along = countAlong(touched[d], shape[d] as number, chunkShape[d] as number);
    chunks *= along.chunks;
    bytes *= along.values;
  }
  return { chunks, bytes: chunks === 0 ? 0 : bytes };
}

/** Without chunks an array is one block on disk, of which a row selection reads only its rows. */
function countContiguous({ shape, itemSize, touched, layout }: StoredRead): ChunkCount {
  const rows = layout === null ? shape[0] : countOf(touched[0], shape[0] ?? 1);
  const bytes = shape.slice(1).reduce((product, extent) => product * extent, (rows ?? 1) * itemSize);
  return { chunks: bytes === 0 ? 0 : 1, bytes };
}

/** Bytes of the values that are selected. */
export function selectedBytes({ shape, itemSize, touched }: StoredRead): number {
  return shape.reduce((product, extent, d) => product * countOf(touched[d], extent), itemSize);
}

/** How many entries are selected along a dimension. */
export function countOf(touched: Touched, extent: number): number {
  if (touched === undefined) return extent;
  if ("kind" in touched) return touched.count;
  return (touched.counts as Float64Array).reduce((sum, count) => sum + count, 0);
}

interface AlongDimension {
  readonly chunks: number;
  /** Values along the dimension in those chunks; the last chunk may be cut by the end of the array. */
  readonly values: number;
}

function countAlong(touched: Touched, extent: number, chunk: number): AlongDimension {
  const grid = Math.ceil(extent / chunk);
  if (touched === undefined) return { chunks: grid, values: extent };
  const seen = new Uint8Array(grid);
  mark(touched, chunk, seen);
  const chunks = seen.reduce((sum, bit) => sum + bit, 0);
  const cut = seen[grid - 1] === 1 ? grid * chunk - extent : 0;
  return { chunks, values: chunks * chunk - cut };
}

function mark(touched: AxisSelection | Runs, chunk: number, seen: Uint8Array): void {
  if (!("kind" in touched)) {
    for (let r = 0; r < touched.starts.length; r++)
      markInterval(touched.starts[r] as number, touched.counts[r] as number);
  } else if (touched.kind === "range" && Math.abs(touched.step) <= chunk && touched.count > 0) {
    const last = positionAt(touched, touched.count - 1);
    const first = Math.min(touched.start, last);
    markInterval(first, Math.max(touched.start, last) - first + 1);
  } else {
    for (let i = 0; i < touched.count; i++) seen[Math.floor(positionAt(touched, i) / chunk)] = 1;
  }
  function markInterval(start: number, count: number): void {
    if (count > 0) seen.fill(1, Math.floor(start / chunk), Math.floor((start + count - 1) / chunk) + 1);
  }
}
