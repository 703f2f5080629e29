/** In which form a matrix of observations and variables is written: `WriteOptions.x`. */
import type { LazyArray, LazyElement } from "../elements/lazy.js";
import { asCsr } from "../encodings/as-compressed.js";
import type { WriteContext } from "../encodings/define.js";
import { asDual } from "../encodings/sparse-dual.js";
import type { GroupWriter } from "../storage/types.js";
import type { WriteOptions } from "./types.js";

type Form = (group: GroupWriter, name: string, matrix: LazyArray, context: WriteContext) => Promise<void>;

const keep: Form = (group, name, matrix, context) => context.write(group, name, matrix);

const FORMS: Readonly<Record<NonNullable<WriteOptions["x"]>, Form>> = {
  keep,
  dense: (group, name, matrix, context) =>
    matrix.sparse === null ? keep(group, name, matrix, context) : context.write(group, name, matrix, "array"),
  sparse: (group, name, matrix, context) => keep(group, name, matrix.sparse === null ? asCsr(matrix) : matrix, context),
  dual: (group, name, matrix, context) => keep(group, name, asDual(matrix), context),
};

/** Writes X, raw's X or a layer in the form `x`; `keep` where none is asked for. What is no matrix of numbers is kept as it is. */
export async function writeMatrix(
  group: GroupWriter,
  name: string,
  element: LazyElement,
  context: WriteContext,
  x: WriteOptions["x"] = "keep",
): Promise<void> {
  const matrix = element.kind === "lazy-array" && element.shape.length === 2 && isNumeric(element);
  await (matrix ? FORMS[x](group, name, element, context) : context.write(group, name, element));
}

function isNumeric({ dtype }: LazyArray): boolean {
  return typeof dtype === "string" && dtype !== "string";
}
