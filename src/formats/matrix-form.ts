/** In which form a matrix of observations and variables is written: `WriteOptions.x`, `canonical` and `dtype`. */
import type { LazyArray, LazyElement } from "../elements/lazy.js";
import { asCsr } from "../encodings/as-compressed.js";
import type { WriteContext } from "../encodings/define.js";
import { asDual } from "../encodings/sparse-dual.js";
import type { GroupWriter } from "../storage/types.js";
import { isMatrix, withValues } from "./matrix-values.js";
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

/** Writes X, raw's X or a layer in the form that `options` ask for; as it is where they ask for none, and where it is no matrix of numbers. */
export async function writeMatrix(
  group: GroupWriter,
  name: string,
  element: LazyElement,
  context: WriteContext,
  options: WriteOptions,
): Promise<void> {
  if (!isMatrix(element)) return context.write(group, name, element);
  const path = group.path === "" ? name : `${group.path}/${name}`;
  await FORMS[options.x ?? "keep"](group, name, await withValues(element, path, options), context);
}
