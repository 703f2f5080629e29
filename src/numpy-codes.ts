/** numpy's codes of element types: a letter for the kind, then the bytes of one value. Pickles, NPY and Zarr version 2 use them. */
import { type DType, itemSize } from "./dtype.js";

/** By code; bfloat16 has none. */
export const DTYPE_OF_CODE: Readonly<Record<string, DType>> = {
  b1: "bool",
  i1: "int8",
  i2: "int16",
  i4: "int32",
  i8: "int64",
  u1: "uint8",
  u2: "uint16",
  u4: "uint32",
  u8: "uint64",
  f2: "float16",
  f4: "float32",
  f8: "float64",
  c8: "complex64",
  c16: "complex128",
};

/** The code of each element type that numpy has. */
export const CODE_OF_DTYPE: ReadonlyMap<DType, string> = new Map(
  Object.entries(DTYPE_OF_CODE).map(([code, dtype]) => [dtype, code]),
);

/** numpy's type string of `dtype`, little-endian, such as `<f4` or `|b1`; undefined for bfloat16, which numpy lacks. */
export function numpyTypeString(dtype: DType): string | undefined {
  const code = CODE_OF_DTYPE.get(dtype);
  return code && `${itemSize(dtype) === 1 ? "|" : "<"}${code}`;
}
