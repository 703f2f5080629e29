/** Columns of tables: any one-dimensional array. */
import { Categorical } from "../../elements/categorical.js";
import { DenseArray } from "../../elements/dense.js";
import type { Column } from "../../elements/frame.js";
import { NullableArray } from "../../elements/nullable.js";
import { StringArray } from "../../elements/strings.js";
import type { Value } from "../../elements/values.js";
import { corrupt } from "../failures.js";
import type { PyNode, PyObject } from "../graph.js";
import type { Builder } from "./builder.js";
import { objectOf } from "./nodes.js";
import { objectItems, rawArray } from "./numpy-array.js";
import { objectColumn } from "./numpy-objects.js";

/** Whether `node` is a numpy array in any of the forms that pickles have for it. */
export function isNumpyArray(node: PyNode | undefined): node is PyObject {
  return objectOf(node, "numpy.reconstruct", "numpy.ndarray", "numpy.frombuffer") !== undefined;
}

/** The one-dimensional values of an array node, numpy's or an extension array's. */
export function columnOf(node: PyNode | undefined, builder: Builder): Column {
  if (isNumpyArray(node)) return numpyColumn(node, builder);
  const value = node === undefined ? undefined : builder.value(node);
  if (!isColumn(value)) throw corrupt("a column of a table is not an array");
  return value;
}

function isColumn(value: Value | undefined): value is Exclude<Column, { kind: "arrow" }> {
  const column =
    value instanceof DenseArray ||
    value instanceof StringArray ||
    value instanceof Categorical ||
    value instanceof NullableArray;
  return column && value.shape.length === 1;
}

/** As any array, but objects may be numbers with missing values too. */
function numpyColumn(object: PyObject, builder: Builder): Column {
  const { type, layout, content } = builder.once("raw array", object, () => rawArray(object, builder));
  const [length] = layout.shape;
  if (type.kind === "object" && layout.shape.length === 1 && length !== undefined) {
    return builder.once("column", object, () => objectColumn(objectItems(content, length), builder));
  }
  const value = builder.value(object);
  if (!isColumn(value)) throw corrupt("a column of a table is not one-dimensional");
  return value;
}
