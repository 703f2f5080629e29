/** Resolving selectors without holding the event loop: predicates over long tables are evaluated block by block. */
import { setImmediate } from "node:timers/promises";
import { lanes } from "../dtype.js";
import { Categorical } from "../elements/categorical.js";
import { DenseArray } from "../elements/dense.js";
import { ArrowColumn, type Column, Frame } from "../elements/frame.js";
import { NullableArray } from "../elements/nullable.js";
import { takeStrings } from "../elements/take-dense.js";
import type { ReadOptions } from "../storage/types.js";
import type { AxisSelection } from "./axis.js";
import { truth } from "./evaluate.js";
import { fromBytes } from "./mask.js";
import type { NameOptions } from "./names.js";
import { type AxisSelector, normalizeSelection } from "./normalize.js";
import type { Predicate, PredicateNode } from "./predicate.js";
import type { AxisTable } from "./table.js";
import { TRUE } from "./tri-state.js";

/** Rows that are evaluated at once: some milliseconds of work. */
const BLOCK_ROWS = 1 << 18;

/** As `normalizeSelection`, yielding to the event loop between blocks of rows; rejects with `signal.reason` once aborted. */
export async function resolveSelection(
  selector: AxisSelector | undefined,
  table: AxisTable,
  options: NameOptions & ReadOptions = {},
): Promise<AxisSelection> {
  options.signal?.throwIfAborted();
  const { kind, node } = (selector ?? {}) as Partial<Predicate>;
  if (kind !== "predicate" || node === undefined || table.frame === null || table.length <= BLOCK_ROWS) {
    return normalizeSelection(selector, table, options);
  }
  return evaluateBlocks(node, table, table.frame, options);
}

async function evaluateBlocks(
  node: PredicateNode,
  table: AxisTable,
  frame: Frame,
  { signal }: ReadOptions,
): Promise<AxisSelection> {
  const result = new Uint8Array(table.length);
  for (let start = 0; start < table.length; start += BLOCK_ROWS) {
    const stop = Math.min(start + BLOCK_ROWS, table.length);
    result.set(truth(node, { ...table, length: stop - start, frame: blockOf(frame, start, stop) }), start);
    await setImmediate();
    signal?.throwIfAborted();
  }
  return fromBytes(result, TRUE);
}

/** Rows `start` to `stop` of a frame, numbers without a copy. */
function blockOf(frame: Frame, start: number, stop: number): Frame {
  const columns = [...frame.columns].map(([name, column]) => [name, blockOfColumn(column, start, stop)] as const);
  return new Frame(blockOfColumn(frame.index, start, stop), new Map(columns), frame.indexName);
}

function blockOfColumn(column: Column, start: number, stop: number): Column {
  switch (column.kind) {
    case "dense":
      return blockOfDense(column, start, stop);
    case "strings":
      return takeStrings(column, [{ kind: "range", start, step: 1, count: stop - start }]);
    case "categorical":
      return new Categorical(column.codes.subarray(start, stop), column.categories, column.ordered);
    case "nullable":
      return new NullableArray(blockOfDense(column.values, start, stop), column.mask.subarray(start, stop));
    case "arrow":
      return new ArrowColumn(column.vector.slice(start, stop));
  }
}

function blockOfDense({ dtype, data }: DenseArray, start: number, stop: number): DenseArray {
  const width = lanes(dtype);
  return new DenseArray(dtype, [stop - start], data.subarray(start * width, stop * width) as never);
}
