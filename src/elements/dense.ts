/** Dense arrays in memory: a shape over one typed array in C (row-major) order. */
export { DenseArray, type DenseMatrix, sizeOf } from "./matrices.js";
