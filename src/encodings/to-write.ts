/** What is to be written, as the kind of element that an encoding needs. */
import type { DType } from "../dtype.js";
import type { LazyArray, LazyDict, LazyElement, LazyFrame } from "../elements/lazy.js";
import { AtsError } from "../errors.js";

type OfKind<K extends LazyElement["kind"]> = Extract<LazyElement, { kind: K }>;

function ofKind<K extends LazyElement["kind"]>(element: LazyElement, kind: K, encoding: string): OfKind<K> {
  if (element.kind === kind) return element as OfKind<K>;
  throw unfit(element, encoding, `is ${NAMES[element.kind]}`);
}

const NAMES = {
  "lazy-array": "an array",
  "lazy-frame": "a data frame",
  "lazy-dict": "a dict",
  "lazy-value": "a single value",
};

/** `INVALID_ARGUMENT`: `element` cannot be written as `encoding`, because of `what`, which follows its path. */
export function unfit(element: LazyElement, encoding: string, what: string): AtsError {
  const { path } = element.info;
  return new AtsError("INVALID_ARGUMENT", `${path} ${what}, so it cannot be written as ${encoding}.`, { path });
}

/** `element` as an array; `INVALID_ARGUMENT` where it is something else, as in all functions here. */
export function arrayToWrite(element: LazyElement, encoding: string): LazyArray {
  return ofKind(element, "lazy-array", encoding);
}

/** `element` as a data frame. */
export function frameToWrite(element: LazyElement, encoding: string): LazyFrame {
  return ofKind(element, "lazy-frame", encoding);
}

/** `element` as a dict. */
export function dictToWrite(element: LazyElement, encoding: string): LazyDict {
  return ofKind(element, "lazy-dict", encoding);
}

/** The type of the numbers of `source`. */
export function numericType(source: LazyArray, encoding: string): DType {
  if (typeof source.dtype === "string" && source.dtype !== "string") return source.dtype;
  throw unfit(source, encoding, "holds no numbers");
}
