/** Attributes as h5py writes them: text as UTF-8 of any length, integers as int64, a bool as an enumeration, null as an empty data space. */
import { AtsError } from "../errors.js";
import type { Hdf5AttributeSpec } from "../native/hdf5-writer.js";
import type { Attributes, AttributeValue } from "./types.js";

type Kind = Hdf5AttributeSpec["kind"];
type Plain = string | number | bigint | boolean;

const INT64_END = 2n ** 63n;

/**
 * What the native writer is told of `attributes` of the object at `path`. `UNSUPPORTED`, naming `path`, for values that HDF5 has no attribute
 * for: objects, lists of lists of different lengths or of different types, integers beyond 64 bits.
 */
export function attributeSpecs(attributes: Attributes, path: string): Hdf5AttributeSpec[] {
  return Object.entries(attributes).map(([name, value]) => {
    const flat: Plain[] = [];
    const shape = flatten(value, flat);
    const kind = value === null ? "null" : shape && kindOf(flat);
    if (shape === undefined || kind === undefined) {
      throw new AtsError("UNSUPPORTED", `${path}: the attribute ${JSON.stringify(name)} has no form in HDF5.`, {
        path,
      });
    }
    return { name, kind, shape, values: flat.map((one) => (kind === "string" || kind === "bool" ? one : text(one))) };
  }) as Hdf5AttributeSpec[];
}

/** Appends the values of `value` to `flat` in C order; gives its shape, or undefined where it is no rectangle of plain values. */
function flatten(value: AttributeValue, flat: Plain[]): number[] | undefined {
  if (value === null) return [];
  if (!Array.isArray(value)) {
    if (typeof value === "object") return undefined;
    flat.push(value);
    return [];
  }
  const shapes = value.map((one: AttributeValue) => (one === null ? undefined : flatten(one, flat)));
  const inner = shapes.length === 0 ? [] : shapes[0];
  if (inner === undefined || shapes.some((shape) => String(shape) !== String(inner) || shape === undefined))
    return undefined;
  return [value.length, ...inner];
}

/** The one kind of all values: an empty list is numpy's, of float64. */
function kindOf(values: readonly Plain[]): Kind | undefined {
  const all = (test: (value: Plain) => boolean) => values.every(test);
  if (values.length === 0) return "float64";
  if (all((value) => typeof value === "string")) return "string";
  if (all((value) => typeof value === "boolean")) return "bool";
  if (all(isInteger)) {
    if (all((value) => BigInt(value) >= -INT64_END && BigInt(value) < INT64_END)) return "int64";
    return all((value) => BigInt(value) >= 0n && BigInt(value) < 2n * INT64_END) ? "uint64" : undefined;
  }
  return all((value) => typeof value === "number") ? "float64" : undefined;
}

function isInteger(value: Plain): value is bigint | number {
  return typeof value === "bigint" || (Number.isSafeInteger(value) && !Object.is(value, -0));
}

/** JavaScript's shortest decimal that gives the same number; the native side knows NaN and Infinity by these names. */
function text(value: Plain): string {
  return Object.is(value, -0) ? "-0" : String(value);
}
