/**
 * The fast way through a JSON document of a store: JSON.parse, where it can be shown to say the same as the strict parser. A store's consolidated
 * metadata are tens of kilobytes, and most of the time of opening it.
 */
import type { JsonObject, JsonValue } from "./strict-json.js";

/** Enough digits for an integer that a double may not hold. */
const LONG_NUMBER = /\d{16}/;

/**
 * What `text` says; undefined where it must be read strictly: it is no JSON, has the same key twice in an object, nests deeper than `maxDepth`, or may have
 * integers that are more than a double holds.
 */
export function parsePlainJson(text: string, maxDepth: number): JsonValue | undefined {
  if (LONG_NUMBER.test(text)) return undefined;
  const parsed = parseOrNothing(text);
  if (parsed === undefined) return undefined;
  const copy = new PlainCopy(maxDepth);
  const value = copy.of(parsed, 0);
  // Of two equal keys of an object JSON.parse keeps one.
  return copy.tooDeep || copy.keys !== countKeys(text) ? undefined : value;
}

function parseOrNothing(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Copies parsed values into objects without a prototype, and counts their keys. */
class PlainCopy {
  keys = 0;
  tooDeep = false;

  constructor(private readonly maxDepth: number) {}

  of(value: unknown, depth: number): JsonValue {
    if (depth > this.maxDepth) this.tooDeep = true;
    if (typeof value !== "object" || value === null || this.tooDeep) return value as JsonValue;
    if (Array.isArray(value)) return value.map((entry) => this.of(entry, depth + 1));
    const object = Object.create(null) as JsonObject;
    for (const key of Object.keys(value)) {
      this.keys++;
      object[key] = this.of((value as JsonObject)[key], depth + 1);
    }
    return object;
  }
}

/** The keys of all objects in `text`, which is JSON: the strings that a colon follows. */
function countKeys(text: string): number {
  let keys = 0;
  for (let quote = text.indexOf('"'); quote >= 0; ) {
    const end = endOfString(text, quote);
    if (isColonAt(text, end)) keys++;
    quote = text.indexOf('"', end);
  }
  return keys;
}

/** Behind the string that begins at `start`: its closing quote has an even number of backslashes before it. */
function endOfString(text: string, start: number): number {
  for (let quote = text.indexOf('"', start + 1); ; quote = text.indexOf('"', quote + 1)) {
    let before = quote;
    while (text[before - 1] === "\\") before--;
    if ((quote - before) % 2 === 0) return quote + 1;
  }
}

/** Whether the first character from `at` on that is no space is a colon. */
function isColonAt(text: string, at: number): boolean {
  let next = at;
  while (text[next] === " " || text[next] === "\n" || text[next] === "\t" || text[next] === "\r") next++;
  return text[next] === ":";
}
