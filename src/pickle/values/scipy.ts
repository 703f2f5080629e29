/** scipy's sparse matrices and arrays: CSR and CSC as they are, COO as CSR. */
import type { ArrayFor, DType } from "../../dtype.js";
import { DenseArray } from "../../elements/dense.js";
import { CscMatrix, CsrMatrix, type SparseIndices, type SparseMatrix } from "../../elements/sparse.js";
import { corrupt, unsupported } from "../failures.js";
import { PyList, type PyNode, type PyObject, PyTuple } from "../graph.js";
import type { Builder } from "./builder.js";
import { fieldsOf, itemsOf, shapeOf } from "./nodes.js";
import { checkCompressed } from "./sparse-check.js";
import { type Coordinates, cooToCsr } from "./sparse-coo.js";

/** The parts of a sparse matrix, each by its scipy name. */
type Parts = ReadonlyMap<string, PyNode | undefined>;

/** From the state that scipy pickles, or from `csr_matrix((data, indices, indptr), shape)`, which our writer makes. */
function partsOf({ state, args }: PyObject): Parts {
  if (state !== undefined) return fieldsOf(state, "the state of a sparse matrix");
  const [content, shape] = args;
  const [data, indices, indptr] = itemsOf(content, "the content of a sparse matrix");
  return new Map([
    ["_shape", shape],
    ["data", data],
    ["indices", indices],
    ["indptr", indptr],
  ]);
}

function matrixShape(parts: Parts): [number, number] {
  const [rows, columns, more] = shapeOf(parts.get("_shape") ?? parts.get("shape"));
  if (rows === undefined || columns === undefined || more !== undefined) {
    throw unsupported("a sparse array that is not two-dimensional");
  }
  return [rows, columns];
}

function vector(node: PyNode | undefined, name: string, builder: Builder): DenseArray {
  const value = node === undefined ? undefined : builder.value(node);
  if (value instanceof DenseArray && value.shape.length === 1) return value;
  throw corrupt(`"${name}" of a sparse matrix is not a vector`);
}

function positions(node: PyNode | undefined, name: string, builder: Builder): SparseIndices {
  const { data } = vector(node, name, builder);
  if (data instanceof Int32Array || data instanceof BigInt64Array) return data;
  throw unsupported(`a sparse matrix whose "${name}" are neither int32 nor int64`);
}

/** The matrix of a `csr_matrix`, `csc_matrix`, `csr_array` or `csc_array`; `CORRUPT` where its parts contradict each other. */
export function buildCompressed(object: PyObject, builder: Builder): SparseMatrix {
  const parts = partsOf(object);
  const shape = matrixShape(parts);
  const csr = object.callable.id === "scipy.csr";
  const indptr = positions(parts.get("indptr"), "indptr", builder);
  const indices = positions(parts.get("indices"), "indices", builder);
  const values = vector(parts.get("data"), "data", builder);
  const [major, minor] = csr ? shape : ([shape[1], shape[0]] as const);
  const nnz = checkCompressed(major, minor, indptr, indices, values.length);
  const lanes = values.data.length / Math.max(values.length, 1);
  const data = values.data.subarray(0, nnz * lanes) as ArrayFor<DType>;
  const Matrix = csr ? CsrMatrix : CscMatrix;
  return new Matrix(values.dtype, shape, data, indices.subarray(0, nnz) as SparseIndices, indptr);
}

/** The CSR form of a `coo_matrix` or `coo_array`: entries in row order, repeated ones added, as scipy's `tocsr` does. */
export function buildCoordinates(object: PyObject, builder: Builder): CsrMatrix {
  const parts = partsOf(object);
  const shape = matrixShape(parts);
  const coords = parts.get("coords");
  const pair =
    coords instanceof PyTuple || coords instanceof PyList ? coords.items : [parts.get("row"), parts.get("col")];
  const coordinates: Coordinates = {
    rows: positions(pair[0], "row", builder),
    columns: positions(pair[1], "col", builder),
    values: vector(parts.get("data"), "data", builder),
  };
  builder.charge(coordinates.rows.byteLength * 3 + coordinates.values.data.byteLength + shape[0] * 8);
  return cooToCsr(shape, coordinates);
}
