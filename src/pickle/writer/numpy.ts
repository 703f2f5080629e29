/** Arrays and scalars in the forms that numpy 1 and 2 both load without a warning. */
import { type DType, dtypeKind } from "../../dtype.js";
import type { DenseArray } from "../../elements/dense.js";
import type { Complex, Scalar } from "../../elements/scalar.js";
import type { StringArray } from "../../elements/strings.js";
import { AtsError } from "../../errors.js";
import { CODE_OF_DTYPE } from "../../numpy-codes.js";
import { Op } from "../machine/opcodes.js";
import type { Emitter } from "./emitter.js";

/** numpy's code of `dtype`, little-endian; `UNSUPPORTED` for bfloat16, which numpy lacks. */
export function numpyCode(dtype: DType): string {
  const code = CODE_OF_DTYPE.get(dtype);
  if (code === undefined) {
    throw new AtsError("UNSUPPORTED", `numpy has no ${dtype}, so it cannot be pickled; convert it to float32 first.`);
  }
  return `<${code}`;
}

/** The `numpy.dtype` of a code such as `<f4` or `O`. */
export function emitType(emitter: Emitter, code: string): void {
  emitter.shared(`dtype ${code}`, () => emitter.call("numpy", "dtype", () => emitter.text(code)));
}

/**
 * An array: `numpy.ndarray((0,))`, given shape, type and content by `ndarray.__setstate__`, whose first entry is its version.
 * numpy's own pickles name `_reconstruct` instead, which numpy 1 and 2 keep in different modules.
 */
export function emitArray(
  emitter: Emitter,
  shape: readonly number[],
  emitDType: () => void,
  emitContent: () => void,
): void {
  emitter.call("numpy", "ndarray", () => emitter.tuple(() => emitter.integer(0)));
  emitter.tuple(
    () => emitter.integer(1),
    () => emitter.tuple(...shape.map((extent) => () => emitter.integer(extent))),
    emitDType,
    () => emitter.boolean(false),
    emitContent,
  );
  emitter.op(Op.BUILD);
}

/** An array of numbers over the memory of `array`. */
export function emitDense(emitter: Emitter, { dtype, shape, data }: DenseArray): void {
  const code = numpyCode(dtype);
  emitArray(
    emitter,
    shape,
    () => emitType(emitter, code),
    () => emitter.bytes(data),
  );
}

/** A vector of numbers. */
export function emitVector(emitter: Emitter, dtype: DType, data: ArrayBufferView & { readonly length: number }): void {
  const code = numpyCode(dtype);
  const length = dtypeKind(dtype) === "complex" ? data.length / 2 : data.length;
  emitArray(
    emitter,
    [length],
    () => emitType(emitter, code),
    () => emitter.bytes(data),
  );
}

/** A string or None. */
export function emitText(emitter: Emitter, text: string | null): void {
  if (text === null) emitter.none();
  else emitter.text(text);
}

/** An array of str objects, None where a value is missing. */
export function emitStrings(emitter: Emitter, { shape, values }: StringArray): void {
  emitArray(
    emitter,
    shape,
    () => emitType(emitter, "O"),
    () => {
      emitter.op(Op.EMPTY_LIST);
      emitter.batches(values, Op.APPENDS, (text) => emitText(emitter, text));
    },
  );
}

/** A Python complex. */
export function emitComplex(emitter: Emitter, { re, im }: Complex): void {
  emitter.call(
    "builtins",
    "complex",
    () => emitter.float(re),
    () => emitter.float(im),
  );
}

function fits(dtype: DType, value: bigint): boolean {
  const bits = Number(/\d+$/.exec(dtype)?.[0]);
  return (dtypeKind(dtype) === "int" ? BigInt.asIntN(bits, value) : BigInt.asUintN(bits, value)) === value;
}

function badScalar({ dtype, value }: Scalar): AtsError {
  return new AtsError("INVALID_ARGUMENT", `${String(value)} is not a value of ${dtype}; give the scalar another type.`);
}

/** A numpy scalar: its class called with the Python number. */
export function emitScalar(emitter: Emitter, scalar: Scalar): void {
  const { dtype, value } = scalar;
  numpyCode(dtype);
  const kind = dtypeKind(dtype);
  emitter.call("numpy", kind === "bool" ? "bool_" : dtype, () => {
    if (kind === "complex" && typeof value === "object") emitComplex(emitter, value);
    else if (typeof value === "object" || kind === "complex") throw badScalar(scalar);
    else if (kind === "bool") emitter.boolean(Boolean(value));
    else if (kind === "float") emitter.float(Number(value));
    else if (Number.isInteger(Number(value)) && fits(dtype, BigInt(value))) emitter.integer(BigInt(value));
    else throw badScalar(scalar);
  });
}
