/** Plain JavaScript (and Python) values as values that AnnData has an encoding for. */
import type { LazyElement } from "../elements/lazy.js";
import { lazyFromValue } from "../elements/memory.js";
import { emptyDict, type Value } from "../elements/values.js";
import { AtsError } from "../errors.js";
import { listArray } from "./list-array.js";

/** What becomes of a value that is no encoding's by itself, by what `ElementInfo.encoding` calls it. */
const CONVERSIONS: Readonly<Record<string, (value: never, path: string, warn: (message: string) => void) => Value>> = {
  list: listArray,
  map: mapDict,
  tuple: (_: Value, path) => refuse(path, "is a tuple, which AnnData cannot keep; make it a list or an array"),
  set: (_: Value, path) => refuse(path, "is a set, which AnnData cannot keep; make it a list or an array"),
};

/** Whether a value of that name has to be converted. */
export function needsConversion(encoding: string): boolean {
  return Object.hasOwn(CONVERSIONS, encoding);
}

/**
 * The element that is written for `value`, which `encoding` names, at `path`: a list as the array that numpy makes of it, a Map whose keys are strings as a
 * dict. `UNSUPPORTED` for what anndata refuses too: tuples, sets, other Maps, lists that are no array.
 */
export function storable(value: Value, encoding: string, path: string, warn: (message: string) => void): LazyElement {
  return lazyFromValue(CONVERSIONS[encoding]?.(value as never, path, warn) ?? value, path);
}

function mapDict(map: Map<Value, Value>, path: string): Value {
  const dict = emptyDict();
  for (const [key, value] of map) {
    if (typeof key !== "string") return refuse(path, "is a dict whose keys are not all strings; make them strings");
    dict[key] = value;
  }
  return dict;
}

function refuse(path: string, what: string): never {
  throw new AtsError("UNSUPPORTED", `${path} ${what}.`, { path });
}
