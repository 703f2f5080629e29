/** Tables, categoricals and masked columns as calls of pandas' public constructors, which pandas 1 to 3 all have. */
import { dtypeKind } from "../../dtype.js";
import type { Categorical } from "../../elements/categorical.js";
import type { DenseArray } from "../../elements/dense.js";
import type { Column, Frame } from "../../elements/frame.js";
import type { NullableArray } from "../../elements/nullable.js";
import type { StringArray } from "../../elements/strings.js";
import { AtsError } from "../../errors.js";
import { Op } from "../machine/opcodes.js";
import type { Emitter } from "./emitter.js";
import { emitDense, emitStrings, emitText, emitVector } from "./numpy.js";

function emitLabels(emitter: Emitter, array: DenseArray | StringArray): void {
  if (array.kind === "strings") emitStrings(emitter, array);
  else emitDense(emitter, array);
}

/** `Categorical.from_codes(codes, categories, ordered)`. */
export function emitCategorical(emitter: Emitter, { codes, categories, ordered }: Categorical): void {
  const bits = (codes.BYTES_PER_ELEMENT * 8) as 8 | 16 | 32;
  emitter.call(
    "pandas",
    "Categorical.from_codes",
    () => emitVector(emitter, `int${bits}`, codes),
    () => emitLabels(emitter, categories),
    () => emitter.boolean(ordered),
  );
}

const MASKED_CLASSES = { bool: "BooleanArray", int: "IntegerArray", uint: "IntegerArray", float: "FloatingArray" };

/** `pandas.arrays.IntegerArray(values, mask)` and its like; `UNSUPPORTED` for types that pandas has no masked array of. */
export function emitNullable(emitter: Emitter, { values, mask }: NullableArray): void {
  const kind = dtypeKind(values.dtype);
  if (kind === "complex" || values.dtype === "float16") {
    throw new AtsError(
      "UNSUPPORTED",
      `pandas has no column of ${values.dtype} with missing values; convert it to float64 first.`,
    );
  }
  emitter.call(
    "pandas.arrays",
    MASKED_CLASSES[kind],
    () => emitDense(emitter, values),
    () => emitVector(emitter, "bool", mask),
  );
}

function emitColumn(emitter: Emitter, name: string, column: Column): void {
  if (column.kind === "categorical") emitCategorical(emitter, column);
  else if (column.kind === "nullable") emitNullable(emitter, column);
  else if (column.kind !== "arrow") emitLabels(emitter, column);
  else throw arrowColumn(name);
}

function arrowColumn(name: string): AtsError {
  return new AtsError(
    "UNSUPPORTED",
    `Column "${name}" has an Arrow type that cannot be pickled; store the table as Parquet, or convert the column to text or numbers.`,
  );
}

/** `DataFrame({name: column, …}, Index(labels, None, False, name))`. */
export function emitFrame(emitter: Emitter, { index, indexName, columns }: Frame): void {
  const emitColumns = () => {
    emitter.op(Op.EMPTY_DICT);
    emitter.batches(columns, Op.SETITEMS, ([name, column]) => {
      emitter.text(name);
      emitColumn(emitter, name, column);
    });
  };
  const emitIndex = () => {
    emitter.call(
      "pandas",
      "Index",
      () => emitColumn(emitter, indexName ?? "index", index),
      () => emitter.none(),
      () => emitter.boolean(false),
      () => emitText(emitter, indexName),
    );
  };
  emitter.call("pandas", "DataFrame", emitColumns, emitIndex);
}
