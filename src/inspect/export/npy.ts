/** The header of a NumPy `.npy` file, version 1.0 or 2.0 (numpy.lib.format, "NEP 1"). */
import type { DType } from "../../dtype.js";
import { AtsError } from "../../errors.js";
import { numpyTypeString } from "../../numpy-codes.js";

/** The bytes that stand before the C-ordered little-endian values. `UNSUPPORTED` for bfloat16, which numpy lacks. */
export function npyHeader(dtype: DType, shape: readonly number[]): Uint8Array {
  const descr = numpyTypeString(dtype);
  if (descr === undefined) throw new AtsError("UNSUPPORTED", `numpy has no ${dtype}; use --format json or csv.`);
  const extents = shape.length === 1 ? `${shape[0]},` : shape.join(", ");
  const text = `{'descr': '${descr}', 'fortran_order': False, 'shape': (${extents}), }`;
  const long = text.length > 65_000;
  const prefix = long ? 12 : 10;
  const padded = `${text.padEnd(Math.ceil((prefix + text.length + 1) / 64) * 64 - prefix - 1)}\n`;
  const header = new Uint8Array(prefix + padded.length);
  header.set([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, long ? 2 : 1, 0]);
  const view = new DataView(header.buffer);
  if (long) view.setUint32(8, padded.length, true);
  else view.setUint16(8, padded.length, true);
  header.set(new TextEncoder().encode(padded), prefix);
  return header;
}
