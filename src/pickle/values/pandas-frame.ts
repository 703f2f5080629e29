/** pandas' data frames and series: blocks of columns of one type, put back into columns. */
import type { ArrayFor, DType } from "../../dtype.js";
import { DenseArray } from "../../elements/dense.js";
import { type Column, Frame } from "../../elements/frame.js";
import { StringArray } from "../../elements/strings.js";
import { corrupt, unsupported } from "../failures.js";
import { PyDict, type PyNode, type PyObject } from "../graph.js";
import type { Builder } from "./builder.js";
import { columnOf, isNumpyArray } from "./columns.js";
import { fieldsOf, itemsOf, objectOf } from "./nodes.js";
import { objectItems, rawArray } from "./numpy-array.js";
import { objectColumn } from "./numpy-objects.js";
import { indexColumn, indexOf, nameOf, type PandasIndex, rangeValues } from "./pandas-index.js";

/** A block: the values of some columns and where these columns stand. */
interface Block {
  readonly values: PyNode | undefined;
  readonly places: PyNode | undefined;
}

interface Blocks {
  readonly axes: readonly PyNode[];
  readonly blocks: readonly Block[];
}

/** `BlockManager(blocks, axes)`, or the tuple state of older pandas and of series, whose last part repeats all by name. */
function blocksOf(manager: PyNode | undefined): Blocks {
  const object = objectOf(manager, "pandas.BlockManager", "pandas.SingleBlockManager");
  if (object === undefined) throw corrupt("a pandas table has no blocks");
  if (object.state !== undefined) return blocksOfState(object.state);
  const [blocks, axes] = object.args;
  return {
    axes: itemsOf(axes, "the axes of a pandas table"),
    blocks: itemsOf(blocks, "the blocks of a pandas table").map((block) => {
      const [values, places] = objectOf(block, "pandas.unpickle_block")?.args ?? [];
      return { values, places };
    }),
  };
}

function blocksOfState(state: PyNode): Blocks {
  const last = fieldsOf(itemsOf(state, "the state of a pandas table").at(-1), "the state of a pandas table");
  const named = fieldsOf(last.get("0.14.1"), "the state of a pandas table");
  return {
    axes: itemsOf(named.get("axes"), "the axes of a pandas table"),
    blocks: itemsOf(named.get("blocks"), "the blocks of a pandas table").map((block) => {
      const fields = fieldsOf(block, "a block of a pandas table");
      return { values: fields.get("values"), places: fields.get("mgr_locs") };
    }),
  };
}

/** The column positions of a block: a slice or an array of integers. */
function placesOf(node: PyNode | undefined, columns: number, builder: Builder): number[] {
  const range = objectOf(node, "builtins.slice");
  if (range !== undefined) {
    const [start, stop, step] = range.args;
    const [, places] = rangeValues(start, stop, step ?? 1, builder);
    return inside([...places].map(Number), columns);
  }
  const places = columnOf(node, builder);
  if (!(places instanceof DenseArray)) throw corrupt("the place of a pandas block is not a position");
  return inside([...places.data].map(Number), columns);
}

function inside(places: number[], columns: number): number[] {
  if (places.some((place) => !(place >= 0 && place < columns))) throw corrupt("a pandas block lies outside its table");
  return places;
}

/** The columns of one block: the rows of a matrix, or a single extension array. */
function blockColumns(node: PyNode | undefined, builder: Builder): Column[] {
  if (!isNumpyArray(node)) return [columnOf(node, builder)];
  const { type, layout, content } = builder.once("raw array", node, () => rawArray(node, builder));
  const [count = 0, length] = layout.shape;
  if (length === undefined) return [columnOf(node, builder)];
  if (layout.shape.length !== 2) throw corrupt("a pandas block is not a matrix");
  if (type.kind === "object") {
    const items = objectItems(content, count * length);
    return Array.from({ length: count }, (_, i) => objectColumn(items.slice(i * length, (i + 1) * length), builder));
  }
  return rowsOf(builder.value(node), count, length);
}

function rowsOf(matrix: unknown, count: number, length: number): Column[] {
  if (matrix instanceof DenseArray) {
    return Array.from(
      { length: count },
      (_, i) => new DenseArray<DType>(matrix.dtype, [length], matrix.row(i) as ArrayFor<DType>),
    );
  }
  if (!(matrix instanceof StringArray)) throw unsupported("a pandas table of structured arrays");
  return Array.from({ length: count }, (_, i) => new StringArray(matrix.values.slice(i * length, (i + 1) * length)));
}

/** Column labels as text; numbers are spelled out. */
function labelsOf(columns: Column): string[] {
  const labels =
    columns instanceof StringArray
      ? columns.values
      : columns instanceof DenseArray
        ? [...columns.data].map(String)
        : [];
  if (labels.length !== columns.length || labels.includes(null))
    throw unsupported("a pandas table without column names");
  if (new Set(labels).size !== labels.length) throw unsupported("a pandas table with two columns of one name");
  return labels as string[];
}

/** The frame of a `DataFrame` node, pandas' own or the call `DataFrame(columns, index)` that our writer makes. */
export function buildFrame(object: PyObject, builder: Builder): Frame {
  if (object.state === undefined) return calledFrame(object, builder);
  const state = fieldsOf(object.state, "the state of a pandas table");
  const { axes, blocks } = blocksOf(state.get("_mgr") ?? state.get("_data"));
  const labels = labelsOf(indexColumn(axes[0], builder));
  const columns = new Array<Column | undefined>(labels.length);
  for (const { values, places } of blocks) {
    const made = blockColumns(values, builder);
    const positions = placesOf(places, labels.length, builder);
    if (made.length !== positions.length) throw corrupt("a pandas block has not as many columns as places");
    made.forEach((column, i) => {
      columns[positions[i] as number] = column;
    });
  }
  return frameOf(indexOf(axes[1], builder), labels, columns);
}

function frameOf(index: PandasIndex, labels: readonly string[], columns: readonly (Column | undefined)[]): Frame {
  const named = labels.map((label, i): [string, Column] => {
    const column = columns[i];
    if (column === undefined) throw corrupt(`column "${label}" of a pandas table is missing`);
    if (column.length !== index.values.length) throw corrupt(`column "${label}" of a pandas table has another length`);
    return [label, column];
  });
  return new Frame(index.values, new Map(named), index.name);
}

function calledFrame({ args }: PyObject, builder: Builder): Frame {
  const [columns, index] = args;
  if (!(columns instanceof PyDict)) throw unsupported("a pandas table that is not made of named columns");
  const fields = fieldsOf(columns, "the columns of a pandas table");
  const arrays = [...fields.values()].map((node) => columnOf(node, builder));
  return frameOf(indexOf(index, builder), [...fields.keys()], arrays);
}

/** A series as a frame of one column, named as the series, or "0" where it has no name, as pandas' `to_frame` does. */
export function buildSeries(object: PyObject, builder: Builder): Frame {
  const state = fieldsOf(object.state, "the state of a pandas series");
  const { axes, blocks } = blocksOf(state.get("_mgr") ?? state.get("_data"));
  const column = columnOf(blocks[0]?.values, builder);
  const name = nameOf(state.get("name") ?? state.get("_name"));
  return frameOf(indexOf(axes[0], builder), [name ?? "0"], [column]);
}
