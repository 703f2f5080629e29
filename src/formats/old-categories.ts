/**
 * Categoricals before anndata 0.7: a column of codes in obs or var, and its categories in `uns/<column>_categories`. Which frame they belong
 * to is not written down; as in anndata, any frame has them whose column of that name is of integers below their number.
 */
import { Categorical, type Codes } from "../elements/categorical.js";
import { DenseArray } from "../elements/dense.js";
import { type Column, Frame } from "../elements/frame.js";
import type { LazyArray, LazyDict, LazyFrame } from "../elements/lazy.js";
import { StringArray } from "../elements/strings.js";
import type { Value } from "../elements/values.js";
import { toPositions } from "../selection/positions.js";
import type { ReadOptions } from "../storage/types.js";
import { hideKeys } from "./dict-view.js";

const SUFFIX = "_categories";

type Categories = StringArray | DenseArray;

/** The frames and `uns` of an AnnData. */
export interface OldParts {
  readonly obs: LazyFrame;
  readonly var: LazyFrame;
  readonly uns: LazyDict;
}

/** The three with categoricals restored, if the store is `old`. The first read of any decides, from `uns` and the columns of codes. */
export function withOldCategories(obs: LazyFrame, vars: LazyFrame, uns: LazyDict, old: boolean): OldParts {
  if (!old) return { obs, var: vars, uns };
  let found: Promise<Found> | undefined;
  const find = (): Promise<Found> => {
    found ??= findCategories(obs, vars, uns);
    found.catch(() => {
      found = undefined;
    });
    return found;
  };
  return {
    obs: coded(obs, async () => (await find()).obs),
    var: coded(vars, async () => (await find()).var),
    uns: hideKeys(uns, async () => (await find()).keys),
  };
}

interface Found {
  readonly obs: ReadonlyMap<string, Categories>;
  readonly var: ReadonlyMap<string, Categories>;
  /** The keys of `uns` that were used. */
  readonly keys: ReadonlySet<string>;
}

async function findCategories(obs: LazyFrame, vars: LazyFrame, uns: LazyDict): Promise<Found> {
  const found = { obs: new Map<string, Categories>(), var: new Map<string, Categories>(), keys: new Set<string>() };
  for (const key of await uns.keys()) {
    const name = key.endsWith(SUFFIX) ? key.slice(0, -SUFFIX.length) : "";
    const frames = (["obs", "var"] as const).filter((axis) => (axis === "obs" ? obs : vars).columnNames.includes(name));
    if (name === "" || frames.length === 0) continue;
    const categories = categoriesOf(await (await uns.get(key))?.read());
    if (categories === undefined) continue;
    for (const axis of frames) {
      const frame = axis === "obs" ? obs : vars;
      const codes = codesOf((await frame.readFrame([name])).columns.get(name), categories.length);
      if (codes === undefined) continue;
      found[axis].set(name, categories);
      found.keys.add(key);
    }
  }
  return found;
}

/** Categories as they were stored; one alone was stored as itself. */
function categoriesOf(value: Value | undefined): Categories | undefined {
  if (typeof value === "string") return new StringArray([value]);
  if (typeof value === "number" && Number.isInteger(value)) {
    return new DenseArray("int64", [1], BigInt64Array.of(BigInt(value)));
  }
  const one = (value instanceof StringArray || value instanceof DenseArray) && value.shape.length === 1;
  return one ? value : undefined;
}

/** The column as codes of `count` categories, or undefined where it cannot be that. */
function codesOf(column: Column | undefined, count: number): Codes | undefined {
  if (!(column instanceof DenseArray) || !/^u?int/.test(column.dtype)) return undefined;
  const { data } = column;
  for (let i = 0; i < data.length; i++) {
    const code = Number(data[i]);
    if (code < -1 || code >= count) return undefined;
  }
  if (data instanceof Int8Array || data instanceof Int16Array || data instanceof Int32Array) return data;
  return Int32Array.from(data as ArrayLike<number | bigint>, Number);
}

/** `frame` with the columns of codes that `find` names turned into categoricals. */
function coded(frame: LazyFrame, find: () => Promise<ReadonlyMap<string, Categories>>): LazyFrame {
  const restore = async (name: string, column: Column): Promise<Column> => {
    const categories = (await find()).get(name);
    const codes = categories === undefined ? undefined : codesOf(column, categories.length);
    return categories === undefined || codes === undefined ? column : new Categorical(codes, categories);
  };
  const readFrame: LazyFrame["readFrame"] = async (names, rows, options) => {
    const plain = await frame.readFrame(names, rows, options);
    const columns = new Map<string, Column>();
    for (const [name, column] of plain.columns) columns.set(name, await restore(name, column));
    return new Frame(plain.index, columns, plain.indexName);
  };
  const { info, shape, length, columnNames, indexName } = frame;
  return {
    kind: "lazy-frame",
    info,
    shape,
    length,
    columnNames,
    indexName,
    readFrame,
    read: (selection = [], options) => {
      const some = selection[1] && Array.from(toPositions(selection[1]), (at) => columnNames[at] as string);
      return readFrame(some, selection[0], options);
    },
    column: async (name) =>
      codedColumn(await (frame.column as NonNullable<LazyFrame["column"]>)(name), name, find, restore),
    storedBytes: (options) => frame.storedBytes(options),
  };
}

async function codedColumn(
  base: LazyArray,
  name: string,
  find: () => Promise<ReadonlyMap<string, Categories>>,
  restore: (name: string, column: Column) => Promise<Column>,
): Promise<LazyArray> {
  const categories = (await find()).get(name);
  if (categories === undefined) return base;
  const dtype = categories.kind === "dense" ? categories.dtype : "string";
  return {
    ...base,
    info: { ...base.info, encoding: "categorical", dtype },
    dtype,
    read: async (selection = [], options?: ReadOptions) =>
      restore(name, (await base.read(selection, options)) as Column) as Promise<Value>,
  };
}
