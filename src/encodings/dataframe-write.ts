/** Writes data frames: groups of an index and columns, column by column. */

import { plainColumn } from "../elements/column.js";
import { type Column, UNNAMED_INDEX } from "../elements/frame.js";
import type { LazyArray, LazyElement, LazyFrame } from "../elements/lazy.js";
import { AtsError } from "../errors.js";
import type { GroupWriter } from "../storage/types.js";
import { type ColumnSource, columnSource } from "./column-source.js";
import { marked, type WriteContext } from "./define.js";
import { checkKey } from "./keys.js";
import { frameToWrite } from "./to-write.js";

/**
 * Writes the frame `element` as the group `name`. `UNSUPPORTED` for a column without a form in AnnData (unless those are to be left out), for one
 * named `_index`, and for an index that has the name of a column of other values; `UNSAFE_PATH` for names that no node can have.
 */
export async function writeFrame(
  parent: GroupWriter,
  name: string,
  element: LazyElement,
  context: WriteContext,
): Promise<void> {
  const frame = frameToWrite(element, "dataframe");
  const { path } = frame.info;
  const indexName = frame.indexName || UNNAMED_INDEX;
  for (const key of [indexName, ...frame.columnNames]) checkKey(key, path);
  const source = await columnSource(frame, context);
  const columns = source.names.filter((column) => {
    const failure = source.failures.get(column);
    if (failure !== undefined) context.leaveOut(`${path}/${column}`, failure);
    return failure === undefined;
  });
  if (columns.includes(indexName)) await checkTwin(frame, source, indexName, context);
  const group = await parent.group(name, marked("dataframe", "0.2.0", { _index: indexName, "column-order": columns }));
  if (!columns.includes(indexName)) await context.write(group, indexName, await source.index());
  for (const column of columns) {
    context.signal?.throwIfAborted();
    await context.write(group, column, await source.column(column));
  }
}

/** Index and column of one name are one node, which serves both where their values are the same. */
async function checkTwin(frame: LazyFrame, source: ColumnSource, name: string, context: WriteContext): Promise<void> {
  const { path } = frame.info;
  const [index, column] = await Promise.all([source.index(), source.column(name)]);
  const values = async (array: LazyArray) => plainColumn((await array.read([], context)) as Column);
  const [a, b] = await Promise.all([values(index), values(column)]);
  if (frame.indexName && a.length === b.length && Array.prototype.every.call(a, (value, i) => Object.is(value, b[i]))) {
    return;
  }
  throw new AtsError(
    "UNSUPPORTED",
    `${path} has a column "${name}" and an index of that name with other values; rename one of them.`,
    { path: `${path}/${name}` },
  );
}
