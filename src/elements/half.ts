/** 16-bit floats as numbers. */

/** The value of an IEEE 754 binary16: 1 sign bit, 5 exponent bits, 10 fraction bits. */
export function float16Value(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 0x1f) return fraction ? Number.NaN : sign * Number.POSITIVE_INFINITY;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}

/**
 * The values of a float16 or bfloat16 array as 32-bit floats, which hold them exactly. A bfloat16 is the upper half of a
 * binary32. Where the runtime has a Float16Array, float16 data is one and holds values, not bits.
 */
export function halfToNumber(dtype: "float16" | "bfloat16", data: ArrayLike<number>): Float32Array {
  if (dtype === "bfloat16") {
    const bits = new Uint32Array(data.length);
    for (let i = 0; i < bits.length; i++) bits[i] = (data[i] as number) << 16;
    return new Float32Array(bits.buffer);
  }
  if (!(data instanceof Uint16Array)) return Float32Array.from(data);
  const values = new Float32Array(data.length);
  for (let i = 0; i < values.length; i++) values[i] = float16Value(data[i] as number);
  return values;
}

/** The binary16 bits nearest to `value`; NaN becomes the quiet one. */
export function numberToFloat16(value: number): number {
  if (Number.isNaN(value)) return 0x7e00;
  const sign = value < 0 || Object.is(value, -0) ? 0x8000 : 0;
  const magnitude = Math.abs(value);
  if (magnitude >= 65520) return sign | 0x7c00;
  const exponent = Math.max(-14, Math.floor(Math.log2(magnitude)));
  const fraction = magnitude / 2 ** exponent - (exponent === -14 ? 0 : 1);
  const bits = (exponent === -14 ? 0 : (exponent + 15) * 1024) + Math.round(fraction * 1024);
  return sign | (magnitude === 0 ? 0 : bits);
}
