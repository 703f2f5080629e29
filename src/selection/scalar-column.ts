/** Comparisons of Arrow columns that have no class of their own (timestamps, decimals, …), value by value. */
import type { ArrowColumn } from "../elements/frame.js";
import { AtsError } from "../errors.js";
import { OUTCOMES } from "./ordering.js";
import type { Comparison, Literal } from "./predicate.js";
import { compareText } from "./text.js";
import { fromTest, TRUE, type Truth } from "./tri-state.js";

/** Arrow's type ids of dates and timestamps, whose values are given as milliseconds since 1970. */
const TIMES = new Set([8, 10]);

/** Compares every value with `literal`; null is unequal to everything. A timestamp takes a Date or an ISO 8601 text. */
export function compareArrow(column: ArrowColumn, comparison: Comparison, literal: Literal, name: string): Truth {
  const bound = comparable(column, literal, name);
  const outcomes = OUTCOMES[comparison];
  return fromTest(column.length, (i) => outcomes[order(column.vector.get(i), bound, name)] === TRUE);
}

/** Whether every value is one of `literals`; null stands for null. */
export function isInArrow(column: ArrowColumn, literals: readonly (Literal | null)[], name: string): Truth {
  const bounds = literals.map((literal) => (literal === null ? null : comparable(column, literal, name)));
  return fromTest(column.length, (i) => {
    const value: unknown = column.vector.get(i);
    return bounds.some((bound) => (bound === null ? value === null : order(value, bound, name) === 1));
  });
}

/** Where an Arrow column is null. */
export function isNullArrow(column: ArrowColumn): Truth {
  return fromTest(column.length, (i) => column.vector.get(i) === null);
}

function comparable(column: ArrowColumn, literal: Literal, name: string): string | number | bigint | boolean {
  if (!TIMES.has(column.vector.type.typeId)) return literal instanceof Date ? literal.getTime() : literal;
  const time =
    literal instanceof Date ? literal.getTime() : typeof literal === "string" ? Date.parse(literal) : literal;
  if (typeof time !== "number" || Number.isNaN(time)) {
    throw new AtsError(
      "INVALID_ARGUMENT",
      `Column "${name}" holds times and is compared with ${String(literal)}; pass a Date or an ISO 8601 text.`,
      { path: name },
    );
  }
  return time;
}

/** 0 less, 1 equal, 2 greater, 3 unordered. */
function order(value: unknown, bound: string | number | bigint | boolean, name: string): 0 | 1 | 2 | 3 {
  if (value === null || value === undefined) return 3;
  const plain = value instanceof Date ? value.getTime() : value;
  if (typeof plain === "string" && typeof bound === "string") return sign(compareText(plain, bound));
  if (isNumberLike(plain) && isNumberLike(bound)) return plain < bound ? 0 : plain > bound ? 2 : plain <= bound ? 1 : 3;
  throw new AtsError(
    "INVALID_ARGUMENT",
    `Column "${name}" does not compare with ${String(bound)}; pass its own type.`,
    {
      path: name,
    },
  );
}

function isNumberLike(value: unknown): value is number | bigint | boolean {
  return typeof value === "number" || typeof value === "bigint" || typeof value === "boolean";
}

function sign(difference: number): 0 | 1 | 2 {
  return difference < 0 ? 0 : difference === 0 ? 1 : 2;
}
