/** Plans of reading parts of an AnnData. */
import { isDType, itemSize } from "../dtype.js";
import { UNNAMED_INDEX } from "../elements/frame.js";
import type { LazyArray, LazyElement, LazyFrame } from "../elements/lazy.js";
import type { Value } from "../elements/values.js";
import { countOf } from "../plan/chunks.js";
import type { Plan, PlannedRead } from "../plan/plan.js";
import type { StoredRead } from "../plan/types.js";
import type { AxisSelection } from "../selection/axis.js";
import type { ReadOptions } from "../storage/types.js";

/** What to read of one element. */
export interface ReadRequest {
  readonly path: string;
  readonly element: LazyElement;
  readonly selection?: readonly (AxisSelection | undefined)[] | undefined;
  /** The columns of a table; all where not given. */
  readonly columns?: readonly string[] | undefined;
}

/** The plan of reading the requested elements, in their order. */
export function planReads(requests: readonly ReadRequest[]): Plan<Value> {
  return { reads: requests.map(planRead) };
}

function planRead(request: ReadRequest): PlannedRead<Value> {
  const { path, element, selection = [], columns } = request;
  if (element.kind === "lazy-frame") return planFrame(path, element, selection[0], columns);
  const read = (options?: ReadOptions) => element.read(selection, options);
  if (element.kind === "lazy-array") {
    const touches = (options?: ReadOptions) => arrayTouches(path, element, selection, options);
    return { path, shape: element.shape, selection, touches, read };
  }
  return { path, shape: [], selection: [], touches: async () => [], read };
}

/** Bytes that stand for a string where nothing is known of its length. */
const STRING_BYTES = 32;

function valueBytes(dtype: unknown): number {
  if (typeof dtype === "string") return isDType(dtype) ? itemSize(dtype) : STRING_BYTES;
  const { fields } = dtype as { fields: readonly { dtype: unknown }[] };
  return fields.reduce((sum, field) => sum + valueBytes(field.dtype), 0);
}

async function arrayTouches(
  path: string,
  element: LazyArray,
  selection: readonly (AxisSelection | undefined)[],
  options?: ReadOptions,
): Promise<readonly StoredRead[]> {
  const stored = await element.reads?.(selection, options);
  if (stored !== undefined) return stored;
  const { info } = element;
  if (element.sparse !== null) return [sparseEstimate(path, element, selection)];
  const size = valueBytes(element.dtype);
  return [{ path, shape: element.shape, itemSize: size, layout: info.layout, touched: selection }];
}

/** A sparse matrix that does not tell where its rows lie: its stored values, spread evenly. */
function sparseEstimate(
  path: string,
  element: LazyArray,
  selection: readonly (AxisSelection | undefined)[],
): StoredRead {
  const [major, extent] =
    element.sparse === "csr" ? [selection[0], element.shape[0]] : [selection[1], element.shape[1]];
  const share = countOf(major, extent ?? 0) / Math.max(1, extent ?? 0);
  const stored = Math.ceil((element.info.nnz ?? 0) * share);
  return { path, shape: [stored], itemSize: valueBytes(element.dtype) + 4, layout: null, touched: [undefined] };
}

function planFrame(
  path: string,
  frame: LazyFrame,
  rows: AxisSelection | undefined,
  columns: readonly string[] | undefined,
): PlannedRead<Value> {
  return {
    path,
    shape: [frame.length],
    selection: [rows],
    touches: (options) => frameTouches(path, frame, rows, columns ?? frame.columnNames, options),
    read: (options) => frame.readFrame(columns, rows, options),
  };
}

async function frameTouches(
  path: string,
  frame: LazyFrame,
  rows: AxisSelection | undefined,
  columns: readonly string[],
  options?: ReadOptions,
): Promise<readonly StoredRead[]> {
  if (frame.column === undefined) return [await tableTouch(path, frame, rows, columns, options)];
  const index: StoredRead = {
    path: `${path}/${frame.indexName ?? UNNAMED_INDEX}`,
    shape: [frame.length],
    itemSize: STRING_BYTES,
    layout: null,
    touched: [rows],
  };
  const touches = columns.map(async (name) => {
    const column = await (frame.column as (name: string) => Promise<LazyArray>)(name);
    return arrayTouches(`${path}/${name}`, column, [rows], options);
  });
  return [index, ...(await Promise.all(touches)).flat()];
}

/** A table in one file: the share of its bytes that the columns have, as if all were alike. */
async function tableTouch(
  path: string,
  frame: LazyFrame,
  rows: AxisSelection | undefined,
  columns: readonly string[],
  options?: ReadOptions,
): Promise<StoredRead> {
  const stored = (await frame.storedBytes(options)) ?? 0;
  const share = (columns.length + 1) / (frame.columnNames.length + 1);
  const size = frame.length === 0 ? 0 : (stored * share) / frame.length;
  return { path, shape: [frame.length], itemSize: size, layout: null, touched: [rows] };
}
