/** The columns of a frame one by one, also where it is stored as a table. */
import type { Column } from "../elements/frame.js";
import type { LazyArray, LazyFrame } from "../elements/lazy.js";
import { lazyColumn, lazyFromValue } from "../elements/memory.js";
import type { WriteContext } from "./define.js";

/** The columns of a frame. */
export interface ColumnSource {
  /** All columns, in order. */
  readonly names: readonly string[];
  /** Why columns cannot be had, by name. */
  readonly failures: ReadonlyMap<string, unknown>;
  index(): Promise<LazyArray>;
  column(name: string): Promise<LazyArray>;
}

/** Bytes that a cell is taken for, before it is known what it is. */
const CELL_BYTES = 32;

/**
 * The columns of `frame`. Where it has them one by one, they stay lazy. A table is read at once where it is small against `context.memory`, else
 * column by column.
 */
export async function columnSource(frame: LazyFrame, context: WriteContext): Promise<ColumnSource> {
  const { column, index } = frame;
  if (column !== undefined && index !== undefined) {
    return opened(
      frame.columnNames,
      () => index.call(frame),
      (name) => column.call(frame, name),
    );
  }
  const { signal } = context;
  if (frame.length * frame.columnNames.length * CELL_BYTES <= context.memory / 4) {
    const whole = lazyFromValue(await frame.readFrame(undefined, undefined, { signal }), frame.info.path);
    return opened(
      frame.columnNames,
      () => whole.index(),
      (name) => whole.column(name),
    );
  }
  const read = async (name: string | undefined, rows?: number): Promise<LazyArray> => {
    const range = rows === undefined ? undefined : ({ kind: "range", start: 0, step: 1, count: rows } as const);
    const part = await frame.readFrame(name === undefined ? [] : [name], range, { signal });
    const value = name === undefined ? part.index : (part.columns.get(name) as Column);
    return lazyColumn(value, `${frame.info.path}/${name ?? frame.indexName ?? "_index"}`);
  };
  const { names, failures } = await opened(
    frame.columnNames,
    () => read(undefined, 0),
    (name) => read(name, 0),
  );
  return { names, failures, index: () => read(undefined), column: (name) => read(name) };
}

async function opened(
  names: readonly string[],
  index: () => Promise<LazyArray>,
  column: (name: string) => Promise<LazyArray>,
): Promise<ColumnSource> {
  const failures = new Map<string, unknown>();
  for (const name of names) await column(name).catch((error: unknown) => failures.set(name, error));
  return { names, failures, index, column };
}
