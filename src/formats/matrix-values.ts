/** Which values matrices are written with: `WriteOptions.canonical` and `dtype`. */

import { DTYPES, isDType } from "../dtype.js";
import { type LazyArray, type LazyElement, type NumericArray, numericDType } from "../elements/lazy.js";
import { asCanonical } from "../encodings/as-canonical.js";
import { asDType } from "../encodings/as-dtype.js";
import { DEFAULT_MEMORY } from "../encodings/block-stream.js";
import { narrowestType } from "../encodings/narrowest.js";
import { AtsError } from "../errors.js";
import type { AnnDataElements, ValueType, WriteOptions } from "./types.js";

/** The matrices of observations and variables of `elements`, by path: what `dtype` and `x` speak of. */
function matricesOf({ X, raw, layers }: AnnDataElements): Map<string, NumericArray> {
  const found: [string, LazyElement | null][] = [
    ["X", X],
    ["raw/X", raw?.X ?? null],
    ...[...layers].map(([key, layer]): [string, LazyElement] => [`layers/${key}`, layer]),
  ];
  return new Map(found.filter((entry): entry is [string, NumericArray] => isMatrix(entry[1])));
}

/** Whether `element` is a matrix of numbers. */
export function isMatrix(element: LazyElement | null): element is NumericArray {
  return element?.kind === "lazy-array" && element.shape.length === 2 && numericDType(element) !== undefined;
}

function typeFor(path: string, { dtype }: Pick<WriteOptions, "dtype">): ValueType | undefined {
  if (typeof dtype !== "object") return dtype;
  return Object.hasOwn(dtype, path) ? dtype[path] : undefined;
}

/**
 * Refuses `options.dtype` before anything is written: `INVALID_ARGUMENT` for a name that is no type, a path that is none of a matrix, and a type
 * that is complex where the matrix is not, or the other way round.
 */
export function checkValueTypes(elements: AnnDataElements, options: Pick<WriteOptions, "dtype">): void {
  const { dtype } = options;
  if (dtype === undefined) return;
  const matrices = matricesOf(elements);
  const named = typeof dtype === "object" ? Object.keys(dtype) : [];
  for (const path of named) {
    if (matrices.has(path)) continue;
    const there = [...matrices.keys()].join(", ") || "none";
    throw new AtsError("INVALID_ARGUMENT", `dtype: ${path} is no matrix of numbers here; those are ${there}.`, {
      path,
    });
  }
  for (const type of typeof dtype === "object" ? Object.values(dtype) : [dtype]) {
    if (type === "narrowest" || isDType(type)) continue;
    const names = ["narrowest", ...DTYPES].join(", ");
    throw new AtsError("INVALID_ARGUMENT", `dtype: "${type}" is no type of values; take one of ${names}.`);
  }
  for (const [path, matrix] of matrices) {
    const type = typeFor(path, options);
    if (type !== undefined && type !== "narrowest") asDType(matrix, type);
  }
}

/** `source`, which is written as `path`, with values as the options ask for them. Errors as those of reading it, for `narrowest`. */
export async function withValues(source: NumericArray, path: string, options: WriteOptions): Promise<LazyArray> {
  const type = typeFor(path, options);
  const matrix = (options.canonical ? asCanonical(source) : source) as NumericArray;
  if (type === undefined) return matrix;
  if (type !== "narrowest") return asDType(matrix, type);
  const { memory = DEFAULT_MEMORY, onProgress, signal } = options;
  const onBytes =
    onProgress && ((done: number, total: number) => onProgress({ element: `type of ${path}`, done, total }));
  return asDType(matrix, await narrowestType(matrix, { memory, onBytes, signal }));
}
