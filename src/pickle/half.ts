/** Half-precision floats, which not every supported runtime has an array for. */

/** The number of IEEE 754 binary16 bits: sign, 5 bits of exponent with bias 15, 10 of fraction. */
export function halfToNumber(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 0x1f) return fraction === 0 ? sign * Infinity : Number.NaN;
  return exponent === 0 ? sign * fraction * 2 ** -24 : sign * (1024 + fraction) * 2 ** (exponent - 25);
}

/** The binary16 bits nearest to `value`; NaN becomes the quiet one. */
export function numberToHalf(value: number): number {
  if (Number.isNaN(value)) return 0x7e00;
  const sign = value < 0 || Object.is(value, -0) ? 0x8000 : 0;
  const magnitude = Math.abs(value);
  if (magnitude >= 65520) return sign | 0x7c00;
  const exponent = Math.max(-14, Math.floor(Math.log2(magnitude)));
  const fraction = magnitude / 2 ** exponent - (exponent === -14 ? 0 : 1);
  const bits = (exponent === -14 ? 0 : (exponent + 15) * 1024) + Math.round(fraction * 1024);
  return sign | (magnitude === 0 ? 0 : bits);
}
