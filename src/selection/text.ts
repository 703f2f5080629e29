/** Columns as text. */
import { cellReader } from "../elements/column.js";
import type { Column } from "../elements/frame.js";

/** Reads the text of entry `i`; null where it is missing. */
export type TextReader = (i: number) => string | null;

/** The text of the entries of a one-dimensional column, without a copy; numbers are spelled as JavaScript spells them. */
export function textReader(column: Column): TextReader {
  if (column.kind === "strings") return (i) => column.at(i);
  const cell = cellReader(column);
  return (i) => {
    const value = cell(i);
    return value === null ? null : String(value);
  };
}

/** The texts of a column, one after the other. */
export function* texts(column: Column): Generator<string | null> {
  const read = textReader(column);
  for (let i = 0; i < column.length; i++) yield read(i);
}

/** Orders text by code points, as Python and Arrow do; JavaScript's `<` compares UTF-16 units, which differs beyond U+FFFF. */
export function compareText(a: string, b: string): number {
  const shared = Math.min(a.length, b.length);
  for (let i = 0; i < shared; i++) {
    const x = a.charCodeAt(i);
    const y = b.charCodeAt(i);
    if (x !== y) return rank(x) - rank(y);
  }
  return a.length - b.length;
}

/** A UTF-16 unit in the order of code points: surrogates stand for what comes after U+FFFF. */
function rank(unit: number): number {
  return unit >= 0xd800 && unit <= 0xdfff ? unit + 0x10000 : unit;
}
