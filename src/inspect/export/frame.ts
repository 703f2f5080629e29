/** Data frames as separated text and as JSON. */
import { type Cell, cellReader, plainColumn } from "../../elements/column.js";
import { type Column, type Frame, UNNAMED_INDEX } from "../../elements/frame.js";
import type { LazyFrame } from "../../elements/lazy.js";
import type { ReadOptions } from "../../storage/types.js";
import { separatedLine } from "./text.js";

/** Rows that are turned into text at a time. */
const ROWS_AT_ONCE = 16_384;

/** What `ats head --json` prints: the index and the columns as plain values, missing ones null. */
export interface PlainFrame {
  readonly index: readonly Cell[];
  readonly columns: Readonly<Record<string, readonly Cell[]>>;
}

/** A frame as plain values. */
export function plainFrame(frame: Frame): PlainFrame {
  const columns: Record<string, readonly Cell[]> = Object.create(null);
  for (const [name, column] of frame.columns) columns[name] = cells(column);
  return { index: cells(frame.index), columns };
}

/** A column's values one by one, booleans as booleans. */
export function cells(column: Column): readonly Cell[] {
  const plain = plainColumn(column);
  if (Array.isArray(plain)) return plain;
  const read = cellReader(column);
  return Array.from({ length: column.length }, (_, row) => read(row));
}

/** A frame as lines of separated text: a header, then the index and the columns of each row. Reads a slab of rows at a time. */
export async function* frameText(
  frame: LazyFrame,
  columns: readonly string[] | undefined,
  separator: string,
  options: ReadOptions,
): AsyncGenerator<string> {
  yield separatedLine([frame.indexName ?? UNNAMED_INDEX, ...(columns ?? frame.columnNames)], separator);
  for (let start = 0; start < frame.length; start += ROWS_AT_ONCE) {
    const count = Math.min(ROWS_AT_ONCE, frame.length - start);
    const slab = await frame.readFrame(columns, { kind: "range", start, step: 1, count }, options);
    const readers = [slab.index, ...slab.columns.values()].map(cellReader);
    let text = "";
    for (let row = 0; row < count; row++) {
      text += separatedLine(
        readers.map((read) => read(row)),
        separator,
      );
    }
    yield text;
  }
}
