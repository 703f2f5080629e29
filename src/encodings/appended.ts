/** A stored array with rows after its own: where the storage can, what is stored stays as it is and only the new rows are written. */
import { concatValues } from "../elements/concat.js";
import type { ElementSelection, LazyArray } from "../elements/lazy.js";
import { fromParts, type SparseMatrix } from "../elements/sparse.js";
import { takeValue } from "../elements/take.js";
import type { ArrayValue } from "../elements/values.js";
import { AtsError } from "../errors.js";
import { type AxisSelection, positionAt, wholeAxis } from "../selection/axis.js";
import { allocatePositions } from "../selection/positions.js";
import type { ReadOptions } from "../storage/types.js";

/** What an appended array is made of. */
export interface Appended {
  /** The stored array. */
  readonly first: LazyArray;
  /** What comes after it along `axis`, of the extents that the whole has along the other axes. */
  readonly second: LazyArray;
  readonly axis: 0 | 1;
}

type Read = (selection: ElementSelection, options: ReadOptions) => Promise<ArrayValue>;

const PARTS = new WeakMap<object, Appended>();

/** The parts of an array that {@link appendRows} or `appendPairs` made; undefined for any other. */
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
  const shape = [(first.shape[0] as number) + (second.shape[0] as number), ...first.shape.slice(1)];
  return appended({ first, second, axis: 0 }, shape, (selection, options) => first.read(selection, options) as never);
}

/** The array of `shape` that is made of `parts`; `own` reads the first of them, with the extents of the whole along the axes that do not grow. */
export function appended(parts: Appended, shape: readonly number[], own: Read): LazyArray {
  const { first } = parts;
  const element: LazyArray = {
    kind: "lazy-array",
    info: { ...first.info, shape, nnz: null },
    shape,
    dtype: first.dtype,
    sparse: first.sparse,
    read: (selection = [], options = {}) => readBoth(parts, shape, own, selection, options),
    storedBytes: (options) => first.storedBytes(options),
  };
  PARTS.set(element, parts);
  return element;
}

/** What is selected of `second`, in the layout of `first`. */
export async function readAlike(
  { first, second }: Pick<Appended, "first" | "second">,
  selection: ElementSelection,
  options: ReadOptions,
): Promise<ArrayValue> {
  const value = (await second.read(selection, options)) as ArrayValue;
  const matrix = value.kind === "dense" || value.kind === "csr" || value.kind === "csc" ? value : undefined;
  if (matrix === undefined || matrix.shape.length !== 2) return value;
  if (first.sparse === "csc") return matrix.toCsc(options);
  return first.sparse === "csr" ? matrix.toCsr(options) : matrix.toDense(options);
}

async function readBoth(
  parts: Appended,
  shape: readonly number[],
  own: Read,
  selection: ElementSelection,
  options: ReadOptions,
): Promise<ArrayValue> {
  const { first, axis } = parts;
  const { path } = first.info;
  const asked = selection[axis] ?? wholeAxis(shape[axis] as number);
  const [before, after, order] = split(asked, first.shape[axis] as number);
  const along = (entry: AxisSelection) => shape.map((_, i) => (i === axis ? entry : selection[i]));
  const [a, b] = await Promise.all([own(along(before), options), readAlike(parts, along(after), options)]);
  const both = before.count === 0 ? b : after.count === 0 ? a : concatAlong(axis, path, a, b);
  if (order === undefined) return both;
  return takeValue(both, axis === 0 ? [order] : [undefined, order], { ...options, path });
}

/** `a` and then `b`, along rows, or along the columns of CSC matrices. */
function concatAlong(axis: 0 | 1, path: string, a: ArrayValue, b: ArrayValue): ArrayValue {
  if (axis === 0 || a.kind !== "csc" || b.kind !== "csc") return concatValues(path, a, b);
  return turned(concatValues(path, turned(a), turned(b)) as SparseMatrix);
}

/** The transposed matrix: the same memory, in the other layout. */
function turned({ kind, dtype, shape, data, indices, indptr }: SparseMatrix): SparseMatrix {
  const other = kind === "csr" ? "csc" : "csr";
  return fromParts({ kind: other, dtype, shape: [shape[1], shape[0]], data, indices, indptr });
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
