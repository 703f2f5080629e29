import { DTYPES, type DType, viewAs } from "../../src/dtype.js";
import { DenseArray, sizeOf } from "../../src/elements/dense.js";

/** Element types that numpy has, too. */
export const numpyDTypes = DTYPES.filter((dtype) => dtype !== "bfloat16");

/** Values of any type: bytes that are valid for it and differ from place to place. */
export function numbers(dtype: DType, shape: readonly number[]): DenseArray {
  const size = sizeOf(shape);
  const bytes = new Uint8Array(size * 16);
  for (let i = 0; i < bytes.length; i++) bytes[i] = dtype === "bool" ? ((i * 7) % 3) & 1 : (i * 37 + 11) % 120;
  return new DenseArray(dtype, shape, viewAs(dtype, bytes.buffer, 0, size) as never);
}
