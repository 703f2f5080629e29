/** Values of command-line options: sizes, slices, lists of names, choices. */
import { readFile } from "node:fs/promises";
import { byteSize } from "../byte-size.js";
import { UsageError } from "./usage.js";

/** Bytes of a size such as `1GiB`, `256MiB` or `1000000`. */
export function parseSize(option: string, text: string): number {
  try {
    return byteSize(option, text);
  } catch {
    throw new UsageError(`--${option} takes a size such as 1GiB or 256MiB, not "${text}".`);
  }
}

/** A whole number of at least `least`. */
export function parseCount(option: string, text: string, least = 1): number {
  const value = Number(text);
  if (!/^\d+$/.test(text.trim()) || !Number.isSafeInteger(value) || value < least) {
    throw new UsageError(`--${option} takes a whole number of at least ${least}, not "${text}".`);
  }
  return value;
}

/** One of `choices`. */
export function parseChoice<T extends string>(option: string, text: string, choices: readonly T[]): T {
  if (!(choices as readonly string[]).includes(text)) {
    throw new UsageError(`--${option} takes one of ${choices.join(", ")}, not "${text}".`);
  }
  return text as T;
}

/** A slice as Python writes it: `a:b`, `a:b:s`, `:100`, `::-1`. */
export function parseSlice(option: string, text: string): { start?: number; stop?: number; step?: number } {
  const parts = text.split(":");
  if (parts.length < 2 || parts.length > 3 || parts.some((part) => !/^\s*-?\d*\s*$/.test(part))) {
    throw new UsageError(`--${option} takes a slice such as 0:100 or ::2, not "${text}".`);
  }
  const slice: { start?: number; stop?: number; step?: number } = {};
  for (const [i, key] of (["start", "stop", "step"] as const).entries()) {
    const part = parts[i]?.trim();
    if (part) slice[key] = Number(part);
  }
  return slice;
}

/** Names: a comma list, or `@file` with one name a line. */
export async function parseNames(option: string, text: string): Promise<string[]> {
  if (!text.startsWith("@")) return text.split(",").map((name) => name.trim());
  try {
    const lines = (await readFile(text.slice(1), "utf8")).split(/\r?\n/);
    return lines.filter((line) => line.length > 0);
  } catch (cause) {
    throw new UsageError(`--${option}: the list of names ${text.slice(1)} cannot be read: ${(cause as Error).message}`);
  }
}
