/** Which of some texts each string of an array is, found on its UTF-8 bytes: no JavaScript string is made. */
import type { StringArray } from "../elements/strings.js";
import { packStrings } from "../elements/utf8.js";
import { matchUtf8 } from "../kernels/utf8.js";

/** Text that UTF-8 cannot spell. */
const LONE_SURROGATE = /\p{Surrogate}/u;

/** For each string of `array` the number of the entry of `texts` that it equals, or -1. The entries are distinct. */
export function matchStrings(array: StringArray, texts: readonly string[]): Int32Array {
  if (texts.some((text) => LONE_SURROGATE.test(text))) return matchValues(array, texts);
  const matched = matchUtf8(array.utf8(), packStrings(texts));
  // The bytes of a missing string, mostly none, mean nothing.
  if (array.hasMissing) {
    for (let i = 0; i < matched.length; i++) if (array.isMissing(i)) matched[i] = -1;
  }
  return matched;
}

function matchValues(array: StringArray, texts: readonly string[]): Int32Array {
  const numbers = new Map(texts.map((text, i) => [text, i]));
  return Int32Array.from(array.values, (value) => (value === null ? -1 : (numbers.get(value) ?? -1)));
}
