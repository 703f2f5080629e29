/** Categoricals from their two stored parts, wherever these lie. */
import { Categorical, type Categorical as CategoricalValue, type Codes } from "../elements/categorical.js";
import { DenseArray } from "../elements/dense.js";
import type { ElementInfo, LazyArray } from "../elements/lazy.js";
import { StringArray } from "../elements/strings.js";
import type { Value } from "../elements/values.js";
import type { AxisSelection } from "../selection/axis.js";
import type { ArrayNode, ReadOptions } from "../storage/types.js";
import { dtypeName, sumBytes } from "./describe.js";
import { corrupt } from "./member.js";

/** What a categorical is made of. */
export interface CodedParts {
  readonly codes: ArrayNode;
  readonly categories: LazyArray;
  readonly ordered: boolean;
  readonly info: ElementInfo;
}

/**
 * A lazy categorical: reads take the selected codes, and the categories once for all reads. Reading is `CORRUPT` where a code is outside
 * the categories or the parts are not one-dimensional.
 */
export function codedArray(parts: CodedParts): LazyArray {
  const { codes, categories, ordered, info } = parts;
  const { path } = info;
  let kept: Promise<StringArray | DenseArray> | undefined;
  const readCategories = (options?: ReadOptions): Promise<StringArray | DenseArray> => {
    kept ??= categories.read([], options).then((value) => categoriesOf(value, path));
    kept.catch(() => {
      kept = undefined;
    });
    return kept;
  };
  const read = async (rows: AxisSelection | undefined, options?: ReadOptions): Promise<CategoricalValue> => {
    const stored = await codes.read([rows], options);
    return new Categorical(codesOf(stored, path), await readCategories(options), ordered).validate(path);
  };
  return {
    kind: "lazy-array",
    info: { ...info, dtype: dtypeName(categories.dtype), shape: codes.shape, layout: codes.layout },
    shape: codes.shape,
    dtype: categories.dtype,
    sparse: null,
    read: (selection = [], options) => read(selection[0], options),
    storedBytes: (options) => sumBytes([codes.storedBytes?.(options), categories.storedBytes(options)]),
  };
}

function categoriesOf(value: Value, path: string): StringArray | DenseArray {
  if ((value instanceof StringArray || value instanceof DenseArray) && value.shape.length === 1) return value;
  throw corrupt(path, "has categories that are not a one-dimensional array of strings or numbers");
}

/** Stored codes of any integer type as the narrowest signed type that holds them; `CORRUPT` for other values. */
function codesOf(value: unknown, path: string): Codes {
  if (!(value instanceof DenseArray) || value.shape.length !== 1) {
    throw corrupt(path, "has codes that are not a one-dimensional array of integers");
  }
  const { data } = value;
  if (data instanceof Int8Array || data instanceof Int16Array || data instanceof Int32Array) return data;
  if (value.dtype === "uint8") return Int16Array.from(data as Uint8Array);
  if (value.dtype === "uint16") return Int32Array.from(data as Uint16Array);
  if (!["uint32", "int64", "uint64"].includes(value.dtype)) throw corrupt(path, `has codes of type ${value.dtype}`);
  const codes = new Int32Array(data.length);
  for (let i = 0; i < codes.length; i++) {
    codes[i] = Number(data[i]);
    if (codes[i] !== Number(data[i])) throw corrupt(path, `has the category code ${data[i]} at row ${i}`);
  }
  return codes;
}
