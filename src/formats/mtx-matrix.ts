/**
 * The matrix of a directory of 10x Genomics' text form, turned to barcodes × features. Text has no places to jump to: it is read once, when something of it is first asked for,
 * and kept: in memory where it is small, else in a temporary file from which rows are read, so that a conversion is bounded however long the text is.
 */
import { stat } from "node:fs/promises";
import { stackCsr } from "../elements/concat.js";
import type { ElementSelection, LazyArray } from "../elements/lazy.js";
import { CsrMatrix } from "../elements/sparse.js";
import { takeValue } from "../elements/take.js";
import { Shared } from "../encodings/shared.js";
import { SparsePieces } from "../encodings/sparse-pieces.js";
import { AtsError } from "../errors.js";
import { groupByColumn } from "../kernels/index.js";
import type { AxisSelection } from "../selection/axis.js";
import { sortPositions } from "../selection/runs.js";
import type { ReadOptions } from "../storage/types.js";
import {
  type EntryBatch,
  type MatrixMarketHeader,
  type MatrixMarketOptions,
  readMatrixMarket,
  readMatrixMarketHeader,
} from "./matrix-market.js";

const PATH = "X";
/** Entries, of 8 bytes each in the end, that are kept in memory; with more of them a batch has that many. */
const IN_MEMORY = 2 ** 21;
/** Rows between two that are wanted which are rather read than passed over, and those of one such stretch. */
const LEAST_GAP = 64;
const MOST_ROWS = 4096;

/** The rows of a matrix, wherever they are kept. */
interface KeptRows {
  /** The rows `begin` to `end` (exclusive). */
  read(begin: number, end: number, options: ReadOptions): Promise<CsrMatrix>;
  close(): Promise<void>;
}

/** The lazy matrix of `shape` that the file at `path` holds the other way round; `close` gives back what is kept of it. */
export async function openMtxMatrix(
  path: string,
  shape: readonly [number, number],
  maxBytes: number,
  { signal }: ReadOptions,
): Promise<{ readonly array: LazyArray; readonly close: () => Promise<void> }> {
  // A damaged header is told by the first read, as what comes after it is.
  const header = await readMatrixMarketHeader(path, { maxBytes, signal }).catch(() => undefined);
  signal?.throwIfAborted();
  const rows = new Shared(async (options) => {
    const known = header ?? (await readMatrixMarketHeader(path, { maxBytes, ...options }));
    return keepRows(path, known, shape, { maxBytes, ...options });
  });
  const info = { path: PATH, encoding: "csr_matrix", encodingVersion: "", dtype: "float32", layout: null };
  const array: LazyArray = {
    kind: "lazy-array",
    info: { ...info, shape, nnz: header?.entries ?? null },
    shape,
    dtype: "float32",
    sparse: "csr",
    async read(selection = [], options = {}) {
      try {
        return await readSelection(await rows.get(options), shape, selection, options);
      } catch (cause) {
        throw rows.closed ? new AtsError("CLOSED", `${path} was closed.`, { path, cause }) : cause;
      }
    },
    storedBytes: async () => (await stat(path)).size,
  };
  const close = async () => {
    const open = await rows.close();
    await open?.close();
  };
  return { array, close };
}

async function keepRows(
  path: string,
  header: MatrixMarketHeader,
  shape: readonly [number, number],
  options: MatrixMarketOptions,
): Promise<KeptRows> {
  checkShape(path, header, shape);
  const [rows] = shape;
  if (header.entries <= IN_MEMORY) {
    let matrix: CsrMatrix = new CsrMatrix(
      "float32",
      shape,
      new Float32Array(0),
      new Int32Array(0),
      new Int32Array(rows + 1),
    );
    for await (const batch of readMatrixMarket(path, options)) {
      matrix = await matrixOf(batch, 0, shape, options);
    }
    const read = async (start: number, stop: number, { signal }: ReadOptions) => {
      const range: AxisSelection = { kind: "range", start, step: 1, count: stop - start };
      return (await takeValue(matrix, [range], { signal, path: PATH })) as CsrMatrix;
    };
    return { read, close: async () => undefined };
  }
  const pieces = await SparsePieces.open({ kind: "csr", shape, dtype: "float32", path: PATH });
  try {
    for await (const batch of readMatrixMarket(path, { ...options, batch: IN_MEMORY })) {
      const [first, last] = extentOf(batch);
      const piece = await matrixOf(batch, first, [last - first + 1, shape[1]], options);
      await pieces.add(piece, { major: first, minor: 0 });
    }
  } catch (error) {
    await pieces.close();
    throw error;
  }
  const read = async (begin: number, end: number, readOptions: ReadOptions) =>
    (await pieces.stretch(begin, end, readOptions)) as CsrMatrix;
  return { read, close: () => pieces.close() };
}

function checkShape(path: string, { rows, columns }: MatrixMarketHeader, shape: readonly [number, number]): void {
  if (columns === shape[0] && rows === shape[1]) return;
  const lists = `${shape[1]} features and ${shape[0]} barcodes`;
  throw new AtsError("CORRUPT", `${path} is a matrix of ${rows} × ${columns}, but there are ${lists}.`, { path });
}

/** The least and the greatest column of a batch, which has some. */
function extentOf({ column, count }: EntryBatch): [number, number] {
  let [first, last] = [column[0] as number, column[0] as number];
  for (let i = 1; i < count; i++) {
    const at = column[i] as number;
    if (at < first) first = at;
    else if (at > last) last = at;
  }
  return [first, last];
}

/** The entries of a batch as rows from `first` on, those of a row in the order of the file; a place that occurs twice keeps both. */
async function matrixOf(
  batch: EntryBatch,
  first: number,
  shape: readonly [number, number],
  options: ReadOptions,
): Promise<CsrMatrix> {
  const grouped = await groupByColumn(batch, batch.count, { first, majors: shape[0] }, { ...options, path: PATH });
  return new CsrMatrix("float32", shape, grouped.data, grouped.indices, grouped.indptr);
}

async function readSelection(
  kept: KeptRows,
  shape: readonly [number, number],
  [rows, columns]: ElementSelection,
  options: ReadOptions,
): Promise<CsrMatrix> {
  const take = async (matrix: CsrMatrix, selection: ElementSelection) =>
    (await takeValue(matrix, selection, { ...options, path: PATH })) as CsrMatrix;
  if (rows === undefined || (rows.kind === "range" && rows.step === 1)) {
    const [start, count] = rows === undefined ? [0, shape[0]] : [rows.start, rows.count];
    return take(await kept.read(start, start + count, options), [undefined, columns]);
  }
  const { sorted, inverse } = sortPositions(rows);
  const parts: CsrMatrix[] = [];
  for (const [begin, end] of stretchesOf(sorted)) {
    const first = sorted[begin] as number;
    const stretch = await kept.read(first, (sorted[end - 1] as number) + 1, options);
    const positions = sorted.slice(begin, end).map((position) => position - first);
    parts.push(await take(stretch, [{ kind: "positions", positions, count: positions.length }, columns]));
  }
  const all = parts.length === 0 ? await take(await kept.read(0, 0, options), [undefined, columns]) : stackCsr(parts);
  return inverse === null ? all : take(all, [{ kind: "positions", positions: inverse, count: inverse.length }]);
}

/** Cuts ascending positions where it pays to read on from another place; [begin, end) of each part. */
function* stretchesOf(sorted: ArrayLike<number>): Generator<[number, number]> {
  for (let begin = 0, end = 1; begin < sorted.length; begin = end++) {
    const first = sorted[begin] as number;
    const near = (at: number) =>
      (sorted[at] as number) - (sorted[at - 1] as number) <= LEAST_GAP && (sorted[at] as number) - first < MOST_ROWS;
    while (end < sorted.length && near(end)) end++;
    yield [begin, end];
  }
}
