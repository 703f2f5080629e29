/** Python's integers of any size: little-endian two's complement, and decimal text in protocol 0. */
import { corrupt, tooLarge } from "../failures.js";
import { MAX_INTEGER_BYTES } from "../limits.js";

/** A number where it is exact, else a bigint. */
export function toInteger(value: bigint): number | bigint {
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : value;
}

/** The integer of a LONG1 or LONG4 opcode; no bytes are 0. */
export function decodeLong(bytes: Uint8Array): number | bigint {
  if (bytes.length === 0) return 0;
  const hex = Buffer.from(bytes).reverse().toString("hex");
  return toInteger(BigInt.asIntN(bytes.length * 8, BigInt(`0x${hex}`)));
}

/** The shortest little-endian two's complement form of `value`, as LONG1 and LONG4 carry it. */
export function encodeLong(value: bigint): Uint8Array {
  if (value === 0n) return new Uint8Array(0);
  const magnitude = value < 0n ? -value - 1n : value;
  const size = Math.floor(magnitude.toString(16).length / 2) + 1;
  const hex = BigInt.asUintN(size * 8, value)
    .toString(16)
    .padStart(size * 2, "0");
  const bytes = new Uint8Array(Buffer.from(hex, "hex").reverse());
  return isSignRepeated(bytes) ? bytes.subarray(0, -1) : bytes;
}

/** Whether the last byte says nothing that the byte before it does not. */
function isSignRepeated(bytes: Uint8Array): boolean {
  const last = bytes.at(-1);
  const before = bytes.at(-2);
  return before !== undefined && last === (before & 0x80 ? 0xff : 0);
}

/** The integer of an INT or LONG opcode; INT also spells False as `00` and True as `01`. */
export function parseInteger(line: string, opcode: "INT" | "LONG"): number | bigint | boolean {
  if (opcode === "INT" && (line === "00" || line === "01")) return line === "01";
  const digits = opcode === "LONG" && line.endsWith("L") ? line.slice(0, -1) : line;
  if (digits.length > MAX_INTEGER_BYTES) throw tooLarge(`an integer of ${digits.length} digits`);
  const match = /^\s*([+-]?)(\d+)\s*$/.exec(digits);
  if (match === null) throw corrupt(`"${digits.slice(0, 40)}" is not an integer`);
  const value = BigInt(match[2] as string);
  return toInteger(match[1] === "-" ? -value : value);
}
