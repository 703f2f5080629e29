/** Tests of text columns. */
import type { StringArray } from "../elements/strings.js";
import { AtsError } from "../errors.js";
import { matchStrings } from "./match.js";
import { OUTCOMES } from "./ordering.js";
import type { Comparison, Literal, TextTest } from "./predicate.js";
import { compareText } from "./text.js";
import { fromTest, not, type Truth } from "./tri-state.js";

/** Compares every text with `literal`; null is unequal to everything. */
export function compareStrings(array: StringArray, comparison: Comparison, literal: Literal, name: string): Truth {
  const bound = textLiteral(literal, name);
  if (comparison === "eq") return isOneOf(array, [bound], false);
  if (comparison === "ne") return not(isOneOf(array, [bound], false));
  const { values } = array;
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
  const texts = literals.filter((literal) => literal !== null).map((literal) => textLiteral(literal, name));
  return isOneOf(array, [...new Set(texts)], literals.includes(null));
}

/** Where the text is one of `texts`, which are distinct, or, with `orMissing`, missing. */
function isOneOf(array: StringArray, texts: readonly string[], orMissing: boolean): Truth {
  if (array.hasUtf8) {
    const matched = matchStrings(array, texts);
    return fromTest(matched.length, (i) => (matched[i] as number) >= 0 || (orMissing && array.isMissing(i)));
  }
  const { values } = array;
  const wanted = new Set<string | null>(texts);
  if (orMissing) wanted.add(null);
  return fromTest(values.length, (i) => wanted.has(values[i] as string | null));
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
  return fromTest(array.length, (i) => array.isMissing(i));
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
