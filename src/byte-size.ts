/** Sizes in bytes, as people write them. */
import { AtsError } from "./errors.js";

const UNITS: Readonly<Record<string, number>> = {
  "": 1,
  b: 1,
  kb: 1e3,
  mb: 1e6,
  gb: 1e9,
  tb: 1e12,
  kib: 2 ** 10,
  mib: 2 ** 20,
  gib: 2 ** 30,
  tib: 2 ** 40,
};

/**
 * The bytes of a size such as `"1GiB"`, `"256MiB"`, `"1.5 GB"` or `1000000`. `INVALID_ARGUMENT`, naming the option `name`, for anything else and for less than
 * one byte.
 */
export function byteSize(name: string, size: number | string): number {
  const match = /^(\d+(?:\.\d+)?)\s*([a-z]*)$/i.exec(String(size).trim());
  const unit = match === null ? undefined : UNITS[(match[2] as string).toLowerCase()];
  const bytes = typeof size === "number" ? size : Math.floor(Number(match?.[1]) * (unit ?? Number.NaN));
  if (bytes >= 1) return bytes;
  throw new AtsError(
    "INVALID_ARGUMENT",
    `${name}: "${size}" is no size; give bytes, or a size such as 1GiB or 256MiB.`,
  );
}
