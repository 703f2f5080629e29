/** A stored array with rows after its own: where the storage can, what is stored stays as it is and only the new rows are written. */
import { concatValues } from "../elements/concat.js";
import type { ElementSelection, LazyArray } from "../elements/lazy.js";
import { takeValue } from "../elements/take.js";
import type { ArrayValue } from "../elements/values.js";
import { AtsError } from "../errors.js";
import { type AxisSelection, positionAt, wholeAxis } from "../selection/axis.js";
import { allocatePositions } from "../selection/positions.js";
import type { ReadOptions } from "../storage/types.js";

/** What an appended array is made of. */
export interface Appended {
  readonly first: LazyArray;
  readonly second: LazyArray;
}

const PARTS = new WeakMap<object, Appended>();

/** The parts of an array that {@link appendRows} made; undefined for any other. */
export function appendedParts(element: object): Appended | undefined {
  return PARTS.get(element);
}

/**
 * The rows of `first`, then those of `second`, which is read in the layout of `first`. `INVALID_ARGUMENT` where their types or trailing
 * dimensions differ, `UNSUPPORTED` for a CSC matrix, whose columns would all have to be written anew.
 */
export function appendRows(first: LazyArray, second: LazyArray): LazyArray {
  const { path } = first.info;
  if (first.sparse === "csc") {
    throw new AtsError("UNSUPPORTED", `${path} is stored by columns, so rows cannot be appended; convert it to CSR.`, {
      path,
    });
  }
  const others = (array: LazyArray) => array.shape.slice(1).join();
  if (first.dtype !== second.dtype || others(first) !== others(second)) {
    const facts = ({ dtype, shape }: LazyArray) => `${String(dtype)} with rows of [${shape.slice(1)}]`;
    const what = `${path} is ${facts(first)}, the new rows are ${facts(second)}; make them alike.`;
    throw new AtsError("INVALID_ARGUMENT", what, { path });
  }
  const rows = first.shape[0] as number;
  const shape = [rows + (second.shape[0] as number), ...first.shape.slice(1)];
  const element: LazyArray = {
    kind: "lazy-array",
    info: { ...first.info, shape, nnz: null },
    shape,
    dtype: first.dtype,
    sparse: first.sparse,
    read: (selection = [], options = {}) => readBoth(first, second, selection, options),
    storedBytes: (options) => first.storedBytes(options),
  };
  PARTS.set(element, { first, second });
  return element;
}

/** The rows of `second` in the layout of `first`. */
export async function readAlike(
  { first, second }: Appended,
  selection: ElementSelection,
  options: ReadOptions,
): Promise<ArrayValue> {
  const value = (await second.read(selection, options)) as ArrayValue;
  const matrix = value.kind === "dense" || value.kind === "csr" || value.kind === "csc" ? value : undefined;
  if (matrix === undefined || matrix.shape.length !== 2) return value;
  return first.sparse === "csr" ? matrix.toCsr(options) : matrix.toDense(options);
}

async function readBoth(
  first: LazyArray,
  second: LazyArray,
  selection: ElementSelection,
  options: ReadOptions,
): Promise<ArrayValue> {
  const stored = first.shape[0] as number;
  const rows = selection[0] ?? wholeAxis(stored + (second.shape[0] as number));
  const [own, added, order] = split(rows, stored);
  const others = selection.slice(1);
  const [a, b] = await Promise.all([
    first.read([own, ...others], options) as Promise<ArrayValue>,
    readAlike({ first, second }, [added, ...others], options),
  ]);
  const both = own.count === 0 ? b : added.count === 0 ? a : concatValues(first.info.path, a, b);
  return order === undefined ? both : takeValue(both, [order], { ...options, path: first.info.path });
}

/** `rows` of both parts, and where each asked row is in one after the other; undefined where they are in order already. */
function split(rows: AxisSelection, stored: number): [AxisSelection, AxisSelection, AxisSelection | undefined] {
  if (rows.kind === "range" && rows.step === 1) {
    const own = Math.max(0, Math.min(rows.count, stored - rows.start));
    const first = { kind: "range", start: own === 0 ? 0 : rows.start, step: 1, count: own } as const;
    const start = Math.max(0, rows.start - stored);
    return [first, { kind: "range", start, step: 1, count: rows.count - own }, undefined];
  }
  let own = 0;
  for (let i = 0; i < rows.count; i++) if (positionAt(rows, i) < stored) own++;
  const parts = [allocatePositions(own, stored), allocatePositions(rows.count - own, Number.MAX_SAFE_INTEGER)] as const;
  const order = allocatePositions(rows.count, rows.count);
  let [a, b] = [0, 0];
  for (let i = 0; i < rows.count; i++) {
    const position = positionAt(rows, i);
    order[i] = position < stored ? a : own + b;
    if (position < stored) parts[0][a++] = position;
    else parts[1][b++] = position - stored;
  }
  const asked = (positions: AxisSelection & { kind: "positions" }) => positions;
  return [
    asked({ kind: "positions", positions: parts[0], count: own }),
    asked({ kind: "positions", positions: parts[1], count: rows.count - own }),
    asked({ kind: "positions", positions: order, count: rows.count }),
  ];
}
