/** Columns of a CSR matrix (rows of a CSC one): its stored values stream by, and what is not asked for is dropped block by block. */
import { availableParallelism } from "node:os";
import { type ArrayFor, allocate, type DType, lanes, type TypedArray } from "../dtype.js";
import {
  type AnyIntegers,
  findRuns,
  type IndexArray,
  keepColumns,
  lastEntry,
  type SparseParts,
  selectSparse,
  sortIndices,
} from "../kernels/index.js";
import type { AxisSelection } from "../selection/axis.js";
import { toPositions } from "../selection/positions.js";
import { sortPositions } from "../selection/runs.js";
import type { ReadOptions } from "../storage/types.js";
import { inLanes } from "./lanes.js";
import { blockRoom, type RunBlock, runBlocks } from "./sparse-blocks.js";
import { chunkEntries, majorAxis, matrixShape, minorExtent, type SparseNodes } from "./sparse-nodes.js";
import { numbersOf, readRunsInto } from "./sparse-runs.js";
import { selectedStarts, startsOf } from "./sparse-starts.js";

/** Stored values of a block: few enough to stay in a processor's cache, many beside the cost of a read. */
const BLOCK_ENTRIES = 128 * 1024;
/** Blocks that are worked on at once: some are fetched while others are picked from. */
const LANES = Math.min(16, Math.max(3, availableParallelism() + 1));

/** The asked minors of `major` (all where undefined), in request order, indices ascending. Memory: the result and a few blocks. */
export async function readSomeMinors(
  nodes: SparseNodes,
  starts: IndexArray,
  major: AxisSelection | undefined,
  minor: AxisSelection,
  options: ReadOptions,
): Promise<SparseParts> {
  const rows = major === undefined ? { sorted: undefined, inverse: null } : sortPositions(major);
  const sorted = rows.sorted && positionsOf(rows.sorted);
  const columns = columnTable(minor, minorExtent(nodes));
  const picked = await new Stream(nodes, starts, sorted, columns, options).read();
  const again = [rows.inverse, columns.again].map((inverse) => inverse && positionsOf(inverse));
  if (again.every((selection) => selection === null)) return picked;
  const [rowChoice, columnChoice] = majorAxis(nodes) === 0 ? again : again.toReversed();
  return selectSparse(picked, rowChoice ?? undefined, columnChoice ?? undefined, { ...options, path: nodes.path });
}

function positionsOf(positions: Int32Array | Float64Array): AxisSelection {
  return { kind: "positions", positions, count: positions.length };
}

/** Where each position of an axis goes. */
interface ColumnTable {
  /** By position on the axis; -1 for those that are not asked for. */
  readonly table: Int32Array;
  readonly count: number;
  /** For every asked position its place, where one is asked for twice; else null. */
  readonly again: Int32Array | null;
}

function columnTable(minor: AxisSelection, extent: number): ColumnTable {
  const table = allocate("int32", extent).fill(-1);
  const positions = toPositions(minor);
  const places = new Int32Array(minor.count);
  let count = 0;
  for (let i = 0; i < minor.count; i++) {
    const position = positions[i] as number;
    if (table[position] === -1) table[position] = count++;
    places[i] = table[position] as number;
  }
  return { table, count, again: count === minor.count ? null : places };
}

/** Memory of one lane, used for block after block. What is kept moves to the front of it. */
interface Buffers {
  readonly data: TypedArray;
  readonly indices: TypedArray;
  /** `indices` themselves where they have 32 bits. */
  readonly kept: Int32Array;
}

/** What is left of one block. */
interface Kept {
  readonly data: TypedArray;
  readonly indices: Int32Array;
}

class Stream {
  readonly #indptr: IndexArray;
  readonly #counts: Int32Array;
  readonly #buffers: Buffers[] = [];

  constructor(
    private readonly nodes: SparseNodes,
    private readonly starts: IndexArray,
    private readonly majors: AxisSelection | undefined,
    private readonly columns: ColumnTable,
    private readonly options: ReadOptions,
  ) {
    this.#indptr = selectedStarts(starts, majors);
    this.#counts = allocate("int32", this.#indptr.length - 1);
  }

  async read(): Promise<SparseParts> {
    const kept: Kept[] = [];
    const { stored } = await findRuns(this.starts, this.majors, this.options);
    await inLanes(runBlocks(stored, BLOCK_ENTRIES, chunkEntries(this.nodes)), LANES, async (block, index, lane) => {
      kept[index] = await this.#keep(block, lane);
    });
    return this.#concatenate(kept);
  }

  async #keep(block: RunBlock, lane: number): Promise<Kept> {
    const { nodes, options } = this;
    const { dtype } = nodes;
    const { count } = block;
    this.#buffers[lane] ??= this.#allocate();
    const { data, indices, kept } = this.#buffers[lane] as Buffers;
    const values = data.subarray(0, count * lanes(dtype));
    const found = indices.subarray(0, count);
    await Promise.all([
      readRunsInto(nodes.data, block.runs, values, options),
      readRunsInto(nodes.indices, block.runs, found, options),
    ]);
    const left = await keepColumns(
      {
        indptr: this.#indptr,
        offset: block.places[0] as number,
        count,
        dtype,
        indices: found as AnyIntegers,
        data: values,
      },
      this.columns.table,
      { indices: kept, data, counts: this.#counts },
      { ...options, path: nodes.path },
    );
    return { data: data.slice(0, left * lanes(dtype)), indices: kept.slice(0, left) };
  }

  #allocate(): Buffers {
    const { nodes } = this;
    const room = Math.min(blockRoom(BLOCK_ENTRIES, chunkEntries(nodes)), lastEntry(this.#indptr));
    const indices = allocate(numbersOf(nodes.indices), room);
    const kept = indices instanceof Int32Array ? indices : allocate("int32", room);
    return { data: allocate(nodes.dtype, room), indices, kept };
  }

  /** The blocks' rests as one matrix. Each is let go once it is copied. */
  async #concatenate(kept: Kept[]): Promise<SparseParts> {
    const { nodes, options } = this;
    const { dtype, kind, path } = nodes;
    const entries = kept.reduce((sum, part) => sum + part.indices.length, 0);
    const data = allocate(dtype, entries);
    const indices = allocate("int32", entries);
    let at = 0;
    for (let part = kept.shift(); part !== undefined; part = kept.shift()) {
      (data as Uint8Array).set(part.data as Uint8Array, at * lanes(dtype));
      indices.set(part.indices, at);
      at += part.indices.length;
      await new Promise((resolve) => setImmediate(resolve));
    }
    const indptr = startsOf(this.#counts);
    const shape = matrixShape(nodes, this.#counts.length, this.columns.count);
    const parts: SparseParts = { kind, dtype, shape, data: data as ArrayFor<DType>, indices, indptr };
    await sortIndices(parts, { ...options, path });
    return parts;
  }
}
