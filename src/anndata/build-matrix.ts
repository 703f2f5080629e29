/** Matrices from what callers have in memory. */
import type { Table } from "apache-arrow";
import { type DType, dtypeOf, type TypedArray } from "../dtype.js";
import { arrowToFrame } from "../elements/arrow.js";
import { DenseArray } from "../elements/dense.js";
import type { MemoryArrayValue } from "../elements/memory.js";
import { CscMatrix, CsrMatrix, type SparseIndices } from "../elements/sparse.js";
import { isArrayValue, type Value } from "../elements/values.js";
import { AtsError } from "../errors.js";

/** A dense array: values in C order. `dtype` is told from the typed array unless given (bool, complex, 16-bit floats). */
export interface DenseInput {
  readonly data: TypedArray;
  readonly shape: readonly number[];
  readonly dtype?: DType | undefined;
}

/** A compressed sparse matrix with scipy's names. */
export interface SparseInput {
  readonly format: "csr" | "csc";
  readonly data: TypedArray;
  readonly indices: SparseIndices;
  readonly indptr: SparseIndices;
  readonly shape: readonly [number, number];
  readonly dtype?: DType | undefined;
}

/** A matrix as a caller gives it. */
export type MatrixInput = MemoryArrayValue | DenseInput | SparseInput;

/** A matrix of ours. `INVALID_ARGUMENT` for what is none. */
export function matrixFrom(path: string, input: MatrixInput | null | undefined): MemoryArrayValue | null {
  if (input === null || input === undefined) return null;
  if (isArrayValue(input)) return input as MemoryArrayValue;
  if (isSparseInput(input)) return sparseFrom(path, input);
  if (isDenseInput(input)) {
    return new DenseArray(input.dtype ?? dtypeOf(input.data), input.shape, input.data as never);
  }
  throw new AtsError(
    "INVALID_ARGUMENT",
    `${path} is no matrix; pass { data, shape }, { format, data, indices, indptr, shape } or a matrix of this package.`,
    { path },
  );
}

/** A member of a map: a matrix, a table, or a value as it is. */
export function memberFrom(path: string, input: unknown): Value {
  if (isSparseInput(input) || isDenseInput(input)) return matrixFrom(path, input as MatrixInput) as Value;
  return isArrowTable(input) ? arrowToFrame(input) : (input as Value);
}

/** Whether `value` is an Arrow table, also of another copy of apache-arrow. */
export function isArrowTable(value: unknown): value is Table {
  const table = value as { schema?: { fields?: unknown }; getChildAt?: unknown } | null;
  return typeof value === "object" && Array.isArray(table?.schema?.fields) && typeof table?.getChildAt === "function";
}

function isDenseInput(value: unknown): value is DenseInput {
  const input = value as Partial<DenseInput> | null;
  return isPlain(value) && ArrayBuffer.isView(input?.data) && Array.isArray(input?.shape);
}

function isSparseInput(value: unknown): value is SparseInput {
  const input = value as Partial<SparseInput> | null;
  return isPlain(value) && ArrayBuffer.isView(input?.data) && ArrayBuffer.isView(input?.indptr);
}

function isPlain(value: unknown): boolean {
  return typeof value === "object" && value !== null && !isArrayValue(value);
}

function sparseFrom(path: string, input: SparseInput): CsrMatrix | CscMatrix {
  const { format, data, indices, indptr, shape, dtype = dtypeOf(data) } = input;
  if (format !== "csr" && format !== "csc") {
    throw new AtsError("INVALID_ARGUMENT", `${path} has the format ${String(format)}; pass "csr" or "csc".`, { path });
  }
  const major = shape[format === "csr" ? 0 : 1];
  const stored = Number(indptr[indptr.length - 1]);
  if (indptr.length !== major + 1 || stored !== indices.length) {
    throw new AtsError(
      "INVALID_ARGUMENT",
      `${path} needs an indptr of ${major + 1} entries that ends at ${indices.length}; it has ${indptr.length} and ends at ${stored}.`,
      { path },
    );
  }
  return new (format === "csr" ? CsrMatrix : CscMatrix)(dtype, shape, data as never, indices, indptr);
}
