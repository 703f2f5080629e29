/**
 * `nullable-integer`, `nullable-boolean` and `nullable-string-array` 0.1.0: values, and a mask that is true where one is missing.
 * `nullable-string` is what other writers call the last.
 */
import { DenseArray } from "../elements/dense.js";
import type { LazyArray } from "../elements/lazy.js";
import { NullableArray } from "../elements/nullable.js";
import { StringArray } from "../elements/strings.js";
import type { AxisSelection } from "../selection/axis.js";
import type { GroupNode, ReadOptions, StoredValue } from "../storage/types.js";
import { defineEncoding, type Encoding } from "./define.js";
import { dtypeName, infoOf, sumBytes } from "./describe.js";
import { arrayOf, asGroup, corrupt } from "./member.js";

async function openNullable(group: GroupNode, type: string): Promise<LazyArray> {
  const values = await arrayOf(group, "values");
  const mask = await arrayOf(group, "mask");
  if (values.shape.length !== 1 || mask.shape.length !== 1 || values.shape[0] !== mask.shape[0]) {
    throw corrupt(group.path, `has values of shape [${values.shape}] and a mask of shape [${mask.shape}]`);
  }
  const read = async (rows: AxisSelection | undefined, options?: ReadOptions) => {
    const [stored, missing] = await Promise.all([values.read([rows], options), mask.read([rows], options)]);
    return join(stored, missing, group.path);
  };
  return {
    kind: "lazy-array",
    info: infoOf(group, type, "0.1.0", { dtype: dtypeName(values.dtype), shape: values.shape, layout: values.layout }),
    shape: values.shape,
    dtype: values.dtype,
    sparse: null,
    read: (selection = [], options) => read(selection[0], options),
    storedBytes: (options) => sumBytes([values.storedBytes?.(options), mask.storedBytes?.(options)]),
  };
}

function join(values: StoredValue, mask: StoredValue, path: string): NullableArray | StringArray {
  if (!(mask instanceof DenseArray) || (mask.dtype !== "bool" && mask.dtype !== "uint8" && mask.dtype !== "int8")) {
    throw corrupt(path, "has a mask that is not boolean");
  }
  const missing = Uint8Array.from(mask.data as ArrayLike<number>, (flag) => (flag === 0 ? 0 : 1));
  if (values instanceof StringArray) {
    return new StringArray(values.values.map((text, i) => (missing[i] === 1 ? null : text)));
  }
  if (values instanceof DenseArray) return new NullableArray(values, missing);
  throw corrupt(path, "has values that are neither numbers nor strings");
}

function nullable(type: string): Encoding {
  return defineEncoding({ type, versions: ["0.1.0"], open: async (node) => openNullable(asGroup(node, type), type) });
}

/** Opens integers with missing values. */
export const nullableInteger = nullable("nullable-integer");
/** Opens booleans with missing values. */
export const nullableBoolean = nullable("nullable-boolean");
/** Opens strings with missing values, which are null. */
export const nullableStringArray = nullable("nullable-string-array");
/** The same under another name. */
export const nullableString = nullable("nullable-string");
