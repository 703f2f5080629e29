/** Reads all values of an element in blocks: reading checks structure, codes and text, and what it lets pass is checked here. */
import { cellReader } from "../../elements/column.js";
import type { Column } from "../../elements/frame.js";
import type { LazyElement, LazyFrame } from "../../elements/lazy.js";
import { isArrayValue, type Value } from "../../elements/values.js";
import type { ReadOptions } from "../../storage/types.js";
import { blocksOf } from "../blocks.js";
import type { Finding } from "./finding.js";

/**
 * Reads `element` (of a data frame: its index and the named columns) to the end; adds what is wrong but readable. Rejects with what reading
 * rejects with.
 */
export async function readThrough(
  path: string,
  element: LazyElement,
  options: ReadOptions,
  into: Finding[],
  columns?: readonly string[],
): Promise<void> {
  if (element.kind === "lazy-frame") return readFrame(path, element, columns, options, into);
  if (element.kind !== "lazy-array" || element.shape.length === 0) {
    await element.read([], options);
    return;
  }
  const axis = element.sparse === "csc" ? 1 : 0;
  for (const block of blocksOf(element, axis)) {
    options.signal?.throwIfAborted();
    const value = await element.read(axis === 0 ? [block] : [undefined, block], options);
    if (block.start === 0) checkCategories(path, value, into);
  }
}

async function readFrame(
  path: string,
  frame: LazyFrame,
  columns: readonly string[] | undefined,
  options: ReadOptions,
  into: Finding[],
): Promise<void> {
  const wanted = columns ?? frame.columnNames;
  for (const block of blocksOf(frame, 0, 1 + wanted.length)) {
    options.signal?.throwIfAborted();
    const value = await frame.readFrame(wanted, block, options);
    if (wanted.length === 0) checkIndex(path, value.index, block.start, into);
    if (block.start > 0) continue;
    for (const column of value.columns.values()) checkCategories(path, column as Value, into);
  }
}

/** pandas takes no data frame whose categories repeat. */
function checkCategories(path: string, value: Value, into: Finding[]): void {
  if (!isArrayValue(value) || value.kind !== "categorical") return;
  const { categories } = value;
  const cell = cellReader(categories);
  const seen = new Set<unknown>();
  for (let i = 0; i < categories.length; i++) {
    const category = cell(i);
    if (category === null || seen.has(category)) {
      const what = category === null ? "has a category that is missing" : `has the category ${category} twice`;
      into.push({ path, code: "CORRUPT", what });
      return;
    }
    seen.add(category);
  }
}

function checkIndex(path: string, index: Column, first: number, into: Finding[]): void {
  const cell = cellReader(index);
  for (let i = 0; i < index.length; i++) {
    if (cell(i) !== null) continue;
    into.push({ path, code: "CORRUPT", what: `has no name for row ${first + i}` });
    return;
  }
}
