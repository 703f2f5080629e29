/** Data frames whose columns are elements of their own, whatever it is that they are stored in. */
import { Categorical } from "../elements/categorical.js";
import { DenseArray } from "../elements/dense.js";
import { type Column, Frame } from "../elements/frame.js";
import type { ElementInfo, LazyArray, LazyFrame } from "../elements/lazy.js";
import { NullableArray } from "../elements/nullable.js";
import { StringArray } from "../elements/strings.js";
import type { Value } from "../elements/values.js";
import { AtsError } from "../errors.js";
import type { AxisSelection } from "../selection/axis.js";
import { suggestion } from "../selection/near.js";
import { toPositions } from "../selection/positions.js";
import type { ReadOptions } from "../storage/types.js";
import { sumBytes } from "./describe.js";
import { corrupt } from "./member.js";

/** Columns that are read at once. */
const AT_ONCE = 8;

/** What a frame is made of. */
export interface FrameParts {
  readonly info: ElementInfo;
  /** The column names in order. */
  readonly columnNames: readonly string[];
  readonly index: LazyArray;
  readonly indexName: string | null;
  /** Opens the column `name`, one of `columnNames`. */
  column(name: string): Promise<LazyArray>;
}

/** A lazy frame of `parts`: reads touch the index and the asked columns only. */
export function columnFrame(parts: FrameParts): LazyFrame {
  const { index, indexName, columnNames } = parts;
  const { path } = parts.info;
  const length = index.shape[0] ?? 0;
  const opened = new Map<string, Promise<LazyArray>>();

  const column = (name: string): Promise<LazyArray> => {
    if (!columnNames.includes(name)) return Promise.reject(unknownColumn(path, name, columnNames));
    let element = opened.get(name);
    if (element === undefined) {
      element = parts.column(name);
      opened.set(name, element);
      element.catch(() => opened.delete(name));
    }
    return element;
  };

  const readColumn = async (element: LazyArray, rows: AxisSelection | undefined, options?: ReadOptions) => {
    if (element.shape.length !== 1 || element.shape[0] !== length) {
      throw corrupt(element.info.path, `has the shape [${element.shape}] in a data frame of ${length} rows`);
    }
    return columnOf(await element.read([rows], options), element.info.path);
  };

  const readFrame = async (
    names: readonly string[] = columnNames,
    rows?: AxisSelection,
    options: ReadOptions = {},
  ): Promise<Frame> => {
    options.signal?.throwIfAborted();
    const columns = new Map<string, Column>();
    const indexValue = readColumn(index, rows, options);
    indexValue.catch(() => undefined);
    for (let first = 0; first < names.length; first += AT_ONCE) {
      const some = names.slice(first, first + AT_ONCE);
      const values = await Promise.all(some.map(async (name) => readColumn(await column(name), rows, options)));
      some.forEach((name, i) => {
        columns.set(name, values[i] as Column);
      });
    }
    return new Frame(await indexValue, columns, indexName);
  };

  return {
    kind: "lazy-frame",
    info: parts.info,
    shape: [length, columnNames.length],
    length,
    columnNames,
    indexName,
    column,
    index: async () => index,
    readFrame,
    read: (selection = [], options) => {
      const some = selection[1] && Array.from(toPositions(selection[1]), (at) => columnNames[at] as string);
      return readFrame(some, selection[0], options);
    },
    storedBytes: (options) =>
      sumBytes([
        index.storedBytes(options),
        ...columnNames.map(async (name) => (await column(name)).storedBytes(options)),
      ]),
  };
}

function unknownColumn(path: string, name: string, names: readonly string[]): AtsError {
  return new AtsError("NOT_FOUND", `${path} has no column ${JSON.stringify(name)}${suggestion(name, names)}.`, {
    path: `${path}/${name}`,
  });
}

function columnOf(value: Value, path: string): Column {
  if (
    value instanceof DenseArray ||
    value instanceof StringArray ||
    value instanceof Categorical ||
    value instanceof NullableArray
  ) {
    return value;
  }
  throw new AtsError("UNSUPPORTED", `${path} is no column that a data frame can hold; read it as an element.`, {
    path,
  });
}
