/** Coordinate lists to compressed rows. */
import { allocate, type DType, dtypeKind, lanes } from "../../dtype.js";
import type { DenseArray } from "../../elements/dense.js";
import { CsrMatrix, type SparseIndices } from "../../elements/sparse.js";
import { corrupt, unsupported } from "../failures.js";
import { checkPositions } from "./sparse-check.js";

/** Row, column and value of every entry. */
export interface Coordinates {
  readonly rows: SparseIndices;
  readonly columns: SparseIndices;
  readonly values: DenseArray;
}

type Numbers = { [index: number]: number | bigint };

/** Rows in order, columns ascending within each, values of repeated places added (booleans: or-ed). */
export function cooToCsr(shape: readonly [number, number], { rows, columns, values }: Coordinates): CsrMatrix {
  const nnz = values.length;
  if (rows.length !== nnz || columns.length !== nnz)
    throw corrupt("a sparse matrix has unequal rows, columns and values");
  checkPositions(rows, nnz, shape[0]);
  checkPositions(columns, nnz, shape[1]);
  const order = Uint32Array.from({ length: nnz }, (_, i) => i).sort(
    (a, b) => Number(rows[a]) - Number(rows[b]) || Number(columns[a]) - Number(columns[b]) || a - b,
  );
  const width = lanes(values.dtype);
  const data = allocate(values.dtype, nnz);
  const indices = columns.slice() as SparseIndices;
  const starts = columns instanceof Int32Array ? new Int32Array(shape[0] + 1) : new BigInt64Array(shape[0] + 1);
  const counts = new Uint32Array(shape[0] + 1);
  let kept = 0;
  for (let i = 0; i < nnz; i++) {
    const entry = order[i] as number;
    const before = order[i - 1];
    const repeated = before !== undefined && rows[before] === rows[entry] && columns[before] === columns[entry];
    if (!repeated) {
      (indices as Numbers)[kept] = columns[entry] as number | bigint;
      const row = Number(rows[entry]) + 1;
      counts[row] = (counts[row] as number) + 1;
      kept++;
    }
    for (let lane = 0; lane < width; lane++) {
      const value = values.data[entry * width + lane] as number | bigint;
      store(values.dtype, data as Numbers, (kept - 1) * width + lane, value, repeated);
    }
  }
  let start = 0;
  for (let row = 0; row <= shape[0]; row++) {
    start += counts[row] as number;
    (starts as Numbers)[row] = starts instanceof Int32Array ? start : BigInt(start);
  }
  return new CsrMatrix(
    values.dtype,
    [shape[0], shape[1]],
    data.subarray(0, kept * width) as typeof data,
    indices.subarray(0, kept) as SparseIndices,
    starts,
  );
}

function store(dtype: DType, data: Numbers, at: number, value: number | bigint, repeated: boolean): void {
  if (!repeated) {
    data[at] = value;
    return;
  }
  const before = data[at] as number | bigint;
  if (dtypeKind(dtype) === "bool") data[at] = Number(before) | Number(value);
  else if (typeof before === "bigint") data[at] = before + BigInt(value);
  else if (dtype !== "float16" && dtype !== "bfloat16") data[at] = before + Number(value);
  else throw unsupported("a sparse matrix of half floats with repeated entries");
}
