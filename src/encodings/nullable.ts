/**
 * `nullable-integer`, `nullable-boolean` and `nullable-string-array` 0.1.0: values, and a mask that is true where one is missing.
 * `nullable-string` is what other writers call the last. Since 0.13, anndata notes in `na-value` how pandas calls missing strings.
 */
import { packBits } from "../elements/bitmap.js";
import { DenseArray } from "../elements/dense.js";
import type { LazyArray } from "../elements/lazy.js";
import { NullableArray } from "../elements/nullable.js";
import { type MissingText, StringArray } from "../elements/strings.js";
import type { AxisSelection } from "../selection/axis.js";
import type { GroupNode, ReadOptions, StoredValue } from "../storage/types.js";
import { defineEncoding, type Encoding } from "./define.js";
import { dtypeName, infoOf, sumBytes } from "./describe.js";
import { arrayOf, asGroup, corrupt, textAttribute } from "./member.js";
import { writeNullableNumbers, writeNullableStrings } from "./nullable-write.js";
import { arrayToWrite } from "./to-write.js";

async function openNullable(group: GroupNode, type: string): Promise<LazyArray> {
  const values = await arrayOf(group, "values");
  const mask = await arrayOf(group, "mask");
  if (values.shape.length !== mask.shape.length || values.shape.some((extent, d) => extent !== mask.shape[d])) {
    throw corrupt(group.path, `has values of shape [${values.shape}] and a mask of shape [${mask.shape}]`);
  }
  if (values.shape.length !== 1) throw corrupt(group.path, `has values of ${values.shape.length} dimensions, not one`);
  // Without the attribute, anndata reads strings with pd.NA.
  const na = textAttribute(group, "na-value") === "NaN" ? "NaN" : "NA";
  const read = async (rows: AxisSelection | undefined, options?: ReadOptions) => {
    const [stored, missing] = await Promise.all([values.read([rows], options), mask.read([rows], options)]);
    return join(stored, missing, na, group.path);
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

function join(values: StoredValue, mask: StoredValue, na: MissingText, path: string): NullableArray | StringArray {
  if (!(mask instanceof DenseArray) || (mask.dtype !== "bool" && mask.dtype !== "uint8" && mask.dtype !== "int8")) {
    throw corrupt(path, "has a mask that is not boolean");
  }
  const missing = Uint8Array.from(mask.data as ArrayLike<number>, (flag) => (flag === 0 ? 0 : 1));
  if (values instanceof StringArray) return withMissing(values, missing, na);
  if (values instanceof DenseArray) return new NullableArray(values, missing);
  throw corrupt(path, "has values that are neither numbers nor strings");
}

/** `texts` with null where `missing` is 1; UTF-8 is shared, not copied, where nothing lies below the missing ones. */
function withMissing(texts: StringArray, missing: Uint8Array, na: MissingText): StringArray {
  const { shape } = texts;
  if (texts.hasUtf8) {
    const { offsets, bytes } = texts.utf8();
    if (missing.every((flag, i) => flag === 0 || offsets[i] === offsets[i + 1])) {
      const validity = missing.includes(1) ? packBits(missing, true) : undefined;
      return StringArray.fromUtf8({ offsets, bytes, validity }, shape, na);
    }
  }
  const values = missing.includes(1) ? texts.values.map((text, i) => (missing[i] === 1 ? null : text)) : texts.values;
  return new StringArray(values, shape, na);
}

function nullable(type: string, write: Encoding["write"]): Encoding {
  return defineEncoding({
    type,
    versions: ["0.1.0"],
    open: async (node) => openNullable(asGroup(node, type), type),
    ...(write && { write }),
  });
}

const numbers =
  (type: string): NonNullable<Encoding["write"]> =>
  (group, name, element, context) =>
    writeNullableNumbers(group, name, arrayToWrite(element, type), context);
const strings: NonNullable<Encoding["write"]> = (group, name, element, context) =>
  writeNullableStrings(group, name, arrayToWrite(element, "nullable-string-array"), context);

/** Integers with missing values. */
export const nullableInteger = nullable("nullable-integer", numbers("nullable-integer"));
/** Booleans with missing values. */
export const nullableBoolean = nullable("nullable-boolean", numbers("nullable-boolean"));
/** Strings with missing values, which are null. */
export const nullableStringArray = nullable("nullable-string-array", strings);
/** The same under another name; written under the usual one. */
export const nullableString = nullable("nullable-string", strings);
