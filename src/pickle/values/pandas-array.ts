/** The arrays that pandas puts into columns: categoricals, masked numbers, strings. */
import { Categorical, type Codes } from "../../elements/categorical.js";
import { DenseArray } from "../../elements/dense.js";
import type { Column } from "../../elements/frame.js";
import { NullableArray } from "../../elements/nullable.js";
import { StringArray } from "../../elements/strings.js";
import { corrupt, unsupported } from "../failures.js";
import type { PyNode, PyObject } from "../graph.js";
import { arrowStrings } from "./arrow-strings.js";
import type { Builder } from "./builder.js";
import { columnOf, isNumpyArray } from "./columns.js";
import { fieldsOf, isGlobal, itemsOf, objectOf } from "./nodes.js";
import { indexColumn } from "./pandas-index.js";

/** `__pyx_unpickle_NDArrayBacked(class, …)` and its state: an array, its type, and attributes that do not matter here. */
export function buildBackedArray(object: PyObject, builder: Builder): Column {
  const [cls] = object.args;
  const state = itemsOf(object.state ?? object.args[2], "the state of a pandas array");
  const data = state.find(isNumpyArray);
  if (isGlobal(cls, "pandas.Categorical")) {
    const dtype = state.find((part) => objectOf(part, "pandas.CategoricalDtype") !== undefined);
    return categorical(data, dtype, builder);
  }
  if (isGlobal(cls, "pandas.StringArray")) return columnOf(data, builder);
  throw unsupported("a pandas array of another kind than categories or strings");
}

/** `Categorical` with a dict as its state, as pandas before 1.3 pickles it. */
export function buildCategorical(object: PyObject, builder: Builder): Categorical {
  const state = fieldsOf(object.state, "the state of a pandas categorical");
  return categorical(state.get("_ndarray") ?? state.get("_codes"), state.get("_dtype"), builder);
}

function categorical(codes: PyNode | undefined, dtype: PyNode | undefined, builder: Builder): Categorical {
  const state = fieldsOf(objectOf(dtype, "pandas.CategoricalDtype")?.state, "the type of a pandas categorical");
  const categories = indexColumn(state.get("categories"), builder);
  return makeCategorical(columnOf(codes, builder), categories, state.get("ordered") === true);
}

/** `Categorical.from_codes(codes, categories, ordered)`, which our writer makes. */
export function buildFromCodes({ args }: PyObject, builder: Builder): Categorical {
  const [codes, categories, ordered] = args;
  return makeCategorical(columnOf(codes, builder), columnOf(categories, builder), ordered === true);
}

function makeCategorical(codes: Column, categories: Column, ordered: boolean): Categorical {
  if (!(categories instanceof DenseArray || categories instanceof StringArray)) {
    throw unsupported("a pandas categorical whose categories are neither strings nor numbers");
  }
  const data = codes instanceof DenseArray ? codes.data : undefined;
  if (!(data instanceof Int8Array || data instanceof Int16Array || data instanceof Int32Array)) {
    throw corrupt("the codes of a pandas categorical are not integers");
  }
  checkCodes(data, categories.length);
  return new Categorical(data, categories, ordered);
}

function checkCodes(codes: Codes, categories: number): void {
  for (const code of codes) {
    if (code < -1 || code >= categories) throw corrupt(`category code ${code} is outside -1…${categories - 1}`);
  }
}

/** `IntegerArray`, `FloatingArray` and `BooleanArray`: values and a mask, as a state or as arguments. */
export function buildMasked({ state, args }: PyObject, builder: Builder): NullableArray {
  const fields = state === undefined ? undefined : fieldsOf(state, "the state of a pandas masked array");
  const values = columnOf(fields === undefined ? args[0] : fields.get("_data"), builder);
  const mask = columnOf(fields === undefined ? args[1] : fields.get("_mask"), builder);
  if (!(values instanceof DenseArray && mask instanceof DenseArray && mask.data instanceof Uint8Array)) {
    throw corrupt("a pandas masked array has no values or no mask");
  }
  if (mask.length !== values.length) throw corrupt("a pandas masked array has a mask of another length");
  return new NullableArray(values, mask.data);
}

/** `StringArray(values)`, which our writer makes; pandas' own comes as {@link buildBackedArray}. */
export function buildStringArray({ state, args }: PyObject, builder: Builder): Column {
  const data = state === undefined ? args[0] : fieldsOf(state, "the state of a pandas string array").get("_ndarray");
  const column = columnOf(data, builder);
  if (!(column instanceof StringArray)) throw corrupt("a pandas string array holds other objects");
  return column;
}

/** `ArrowStringArray`: strings in Arrow's memory layout. */
export function buildArrowStringArray({ state }: PyObject, builder: Builder): StringArray {
  const fields = fieldsOf(state, "the state of a pandas string array");
  return new StringArray(arrowStrings(fields.get("_pa_array") ?? fields.get("_data"), builder));
}
