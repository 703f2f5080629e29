/** Instructions that push one constant: numbers, strings and bytes. */
import { Scalar } from "../../elements/scalar.js";
import { corrupt, tooLarge } from "../failures.js";
import { PyBytes, type PyNode } from "../graph.js";
import { MAX_INTEGER_BYTES, MAX_STRING_BYTES } from "../limits.js";
import { decodeLong, parseInteger } from "./integers.js";
import type { Instruction, Machine } from "./machine.js";
import { Op } from "./opcodes.js";
import { decodeLatin1, decodeQuoted, decodeRawUnicode, decodeUtf8, isAsciiText } from "./text.js";

/** A Python float: a number that says by itself that it is one, else a float64 scalar. */
export function floatNode(value: number): PyNode {
  return Number.isInteger(value) ? new Scalar("float64", value) : value;
}

function parseFloatText(line: string): number {
  const text = line.trim().toLowerCase();
  const special = /^([+-]?)(inf(?:inity)?|nan)$/.exec(text);
  if (special !== null) return special[2] === "nan" ? Number.NaN : special[1] === "-" ? -Infinity : Infinity;
  if (!/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/.test(text)) throw corrupt(`"${line.slice(0, 40)}" is not a number`);
  return Number(text);
}

/** A Python 2 byte string: text where it is ASCII, else bytes. */
function byteString(text: string): PyNode {
  return isAsciiText(text) ? text : new PyBytes(Buffer.from(text, "latin1"));
}

const pushText = (m: Machine, size: number) => m.push(decodeUtf8(m.cursor.take(size, MAX_STRING_BYTES)));
const pushBytes = (m: Machine, size: number) => m.push(new PyBytes(m.cursor.take(size)));
const pushByteString = (m: Machine, size: number) =>
  m.push(byteString(decodeLatin1(m.cursor.take(size, MAX_STRING_BYTES))));

function pushLong(m: Machine, size: number): void {
  m.push(decodeLong(m.cursor.take(size, MAX_INTEGER_BYTES)));
}

/** LONG4 carries a signed size; the negative ones are sizes above 2^31 to every writer but Python. */
function longSize(m: Machine): number {
  const size = m.cursor.u32();
  if (size > MAX_INTEGER_BYTES) throw tooLarge(`an integer of ${size} bytes`);
  return size;
}

/** By opcode. */
export const LITERALS: ReadonlyMap<number, Instruction> = new Map<number, Instruction>([
  [Op.NONE, (m) => m.push(null)],
  [Op.NEWTRUE, (m) => m.push(true)],
  [Op.NEWFALSE, (m) => m.push(false)],
  [Op.INT, (m) => m.push(parseInteger(decodeLatin1(m.cursor.line()), "INT"))],
  [Op.LONG, (m) => m.push(parseInteger(decodeLatin1(m.cursor.line()), "LONG"))],
  [Op.BININT, (m) => m.push(m.cursor.i32())],
  [Op.BININT1, (m) => m.push(m.cursor.u8())],
  [Op.BININT2, (m) => m.push(m.cursor.u16())],
  [Op.LONG1, (m) => pushLong(m, m.cursor.u8())],
  [Op.LONG4, (m) => pushLong(m, longSize(m))],
  [Op.FLOAT, (m) => m.push(floatNode(parseFloatText(decodeLatin1(m.cursor.line()))))],
  [Op.BINFLOAT, (m) => m.push(floatNode(m.cursor.f64()))],
  [Op.STRING, (m) => m.push(byteString(decodeQuoted(m.cursor.line())))],
  [Op.BINSTRING, (m) => pushByteString(m, m.cursor.u32())],
  [Op.SHORT_BINSTRING, (m) => pushByteString(m, m.cursor.u8())],
  [Op.UNICODE, (m) => m.push(decodeRawUnicode(m.cursor.line()))],
  [Op.SHORT_BINUNICODE, (m) => pushText(m, m.cursor.u8())],
  [Op.BINUNICODE, (m) => pushText(m, m.cursor.u32())],
  [Op.BINUNICODE8, (m) => pushText(m, m.cursor.u64())],
  [Op.SHORT_BINBYTES, (m) => pushBytes(m, m.cursor.u8())],
  [Op.BINBYTES, (m) => pushBytes(m, m.cursor.u32())],
  [Op.BINBYTES8, (m) => pushBytes(m, m.cursor.u64())],
  [Op.BYTEARRAY8, (m) => pushBytes(m, m.cursor.u64())],
]);
