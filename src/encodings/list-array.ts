/** Lists as the arrays that numpy makes of them, as anndata writes lists. */
import { allocate, type DType, dtypeKind, lanes } from "../dtype.js";
import { DenseArray } from "../elements/dense.js";
import { halfToNumber } from "../elements/half.js";
import { StringArray } from "../elements/strings.js";
import type { Value } from "../elements/values.js";
import { AtsError } from "../errors.js";
import { numberArray } from "./single-write.js";

type Leaf = DenseArray | string | null;

/**
 * The array of a list: nested lists of equal lengths make dimensions; numbers have the type that holds all of them (an empty list: float64); strings make
 * a string array, in which null is a missing one. Numbers among strings become text, as in numpy, and `warn` is told. `UNSUPPORTED` for lists
 * of other things or of unequal lengths.
 */
export function listArray(
  list: readonly Value[],
  path: string,
  warn: (message: string) => void,
): DenseArray | StringArray {
  const shape = shapeOf(list);
  const leaves: Leaf[] = [];
  collect(list, shape, 0, leaves, path);
  if (!leaves.some((leaf) => typeof leaf === "string" || leaf === null)) return numbers(leaves as DenseArray[], shape);
  const texts = leaves.map((leaf) => (leaf instanceof DenseArray ? numberText(leaf) : leaf));
  if (texts.every((text, i) => text === leaves[i])) {
    if (!texts.some((text) => text !== null)) throw refuse(path, "holds nothing but null");
    return new StringArray(texts, shape);
  }
  if (texts.includes(null) || leaves.includes(null)) throw refuse(path, "mixes numbers and null");
  warn(`${path} is a list of numbers and strings: AnnData keeps all of them as strings.`);
  return new StringArray(texts, shape);
}

function shapeOf(list: readonly Value[]): number[] {
  const shape: number[] = [];
  for (let at: Value = list as Value[]; Array.isArray(at); at = at[0] as Value) {
    shape.push(at.length);
    if (at.length === 0 || shape.length > 32) break;
  }
  return shape;
}

function collect(list: readonly Value[], shape: readonly number[], depth: number, into: Leaf[], path: string): void {
  if (list.length !== shape[depth]) throw refuse(path, "holds lists of unequal lengths");
  for (const entry of list) {
    if (depth + 1 < shape.length) {
      if (!Array.isArray(entry)) throw refuse(path, "mixes lists and single values");
      collect(entry, shape, depth + 1, into, path);
    } else into.push(leafOf(entry, path));
  }
}

function leafOf(entry: Value, path: string): Leaf {
  if (typeof entry === "string" || entry === null) return entry;
  const number = numberArray(entry);
  if (number === undefined) throw refuse(path, "holds more than numbers of at most 64 bits and strings");
  return number;
}

function refuse(path: string, what: string): AtsError {
  const fix = "make it an array, or a dict of its entries";
  return new AtsError("UNSUPPORTED", `${path} is a list that ${what}, which AnnData cannot keep; ${fix}.`, { path });
}

function numbers(leaves: readonly DenseArray[], shape: readonly number[]): DenseArray {
  const dtype = leaves.map((leaf) => leaf.dtype).reduce<DType | undefined>(common, undefined) ?? "float64";
  const data = allocate(dtype, leaves.length);
  const width = lanes(dtype);
  leaves.forEach((leaf, i) => {
    const values = leaf.dtype === dtype ? leaf.data : plainNumbers(leaf);
    for (let lane = 0; lane < lanes(leaf.dtype); lane++) put(data, i * width + lane, values[lane] as number | bigint);
  });
  return new DenseArray(dtype, shape, data);
}

/** The values as numbers: those of 16-bit floats may be kept as bits. */
function plainNumbers({ dtype, data }: DenseArray): ArrayLike<number | bigint> {
  return dtype === "float16" || dtype === "bfloat16" ? halfToNumber(dtype, data as Uint16Array) : data;
}

function put(data: DenseArray["data"], at: number, value: number | bigint): void {
  const wide = data instanceof BigInt64Array || data instanceof BigUint64Array;
  (data as { [i: number]: number | bigint })[at] = wide ? BigInt(value) : Number(value);
}

const KINDS = ["bool", "uint", "int", "float", "complex"] as const;

/** The type that holds values of both, as numpy promotes them, but for narrow types: they go to the widest of their kind. */
function common(a: DType | undefined, b: DType): DType {
  if (a === undefined || a === b) return b;
  const [kindA, kindB] = [dtypeKind(a), dtypeKind(b)];
  if (kindA !== kindB && [kindA, kindB].sort().join() === "int,uint" && (a === "uint64" || b === "uint64")) {
    return "float64";
  }
  const widest = { bool: "bool", uint: "uint64", int: "int64", float: "float64", complex: "complex128" } as const;
  const kind = KINDS[Math.max(KINDS.indexOf(kindA), KINDS.indexOf(kindB))] as (typeof KINDS)[number];
  return widest[kind];
}

/** As Python prints the number. */
function numberText(number: DenseArray): string {
  const [value] = Array.from(plainNumbers(number));
  if (number.dtype === "bool") return value === 0 ? "False" : "True";
  const text = String(value);
  if (dtypeKind(number.dtype) !== "float") return text;
  return /^-?\d+$/.test(text) ? `${text}.0` : (PYTHON_NAMES[text] ?? text);
}

const PYTHON_NAMES: Readonly<Record<string, string>> = { NaN: "nan", Infinity: "inf", "-Infinity": "-inf" };
