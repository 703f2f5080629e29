/** Writes data frames: groups of an index and columns, column by column. */

import { plainColumn } from "../elements/column.js";
import { type Column, UNNAMED_INDEX } from "../elements/frame.js";
import type { LazyArray, LazyElement, LazyFrame } from "../elements/lazy.js";
import { AtsError } from "../errors.js";
import type { GroupWriter } from "../storage/types.js";
import { type ColumnSource, columnSource } from "./column-source.js";
import { marked, type WriteContext } from "./define.js";
import { columnPath } from "./keys.js";
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
  const places = checkNames([indexName, ...frame.columnNames], path);
  const source = await columnSource(frame, context);
  const columns = source.names.filter((column) => {
    const failure = source.failures.get(column);
    if (failure !== undefined) context.leaveOut(`${path}/${column}`, failure);
    return failure === undefined;
  });
  if (columns.includes(indexName)) await checkTwin(frame, source, indexName, context);
  const group = await parent.group(name, marked("dataframe", "0.2.0", { _index: indexName, "column-order": columns }));
  const place = placing(group, places);
  if (!columns.includes(indexName)) await context.write(...(await place(indexName)), await source.index());
  for (const column of columns) {
    context.signal?.throwIfAborted();
    await context.write(...(await place(column)), await source.column(column));
  }
}

/** The paths of all names; `UNSAFE_PATH` where one is no path, or leads through the node of another. */
function checkNames(names: readonly string[], path: string): ReadonlyMap<string, readonly string[]> {
  const paths = new Map(names.map((name) => [name, columnPath(name, path)]));
  for (const [name, steps] of paths) {
    const through = steps.slice(0, -1).find((_, i) => paths.has(steps.slice(0, i + 1).join("/")));
    if (through === undefined) continue;
    throw new AtsError(
      "UNSAFE_PATH",
      `${path}: the column ${JSON.stringify(name)} would lie within the column "${through}"; rename one of them.`,
      { path: `${path}/${name}` },
    );
  }
  return paths;
}

/** Gives the group and the name of each column; groups for names with "/" are made when they are first needed. */
function placing(frame: GroupWriter, paths: ReadonlyMap<string, readonly string[]>) {
  const groups = new Map<string, GroupWriter>();
  return async (column: string): Promise<[GroupWriter, string]> => {
    const steps = paths.get(column) as readonly string[];
    let group = frame;
    for (const [i, step] of steps.slice(0, -1).entries()) {
      const prefix = steps.slice(0, i + 1).join("/");
      group = groups.get(prefix) ?? (await group.group(step));
      groups.set(prefix, group);
    }
    return [group, steps.at(-1) as string];
  };
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
