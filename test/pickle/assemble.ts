/** Pickles by hand: opcodes by name, with their arguments. */
import { Op } from "../../src/pickle/machine/opcodes.js";

type OpName = keyof typeof Op;
/** An opcode, raw bytes, or a string of latin-1 characters. */
type Part = OpName | readonly number[] | { readonly raw: string };

/** Characters as bytes. */
export function raw(text: string): { raw: string } {
  return { raw: text };
}

/** A little-endian unsigned integer of `width` bytes. */
export function le(value: number | bigint, width: number): number[] {
  return Array.from({ length: width }, (_, i) => Number((BigInt(value) >> BigInt(8 * i)) & 0xffn));
}

/** SHORT_BINUNICODE of ASCII text. */
export function str(text: string): Part[] {
  return ["SHORT_BINUNICODE", [text.length], raw(text)];
}

/** A pickle of these parts, ended by STOP. */
export function assemble(...parts: readonly (Part | readonly Part[])[]): Uint8Array {
  return open(...parts, "STOP");
}

/** The same without STOP. */
export function open(...parts: readonly (Part | readonly Part[])[]): Uint8Array {
  return Uint8Array.from(parts.flatMap((part) => (isList(part) ? part.flatMap(bytesOf) : bytesOf(part))));
}

function isList(part: Part | readonly Part[]): part is readonly Part[] {
  return Array.isArray(part) && typeof part[0] !== "number";
}

function bytesOf(part: Part): number[] {
  if (typeof part === "string") return [Op[part]];
  return "raw" in part ? [...Buffer.from(part.raw, "latin1")] : [...part];
}

/** The global `module.name` on the stack. */
export function global(module: string, name: string): Part[] {
  return [...str(module), ...str(name), "STACK_GLOBAL"];
}
