/** Comparisons of numeric columns with literals, a whole column at a time and without an object per value. */
import { type DType, dtypeKind } from "../dtype.js";
import type { DenseArray } from "../elements/dense.js";
import { halfToNumber } from "../elements/half.js";
import { AtsError } from "../errors.js";
import { OUTCOMES } from "./ordering.js";
import type { Comparison, Literal } from "./predicate.js";
import { fromTest, TRUE, type Truth } from "./tri-state.js";
import { compareWide, isInWide, isWide } from "./wide.js";

type NumberArray = Exclude<DenseArray["data"], BigInt64Array | BigUint64Array> | Float64Array;

/** Compares every value with `literal`. NaN is unequal to everything. `INVALID_ARGUMENT` where the types do not compare. */
export function compareNumbers(array: DenseArray, comparison: Comparison, literal: Literal, name: string): Truth {
  const value = numericLiteral(array.dtype, literal, name);
  if (isWide(array.data)) return compareWide(array.data, comparison, value);
  const bound = array.dtype === "float32" ? Math.fround(Number(value)) : Number(value);
  return compareEach(numbersOf(array), comparison, bound);
}

/** Whether every value is one of `literals`; null stands for NaN. */
export function isInNumbers(array: DenseArray, literals: readonly (Literal | null)[], name: string): Truth {
  const present = literals.filter((literal) => literal !== null);
  const values = present.map((literal) => numericLiteral(array.dtype, literal, name));
  if (isWide(array.data)) return isInWide(array.data, values);
  const narrow = array.dtype === "float32" ? Math.fround : (value: number) => value;
  const wanted = new Set(values.map((value) => narrow(Number(value))));
  if (present.length < literals.length) wanted.add(Number.NaN);
  const data = numbersOf(array);
  return fromTest(data.length, (i) => wanted.has(data[i] as number));
}

/** Where a column of floats is NaN. */
export function isNaNTruth(array: DenseArray): Truth {
  if (dtypeKind(array.dtype) !== "float") return new Uint8Array(array.length);
  const data = numbersOf(array);
  return fromTest(data.length, (i) => Number.isNaN(data[i]));
}

function compareEach(data: NumberArray, comparison: Comparison, bound: number): Truth {
  const outcomes = Uint8Array.from(OUTCOMES[comparison]);
  const truth = new Uint8Array(data.length);
  for (let i = 0; i < data.length; i++) {
    const value = data[i] as number;
    truth[i] = outcomes[value < bound ? 0 : value === bound ? 1 : value > bound ? 2 : 3] as number;
  }
  return truth;
}

/** The values as numbers; half floats are widened. */
function numbersOf(array: DenseArray): NumberArray {
  if (array.dtype === "float16" || array.dtype === "bfloat16")
    return halfToNumber(array.dtype, array.data as NumberArray);
  return array.data as NumberArray;
}

/** A literal that compares with `dtype`; `INVALID_ARGUMENT` says what to pass instead. */
function numericLiteral(dtype: DType, literal: Literal, name: string): number | bigint {
  const kind = dtypeKind(dtype);
  if (kind !== "complex") {
    if (typeof literal === "number" || typeof literal === "bigint") return literal;
    if (typeof literal === "boolean" && kind === "bool") return literal ? 1 : 0;
  }
  const shown = typeof literal === "string" ? JSON.stringify(literal) : String(literal);
  const wanted = kind === "bool" ? "true or false" : kind === "complex" ? "another column" : "a number";
  throw new AtsError(
    "INVALID_ARGUMENT",
    `Column "${name}" holds ${dtype} and is compared with ${shown}; pass ${wanted}.`,
    { path: name },
  );
}

/** The rows of a column of booleans that are true. `INVALID_ARGUMENT` for another column. */
export function truthOf(array: DenseArray, name: string): Truth {
  if (array.dtype !== "bool") {
    throw new AtsError(
      "INVALID_ARGUMENT",
      `Column "${name}" holds ${array.dtype}, not booleans; compare it with a value.`,
      {
        path: name,
      },
    );
  }
  const { data } = array;
  const truth = new Uint8Array(data.length);
  for (let i = 0; i < data.length; i++) if (data[i] !== 0) truth[i] = TRUE;
  return truth;
}
