/** What differs between two values in memory, by meaning: how they are stored does not count. */

import type { AwkwardArray } from "../../elements/awkward.js";
import { nestedValues } from "../../elements/awkward-nested.js";
import { type Cell, cellReader } from "../../elements/column.js";
import { DenseArray } from "../../elements/dense.js";
import { ArrowColumn, type Column } from "../../elements/frame.js";
import type { Scalar } from "../../elements/scalar.js";
import { type ArrayValue, type Dict, isArrayValue, type Value } from "../../elements/values.js";
import { compareNumbers, isClose, type Tolerance } from "./numbers.js";

/** One difference: the element's path, and what differs there in words. */
export interface Difference {
  readonly path: string;
  readonly what: string;
}

/** Every difference between `a` and `b` at `path` and below; one per element. `place` names a flat position, for messages. */
export function compareValues(
  path: string,
  a: Value,
  b: Value,
  tolerance: Tolerance,
  place: Place = flat,
): Difference[] {
  const [x, y] = [normalize(a), normalize(b)];
  const kindOfA: Kind = kindOf(x);
  const kindOfB: Kind = kindOf(y);
  if (kindOfA === "list" || kindOfB === "list") return compareLists(path, x, y, tolerance, place);
  if (kindOfA !== kindOfB) return [{ path, what: `is ${article(kindOfA)} in one, ${article(kindOfB)} in the other` }];
  const compare = COMPARE[kindOfA] as (
    path: string,
    a: unknown,
    b: unknown,
    t: Tolerance,
    place: Place,
  ) => Difference[];
  return compare(path, x, y, tolerance, place);
}

/** Names the position of a value, such as `[3, 5]`. */
export type Place = (position: number) => string;

const flat: Place = (position) => `[${position}]`;

type Kind =
  | "null"
  | "boolean"
  | "number"
  | "string"
  | "bytes"
  | "complex"
  | "dict"
  | "map"
  | "list"
  | Column["kind"]
  | ArrayValue["kind"];

/** Plain and typed single values are one; so are tuples, sets and lists. */
function normalize(value: Value): unknown {
  if (value instanceof Set) return [...value];
  if (typeof value === "object" && value !== null && (value as Scalar).kind === "scalar")
    return (value as Scalar).value;
  return value;
}

function kindOf(value: unknown): Kind {
  if (value === null) return "null";
  if (typeof value === "bigint") return "number";
  if (typeof value !== "object") return typeof value as Kind;
  if (value instanceof Uint8Array) return "bytes";
  if (Array.isArray(value)) return "list";
  if (value instanceof Map) return "map";
  if (isArrayValue(value)) return (value as ArrayValue).kind;
  if (value instanceof ArrowColumn) return "arrow";
  return "re" in value && "im" in value ? "complex" : "dict";
}

function article(kind: Kind): string {
  return /^[aeiou]/.test(kind) ? `an ${kind}` : `a ${kind}`;
}

type Compare = (path: string, a: never, b: never, tolerance: Tolerance, place: Place) => Difference[];

const COMPARE: Readonly<Record<Exclude<Kind, "list">, Compare>> = {
  null: () => [],
  boolean: compareSingle,
  string: compareSingle,
  number: (path, a: number, b: number, t) => (isClose(a, b, t) ? [] : [{ path, what: `${a} != ${b}` }]),
  bytes: (path, a: Uint8Array, b: Uint8Array) =>
    Buffer.compare(a, b) === 0 ? [] : [{ path, what: "has other bytes" }],
  complex: (path, a: { re: number; im: number }, b: { re: number; im: number }, t) =>
    isClose(a.re, b.re, t) && isClose(a.im, b.im, t) ? [] : [{ path, what: `${a.re}+${a.im}j != ${b.re}+${b.im}j` }],
  dict: compareDicts,
  map: (path, a: Map<Value, Value>, b: Map<Value, Value>, t) => compareMaps(path, a, b, t),
  dense: compareDense,
  strings: compareColumns,
  nullable: compareColumns,
  arrow: compareColumns,
  categorical: compareCategoricals,
  records: (path, a: { fields: Map<string, Value> }, b: { fields: Map<string, Value> }, t) =>
    compareMaps(path, a.fields, b.fields, t),
  awkward: compareAwkward,
  csr: compareSparse,
  csc: compareSparse,
  frame: compareFrames,
} as Readonly<Record<Exclude<Kind, "list">, Compare>>;

function compareSingle(path: string, a: unknown, b: unknown): Difference[] {
  return a === b ? [] : [{ path, what: `${JSON.stringify(a)} != ${JSON.stringify(b)}` }];
}

function compareDicts(path: string, a: Dict, b: Dict, tolerance: Tolerance): Difference[] {
  return compareMaps(path, new Map(Object.entries(a)), new Map(Object.entries(b)), tolerance);
}

function compareMaps(
  path: string,
  a: ReadonlyMap<Value, Value>,
  b: ReadonlyMap<Value, Value>,
  tolerance: Tolerance,
): Difference[] {
  const differences: Difference[] = [];
  for (const key of new Set([...a.keys(), ...b.keys()])) {
    const at = `${path}/${String(key)}`;
    if (!a.has(key)) differences.push({ path: at, what: "is missing in the first" });
    else if (!b.has(key)) differences.push({ path: at, what: "is missing in the second" });
    else differences.push(...compareValues(at, a.get(key) as Value, b.get(key) as Value, tolerance));
  }
  return differences;
}

/** Awkward arrays that were read are packed, so that their entries can be compared whatever their buffers are. */
function compareAwkward(path: string, a: AwkwardArray, b: AwkwardArray, tolerance: Tolerance): Difference[] {
  const differences = differentShape(path, a, b);
  if (differences.length > 0) return differences;
  if (a.type !== b.type) return [{ path, what: `has the type ${a.type} in one, ${b.type} in the other` }];
  const [x, y] = [a, b].map(({ form, length, buffers }) => nestedValues(form, length, buffers) as Value[]);
  const differ = (x as Value[]).flatMap((entry, i) =>
    compareValues(path, entry, (y as Value[])[i] as Value, tolerance).length > 0 ? [i] : [],
  );
  return differ.length === 0 ? [] : [{ path, what: `${differ.length} entries differ, the first at [${differ[0]}]` }];
}

function compareDense(path: string, a: DenseArray, b: DenseArray, tolerance: Tolerance, place: Place): Difference[] {
  const differences = differentShape(path, a, b);
  if (differences.length > 0) return differences;
  if (a.dtype !== b.dtype) differences.push({ path, what: `has the type ${a.dtype} in one, ${b.dtype} in the other` });
  const mismatch = compareNumbers(a, b, tolerance);
  if (mismatch === null) return differences;
  const { count, first, values } = mismatch;
  return [
    ...differences,
    { path, what: `${count} values differ, the first at ${place(first)}: ${values[0]} != ${values[1]}` },
  ];
}

function differentShape(path: string, a: { shape: readonly number[] }, b: { shape: readonly number[] }): Difference[] {
  const same = a.shape.length === b.shape.length && a.shape.every((extent, i) => extent === b.shape[i]);
  return same ? [] : [{ path, what: `has the shape [${a.shape}] in one, [${b.shape}] in the other` }];
}

function compareColumns(path: string, a: Column, b: Column, tolerance: Tolerance, place: Place): Difference[] {
  const differences = differentShape(path, a, b);
  if (differences.length > 0) return differences;
  if (a.kind === "nullable" && b.kind === "nullable" && a.values.dtype !== b.values.dtype) {
    differences.push({ path, what: `has the type ${a.values.dtype} in one, ${b.values.dtype} in the other` });
  }
  const size = a.shape.reduce((product, extent) => product * extent, 1);
  return [...differences, ...compareCells(path, size, cellReader(a), cellReader(b), tolerance, place)];
}

function compareCells(
  path: string,
  size: number,
  a: (i: number) => Cell,
  b: (i: number) => Cell,
  tolerance: Tolerance,
  place: Place,
): Difference[] {
  let count = 0;
  let what = "";
  for (let i = 0; i < size; i++) {
    const [x, y] = [a(i), b(i)];
    if (x === y || (isNumber(x) && isNumber(y) && isClose(x, y, tolerance))) continue;
    if (count++ === 0) what = `the first at ${place(i)}: ${show(x)} != ${show(y)}`;
  }
  return count === 0 ? [] : [{ path, what: `${count} values differ, ${what}` }];
}

function isNumber(value: unknown): value is number | bigint {
  return typeof value === "number" || typeof value === "bigint";
}

function show(value: Cell): string {
  return typeof value === "string" ? JSON.stringify(value) : String(value);
}

type CategoricalColumn = Extract<Column, { kind: "categorical" }>;

function compareCategoricals(
  path: string,
  a: CategoricalColumn,
  b: CategoricalColumn,
  tolerance: Tolerance,
  place: Place,
): Difference[] {
  const differences = differentShape(path, a, b);
  if (differences.length > 0) return differences;
  if (a.ordered !== b.ordered) differences.push({ path, what: "is ordered in one, not in the other" });
  const categories = compareValues(path, a.categories, b.categories, tolerance);
  differences.push(...categories.map(({ what }) => ({ path, what: `categories: ${what}` })));
  return [...differences, ...compareCells(path, a.length, cellReader(a), cellReader(b), tolerance, place)];
}

type FrameValue = Extract<ArrayValue, { kind: "frame" }>;

function compareFrames(path: string, a: FrameValue, b: FrameValue, tolerance: Tolerance): Difference[] {
  const differences: Difference[] = [];
  if (a.indexName !== b.indexName)
    differences.push({ path, what: `names its index ${a.indexName} and ${b.indexName}` });
  differences.push(...compareNames(path, [...a.columns.keys()], [...b.columns.keys()]));
  differences.push(...compareValues(path, a.index as Value, b.index as Value, tolerance).map(asIndex));
  for (const [name, column] of a.columns) {
    const other = b.columns.get(name);
    if (other !== undefined) {
      differences.push(...compareValues(`${path}/${name}`, column as Value, other as Value, tolerance));
    }
  }
  return differences;
}

function asIndex({ path, what }: Difference): Difference {
  return { path, what: `index: ${what}` };
}

/** The columns that only one frame has, or that come in another order. */
export function compareNames(path: string, a: readonly string[], b: readonly string[]): Difference[] {
  const differences: Difference[] = [];
  for (const name of a)
    if (!b.includes(name)) differences.push({ path: `${path}/${name}`, what: "is missing in the second" });
  for (const name of b)
    if (!a.includes(name)) differences.push({ path: `${path}/${name}`, what: "is missing in the first" });
  if (differences.length === 0 && a.some((name, i) => name !== b[i])) {
    differences.push({ path, what: "has its columns in another order" });
  }
  return differences;
}

type SparseValue = Extract<ArrayValue, { kind: "csr" | "csc" }>;

/** Small ones, such as those of `uns`: large ones are compared block by block before they come here. */
function compareSparse(path: string, a: SparseValue, b: SparseValue, tolerance: Tolerance, place: Place): Difference[] {
  const differences = differentShape(path, a, b);
  if (differences.length > 0) return differences;
  for (let i = 0; i < a.shape[0]; i++) {
    const width = a.shape[1];
    const row = (matrix: SparseValue) => new DenseArray(matrix.dtype, [width], matrix.row(i));
    differences.push(...compareDense(path, row(a), row(b), tolerance, (at) => place(i * width + at)));
    if (differences.length > 0) break;
  }
  return differences;
}

/** A list is equal to an array of the same values: formats that have no lists store an array. */
function compareLists(path: string, a: unknown, b: unknown, tolerance: Tolerance, place: Place): Difference[] {
  const [x, y] = [itemsOf(a), itemsOf(b)];
  if (x === null || y === null) {
    return [{ path, what: `is ${article(kindOf(a))} in one, ${article(kindOf(b))} in the other` }];
  }
  if (x.length !== y.length) return [{ path, what: `has ${x.length} values in one, ${y.length} in the other` }];
  return x.flatMap((item, i) => compareValues(`${path}${place(i)}`, item, y[i] as Value, tolerance)).slice(0, 1);
}

function itemsOf(value: unknown): readonly Value[] | null {
  if (Array.isArray(value)) return value as Value[];
  if (!isArrayValue(value) || value.kind === "frame" || value.kind === "csr" || value.kind === "csc") return null;
  if (value.kind === "records" || value.shape.length !== 1) return null;
  const cell = cellReader(value as Column);
  return Array.from({ length: value.length }, (_, i) => cell(i));
}
