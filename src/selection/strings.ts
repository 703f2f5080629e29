/** Tests of text columns. */
import type { StringArray } from "../elements/strings.js";
import { AtsError } from "../errors.js";
import { OUTCOMES } from "./ordering.js";
import type { Comparison, Literal, TextTest } from "./predicate.js";
import { compareText } from "./text.js";
import { fromTest, type Truth } from "./tri-state.js";

/** Compares every text with `literal`; null is unequal to everything. */
export function compareStrings(array: StringArray, comparison: Comparison, literal: Literal, name: string): Truth {
  const bound = textLiteral(literal, name);
  const { values } = array;
  if (comparison === "eq") return fromTest(values.length, (i) => values[i] === bound);
  if (comparison === "ne") return fromTest(values.length, (i) => values[i] !== bound);
  const [less, equal, greater] = OUTCOMES[comparison];
  const truth = new Uint8Array(values.length);
  for (let i = 0; i < truth.length; i++) {
    const value = values[i] as string | null;
    if (value === null) continue;
    const order = compareText(value, bound);
    truth[i] = order < 0 ? less : order === 0 ? equal : greater;
  }
  return truth;
}

/** Whether every text is one of `literals`; null stands for null. */
export function isInStrings(array: StringArray, literals: readonly (Literal | null)[], name: string): Truth {
  const wanted = new Set(literals.map((literal) => (literal === null ? null : textLiteral(literal, name))));
  return fromTest(array.values.length, (i) => wanted.has(array.values[i] as string | null));
}

/** The tests of text by name. */
export const TEXT_TESTS: Readonly<Record<TextTest, (value: string, text: string) => boolean>> = {
  startsWith: (value, text) => value.startsWith(text),
  endsWith: (value, text) => value.endsWith(text),
  contains: (value, text) => value.includes(text),
};

/** The texts that satisfy `test`; null does not. */
export function testStrings(array: StringArray, test: (value: string) => boolean): Truth {
  return fromTest(array.values.length, (i) => {
    const value = array.values[i] as string | null;
    return value !== null && test(value);
  });
}

/** Where text is null. */
export function isNullString(array: StringArray): Truth {
  return fromTest(array.values.length, (i) => array.values[i] === null);
}

/** Texts have no truth of their own. */
export function noTruth(name: string): Truth {
  throw new AtsError("INVALID_ARGUMENT", `Column "${name}" holds text, not booleans; compare it with a value.`, {
    path: name,
  });
}

function textLiteral(literal: Literal, name: string): string {
  if (typeof literal === "string") return literal;
  throw new AtsError(
    "INVALID_ARGUMENT",
    `Column "${name}" holds text and is compared with ${String(literal)}; pass a string, such as "${String(literal)}".`,
    { path: name },
  );
}
