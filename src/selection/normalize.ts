/** The door: every selector of an axis becomes an {@link AxisSelection} here, and below it nobody sees anything else. */
import { AtsError } from "../errors.js";
import { type AxisSelection, wholeAxis } from "./axis.js";
import { evaluate } from "./evaluate.js";
import { isArrowBool, type MaskInput, normalizeMask } from "./mask.js";
import { type NameOptions, Names, normalizeNames } from "./names.js";
import { normalizePositions, type PositionInput } from "./positions.js";
import { columnsOf, type Predicate } from "./predicate.js";
import { isSlice, normalizeSlice, type Slice } from "./slice.js";
import type { AxisTable, NeededColumns } from "./table.js";

/** Anything that selects along an axis. A `Uint8Array` is always a mask; any other integer typed array holds positions. */
export type AxisSelector = Slice | MaskInput | PositionInput | readonly string[] | Names | Predicate;

/** A selector whose kind is known. */
type Classified =
  | { readonly kind: "slice"; readonly slice: Slice }
  | { readonly kind: "mask"; readonly mask: MaskInput }
  | { readonly kind: "positions"; readonly positions: PositionInput }
  | { readonly kind: "names"; readonly names: Names }
  | { readonly kind: "predicate"; readonly predicate: Predicate };

const POSITION_ARRAYS = new Set([
  "Int8Array",
  "Int16Array",
  "Int32Array",
  "Uint16Array",
  "Uint32Array",
  "BigInt64Array",
  "BigUint64Array",
]);

function classify(selector: AxisSelector, axis: string): Classified {
  const tag = ArrayBuffer.isView(selector) ? Object.prototype.toString.call(selector).slice(8, -1) : undefined;
  if (tag === "Uint8Array" || isArrowBool(selector)) return { kind: "mask", mask: selector as MaskInput };
  if (tag !== undefined && POSITION_ARRAYS.has(tag)) return { kind: "positions", positions: selector as PositionInput };
  if (Array.isArray(selector)) return classifyArray(selector);
  const kind = (selector as { kind?: unknown } | null)?.kind;
  if (kind === "names") return { kind: "names", names: selector as Names };
  if (kind === "predicate") return { kind: "predicate", predicate: selector as Predicate };
  if (isSlice(selector)) return { kind: "slice", slice: selector };
  throw new AtsError(
    "INVALID_ARGUMENT",
    `The selector of ${axis} is not understood; pass {start, stop, step}, a mask, positions, names or a predicate.`,
  );
}

/** The first entry decides what an array is; the others are checked where they are used. */
function classifyArray(array: readonly unknown[]): Classified {
  if (typeof array[0] === "string") return { kind: "names", names: new Names(null, array as readonly string[]) };
  if (typeof array[0] === "boolean") return { kind: "mask", mask: array as readonly boolean[] };
  return { kind: "positions", positions: array as readonly number[] };
}

/** Which columns `selector` needs; `frame: false` where it can be normalised from the length of the axis alone. */
export function neededColumns(selector: AxisSelector, axis = "axis"): NeededColumns {
  const classified = classify(selector, axis);
  if (classified.kind === "predicate") return { frame: true, columns: columnsOf(classified.predicate.node) };
  if (classified.kind !== "names") return { frame: false, columns: [] };
  const { column } = classified.names;
  return { frame: true, columns: column === null ? [] : [column] };
}

/**
 * Normalises any selector over the columns that are handed in. `INVALID_ARGUMENT` for a selector that does not fit the axis, `NOT_FOUND` for
 * unknown names and columns.
 */
export function normalizeSelection(
  selector: AxisSelector | undefined,
  table: AxisTable,
  options: NameOptions = {},
): AxisSelection {
  const { axis, length } = table;
  if (selector === undefined) return wholeAxis(length);
  const classified = classify(selector, axis);
  switch (classified.kind) {
    case "slice":
      return normalizeSlice(classified.slice, length, axis);
    case "mask":
      return normalizeMask(classified.mask, length, axis);
    case "positions":
      return normalizePositions(classified.positions, length, axis);
    case "names":
      return normalizeNames(classified.names, table, options);
    case "predicate":
      return evaluate(classified.predicate.node, table);
  }
}
