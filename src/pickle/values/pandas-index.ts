/** pandas' indexes: row labels, column labels, categories. */
import { DenseArray } from "../../elements/dense.js";
import type { Column } from "../../elements/frame.js";
import { corrupt, tooLarge, unsupported } from "../failures.js";
import type { PyNode, PyObject } from "../graph.js";
import type { Builder } from "./builder.js";
import { columnOf } from "./columns.js";
import { fieldsOf, isGlobal, objectOf } from "./nodes.js";

/** Labels and their name. */
export interface PandasIndex {
  readonly values: Column;
  readonly name: string | null;
}

/** The labels of an index node. */
export function indexColumn(node: PyNode | undefined, builder: Builder): Column {
  return indexOf(node, builder).values;
}

/** The index of a `_new_Index(class, parts)` or `Index(labels, …)` node; a MultiIndex is not allow-listed. */
export function indexOf(node: PyNode | undefined, builder: Builder): PandasIndex {
  const object = objectOf(node, "pandas.new_index", "pandas.Index");
  if (object === undefined) throw corrupt("the index of a table is not a pandas index");
  return builder.once("index", object, () => makeIndex(object, builder));
}

function makeIndex({ callable, args }: PyObject, builder: Builder): PandasIndex {
  if (callable.id === "pandas.Index") {
    const [labels, , , name] = args;
    return { values: columnOf(labels, builder), name: nameOf(name) };
  }
  const [cls, parts] = args;
  const fields = fieldsOf(parts, "the parts of a pandas index");
  const range = isGlobal(cls, "pandas.RangeIndex");
  return {
    values: range ? rangeColumn(fields, builder) : columnOf(fields.get("data"), builder),
    name: nameOf(fields.get("name")),
  };
}

/** A name that is not text, such as the 0 of an unnamed column, is spelled out. */
export function nameOf(node: PyNode | undefined): string | null {
  if (node === null || node === undefined) return null;
  if (typeof node === "string") return node;
  if (typeof node === "number" || typeof node === "bigint" || typeof node === "boolean") return String(node);
  throw unsupported("a pandas name that is neither text nor a number");
}

function rangeColumn(fields: ReadonlyMap<string, PyNode>, builder: Builder): DenseArray {
  const [start, stop, step] = ["start", "stop", "step"].map((name) => fields.get(name));
  return new DenseArray("int64", ...rangeValues(start, stop, step, builder));
}

/** The shape and values of `range(start, stop, step)`; `LIMIT_EXCEEDED` where so many do not fit the bounds. */
export function rangeValues(
  start: PyNode | undefined,
  stop: PyNode | undefined,
  step: PyNode | undefined,
  builder: Builder,
): [[number], BigInt64Array] {
  if (typeof start !== "number" || typeof stop !== "number" || typeof step !== "number" || step === 0) {
    throw corrupt("a range has no start, stop or step");
  }
  const length = Math.max(0, Math.ceil((stop - start) / step));
  if (!Number.isSafeInteger(length)) throw tooLarge(`a range of ${length} numbers`);
  builder.charge(length * 8);
  return [[length], BigInt64Array.from({ length }, (_, i) => BigInt(start + i * step))];
}
