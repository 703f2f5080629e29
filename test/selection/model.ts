/** Selection spelled out the slow and plain way, to check ours against. Specs are JSON, so that Python can answer them too. */
import { type AxisSelector, names, type Predicate, where } from "../../src/selection/index.js";

/** A condition on one row. Numbers compare as numpy compares them; null is a missing value. */
export type ConditionSpec =
  | { op: "eq" | "ne" | "lt" | "le" | "gt" | "ge"; column: string; value: string | number }
  | { op: "in"; column: string; values: (string | number)[] }
  | { op: "isNull"; column: string }
  | { op: "and" | "or"; terms: [ConditionSpec, ConditionSpec] }
  | { op: "not"; term: ConditionSpec };

/** A selector of one axis, as JSON. */
export type SelectorSpec =
  | { kind: "slice"; start: number | null; stop: number | null; step: number | null }
  | { kind: "mask"; mask: boolean[]; as: "booleans" | "bytes" }
  | { kind: "positions"; positions: number[]; as: "numbers" | "int32" | "int64" }
  | { kind: "names"; names: string[] }
  | { kind: "condition"; condition: ConditionSpec };

/** A column of the model: NaN in a numeric one, null in a categorical one are missing. */
export type ModelColumn =
  | { kind: "numeric"; values: number[] }
  | { kind: "categorical"; values: (string | null)[]; categories: string[] };

/** A table of the model. */
export interface ModelTable {
  names: string[];
  columns: Record<string, ModelColumn>;
}

/** Our selector for a spec. Names ask for every occurrence, because a view may hold a row twice. */
export function toSelector(spec: SelectorSpec): AxisSelector {
  switch (spec.kind) {
    case "slice":
      return { start: spec.start, stop: spec.stop, step: spec.step };
    case "mask":
      return spec.as === "bytes" ? Uint8Array.from(spec.mask, Number) : spec.mask;
    case "positions":
      if (spec.as === "int32") return Int32Array.from(spec.positions);
      return spec.as === "int64" ? BigInt64Array.from(spec.positions, BigInt) : spec.positions;
    case "names":
      return names(spec.names, { duplicates: "all" });
    case "condition":
      return toPredicate(spec.condition);
  }
}

function toPredicate(spec: ConditionSpec): Predicate {
  switch (spec.op) {
    case "and":
    case "or":
      return toPredicate(spec.terms[0])[spec.op](toPredicate(spec.terms[1]));
    case "not":
      return toPredicate(spec.term).not();
    case "in":
      return where(spec.column).in(spec.values);
    case "isNull":
      return where(spec.column).isNull();
    default:
      return where(spec.column)[spec.op](spec.value);
  }
}

/** The positions that a spec selects from a table. */
export function modelPositions(spec: SelectorSpec, table: ModelTable): number[] {
  const all = table.names.map((_, i) => i);
  switch (spec.kind) {
    case "slice":
      return modelSlice(spec, all);
    case "mask":
      return all.filter((i) => spec.mask[i]);
    case "positions":
      return spec.positions.map((position) => (position < 0 ? position + all.length : position));
    case "names":
      return spec.names.flatMap((name) => all.filter((i) => table.names[i] === name));
    case "condition":
      return all.filter((i) => holds(spec.condition, table, i));
  }
}

/** Walks a slice one position at a time, after clamping its bounds as Python's documentation of slice.indices says. */
function modelSlice(spec: Extract<SelectorSpec, { kind: "slice" }>, all: number[]): number[] {
  const n = all.length;
  const step = spec.step ?? 1;
  const clamp = (value: number): number => {
    const at = value < 0 ? value + n : value;
    if (at < 0) return step > 0 ? 0 : -1;
    return at >= n ? (step > 0 ? n : n - 1) : at;
  };
  const start = spec.start === null ? (step > 0 ? 0 : n - 1) : clamp(spec.start);
  const stop = spec.stop === null ? (step > 0 ? n : -1) : clamp(spec.stop);
  const positions: number[] = [];
  for (let i = start; step > 0 ? i < stop : i > stop; i += step) positions.push(i);
  return positions;
}

function holds(spec: ConditionSpec, table: ModelTable, row: number): boolean {
  if ("terms" in spec) {
    const met = spec.terms.filter((term) => holds(term, table, row)).length;
    return spec.op === "and" ? met === 2 : met > 0;
  }
  if (spec.op === "not") return !holds(spec.term, table, row);
  const value = table.columns[spec.column]!.values[row] as string | number | null;
  const missing = value === null || Number.isNaN(value);
  if (spec.op === "isNull") return missing;
  if (spec.op === "in") return !missing && spec.values.includes(value);
  if (missing) return spec.op === "ne";
  const order = value < spec.value ? -1 : value > spec.value ? 1 : 0;
  return { eq: order === 0, ne: order !== 0, lt: order < 0, le: order <= 0, gt: order > 0, ge: order >= 0 }[spec.op];
}

/** The table of the selected rows. */
export function takeRows(table: ModelTable, positions: number[]): ModelTable {
  const columns: Record<string, ModelColumn> = {};
  for (const [name, column] of Object.entries(table.columns)) {
    columns[name] = { ...column, values: positions.map((i) => column.values[i]) } as ModelColumn;
  }
  return { names: positions.map((i) => table.names[i]!), columns };
}

/** The positions on the axis of `base` that selectors select, each within what the ones before it left. */
export function modelComposition(specs: readonly SelectorSpec[], base: ModelTable): number[] {
  let rows = base.names.map((_, i) => i);
  let view = base;
  for (const spec of specs) {
    const inner = modelPositions(spec, view);
    rows = inner.map((i) => rows[i]!);
    view = takeRows(view, inner);
  }
  return rows;
}
