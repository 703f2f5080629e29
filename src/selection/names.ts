/** Selection by name: in the index of an axis, or in one of its columns. */
import type { Column } from "../elements/frame.js";
import { AtsError } from "../errors.js";
import type { AxisSelection } from "./axis.js";
import { matchStrings } from "./match.js";
import { suggestion } from "./near.js";
import { allocatePositions, compact } from "./positions.js";
import { type AxisTable, columnOf } from "./table.js";
import { textReader, texts } from "./text.js";

/** What to do with names that are not there, or more than once. */
export interface NameOptions {
  /** `error` (default): `NOT_FOUND`; `ignore`: left out. */
  readonly missing?: "error" | "ignore" | undefined;
  /** `error` (default): `INVALID_ARGUMENT` where a name occurs twice on the axis; `all`: every occurrence, in the axis's order. */
  readonly duplicates?: "error" | "all" | undefined;
}

/** Names to select, in request order. Made by {@link names}. */
export class Names {
  readonly kind = "names";
  /** The column to look in; null for the index. */
  readonly column: string | null;
  readonly names: readonly string[];
  readonly options: NameOptions;

  constructor(column: string | null, wanted: readonly string[], options: NameOptions = {}) {
    const odd = wanted.findIndex((name) => typeof name !== "string");
    if (odd >= 0) {
      throw new AtsError("INVALID_ARGUMENT", `Name ${odd} is ${String(wanted[odd])}; pass names as strings.`);
    }
    this.column = column;
    this.names = [...wanted];
    this.options = options;
  }
}

/** Selects by name in the index: `names(["CD79A", "MS4A1"])`. */
export function names(wanted: readonly string[], options?: NameOptions): Names;
/** Selects by name in a column: `names("gene_symbols", ["CD79A"], { duplicates: "all" })`. */
export function names(column: string, wanted: readonly string[], options?: NameOptions): Names;
export function names(
  first: string | readonly string[],
  second?: readonly string[] | NameOptions,
  third?: NameOptions,
): Names {
  if (typeof first === "string") return new Names(first, (second ?? []) as readonly string[], third);
  return new Names(null, first, second as NameOptions | undefined);
}

/** Where the wanted names are: `first[slot]` is a position or -1, `more` has the further ones of names that occur again. */
interface Found {
  readonly slots: ReadonlyMap<string, number>;
  readonly first: Float64Array;
  readonly more: ReadonlyMap<number, readonly number[]>;
}

/**
 * The positions of the wanted names, in request order; one pass over the axis. `NOT_FOUND` lists the first few unknown names with near
 * matches; `INVALID_ARGUMENT` where a name occurs twice.
 */
export function normalizeNames(selector: Names, table: AxisTable, defaults: NameOptions = {}): AxisSelection {
  const missing = selector.options.missing ?? defaults.missing ?? "error";
  const duplicates = selector.options.duplicates ?? defaults.duplicates ?? "error";
  const column = columnOf(table, selector.column);
  const found = find(selector.names, column);
  const where = selector.column === null ? table.axis : `${table.axis}["${selector.column}"]`;
  if (missing === "error") checkFound(selector.names, found, column, where);
  if (duplicates === "error") checkOnce(selector.names, found, where);
  return collect(selector.names, found, table.length);
}

function find(wanted: readonly string[], column: Column): Found {
  const slots = new Map<string, number>();
  for (const name of wanted) if (!slots.has(name)) slots.set(name, slots.size);
  const first = new Float64Array(slots.size).fill(-1);
  const more = new Map<number, number[]>();
  const slotAt = slotReader(column, slots);
  for (let position = 0; slots.size > 0 && position < column.length; position++) {
    const slot = slotAt(position);
    if (slot < 0) continue;
    if (first[slot] === -1) first[slot] = position;
    else if (!more.has(slot)) more.set(slot, [position]);
    else more.get(slot)?.push(position);
  }
  return { slots, first, more };
}

/** A function that gives the slot of the name at a position, -1 where it is not wanted. Text in UTF-8 is compared as bytes. */
function slotReader(column: Column, slots: ReadonlyMap<string, number>): (position: number) => number {
  if (column.kind === "strings" && column.hasUtf8) {
    const matched = matchStrings(column, [...slots.keys()]);
    return (position) => matched[position] as number;
  }
  const read = textReader(column);
  return (position) => {
    const text = read(position);
    return text === null ? -1 : (slots.get(text) ?? -1);
  };
}

function collect(wanted: readonly string[], found: Found, length: number): AxisSelection {
  const positions: number[] = [];
  for (const name of wanted) {
    const slot = found.slots.get(name) as number;
    if (found.first[slot] === -1) continue;
    positions.push(found.first[slot] as number);
    for (const position of found.more.get(slot) ?? []) positions.push(position);
  }
  const out = allocatePositions(positions.length, length);
  out.set(positions);
  return compact(out);
}

function checkFound(wanted: readonly string[], found: Found, column: Column, where: string): void {
  const unknown = [...new Set(wanted)].filter((name) => found.first[found.slots.get(name) as number] === -1);
  if (unknown.length === 0) return;
  const listed = unknown.slice(0, 5).map((name) => JSON.stringify(name) + suggestion(name, texts(column)));
  const rest = unknown.length > listed.length ? ` and ${unknown.length - listed.length} more` : "";
  throw new AtsError(
    "NOT_FOUND",
    `${where} has no name ${listed.join(", ")}${rest}; pass missing: "ignore" to leave unknown names out.`,
    { path: where },
  );
}

function checkOnce(wanted: readonly string[], found: Found, where: string): void {
  const again = wanted.find((name) => found.more.has(found.slots.get(name) as number));
  if (again === undefined) return;
  const slot = found.slots.get(again) as number;
  const positions = [found.first[slot] as number, ...(found.more.get(slot) ?? [])];
  throw new AtsError(
    "INVALID_ARGUMENT",
    `${where} has the name ${JSON.stringify(again)} ${positions.length} times (positions ${positions.slice(0, 5).join(", ")}); pass duplicates: "all" to select every one.`,
    { path: where },
  );
}
