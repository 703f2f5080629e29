/** Generated sparse matrices, unsorted and with duplicates, and a slow, obvious answer to compare with. */
import * as fc from "fast-check";
import { type ArrayFor, allocate, type DType } from "../../src/dtype.js";
import type { IndexArray, SparseKind, SparseParts } from "../../src/kernels/index.js";
import type { AxisSelection } from "../../src/selection/axis.js";

/** Stored entries, as rows of [row, column, value]. */
type Triples = readonly (readonly [number, number, number])[];

/** A compressed matrix of `triples` in the order that they come in. */
export function fromTriples<D extends DType>(
  kind: SparseKind,
  dtype: D,
  shape: readonly [number, number],
  triples: Triples,
  wide = false,
): SparseParts<D> {
  const axis = kind === "csr" ? 0 : 1;
  const groups = Array.from({ length: shape[axis] }, (): (readonly [number, number])[] => []);
  for (const [row, column, value] of triples)
    groups[axis === 0 ? row : column]!.push([axis === 0 ? column : row, value]);
  const entries = groups.flat();
  const data = allocate(dtype, entries.length);
  const big = data instanceof BigInt64Array || data instanceof BigUint64Array;
  for (const [i, [, value]] of entries.entries()) data[i] = big ? BigInt(value) : value;
  const starts = [0];
  for (const group of groups) starts.push((starts.at(-1) as number) + group.length);
  return {
    kind,
    dtype,
    shape,
    data,
    indices: integers(
      entries.map(([index]) => index),
      wide,
    ),
    indptr: integers(starts, wide),
  };
}

/** An index array of 32 or 64 bits. */
export function integers(values: readonly number[], wide: boolean): IndexArray {
  return wide ? BigInt64Array.from(values, BigInt) : Int32Array.from(values);
}

/** The dense rows of a matrix, entry by entry, duplicates summed. Exact for whole values. */
export function denseRows(matrix: SparseParts): number[][] {
  const rows = Array.from({ length: matrix.shape[0] }, () => Array<number>(matrix.shape[1]).fill(0));
  for (let major = 0; major + 1 < matrix.indptr.length; major++) {
    for (let k = Number(matrix.indptr[major]); k < Number(matrix.indptr[major + 1]); k++) {
      const minor = Number(matrix.indices[k]);
      const [row, column] = matrix.kind === "csr" ? [major, minor] : [minor, major];
      rows[row]![column]! += Number(matrix.data[k]);
    }
  }
  return rows;
}

/** A flat C-order array as rows of numbers. */
export function toRows(data: ArrayFor<DType>, columns: number, rows: number): number[][] {
  return Array.from({ length: rows }, (_, i) =>
    Array.from(data.subarray(i * columns, (i + 1) * columns) as Iterable<number | bigint>, Number),
  );
}

/** Element types whose values JavaScript shows as numbers. */
const DTYPES: readonly DType[] = [
  "int8",
  "uint8",
  "int16",
  "uint16",
  "int32",
  "uint32",
  "int64",
  "uint64",
  "float32",
  "float64",
];

/** Small matrices of every layout, element type and index width, empty axes included. */
export const sparseMatrices: fc.Arbitrary<SparseParts> = fc
  .record({
    kind: fc.constantFrom<SparseKind>("csr", "csc"),
    dtype: fc.constantFrom(...DTYPES),
    shape: fc.tuple(fc.nat(9), fc.nat(9)),
    wide: fc.boolean(),
  })
  .chain(({ kind, dtype, shape, wide }) => {
    const empty = shape[0] === 0 || shape[1] === 0;
    const entry = fc.tuple(
      fc.nat(Math.max(0, shape[0] - 1)),
      fc.nat(Math.max(0, shape[1] - 1)),
      fc.integer({ min: 1, max: 5 }),
    );
    return fc
      .array(entry, { maxLength: empty ? 0 : 40 })
      .map((triples) => fromTriples(kind, dtype, shape, triples, wide));
  });

/** Selections of an axis: ranges with either sign of step, positions with duplicates in both of their types, none. */
export function selections(length: number): fc.Arbitrary<AxisSelection | undefined> {
  const position = fc.nat(Math.max(0, length - 1));
  const positions = fc.array(position, { maxLength: length === 0 ? 0 : 12 }).chain((list) =>
    fc.boolean().map(
      (exact): AxisSelection => ({
        kind: "positions",
        positions: exact ? Float64Array.from(list) : Int32Array.from(list),
        count: list.length,
      }),
    ),
  );
  const range = fc
    .record({ start: position, step: fc.integer({ min: -3, max: 3 }).filter((step) => step !== 0), count: fc.nat(12) })
    .map(({ start, step, count }): AxisSelection => {
      const room = step > 0 ? Math.ceil((length - start) / step) : Math.ceil((start + 1) / -step);
      return { kind: "range", start, step, count: length === 0 ? 0 : Math.min(count, room) };
    });
  return fc.oneof(positions, range, fc.constant(undefined));
}
