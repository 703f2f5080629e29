/** JSON metadata of stores that nobody vouches for: bounded in size and depth, and without duplicate keys, which JSON.parse lets pass. */
import { isUtf8 } from "node:buffer";
import { AtsError } from "../errors.js";
import { parsePlainJson } from "./plain-json.js";

/** A JSON value; integers that a double cannot hold are bigint, objects have no prototype. */
export type JsonValue = null | boolean | number | bigint | string | JsonValue[] | JsonObject;
export interface JsonObject {
  [key: string]: JsonValue;
}

/** Deeper than any metadata of an array or a group. */
const MAX_DEPTH = 64;

/** Parses `bytes`; `CORRUPT` with `path` where they are not one JSON value in UTF-8 of at most 64 levels. */
export function parseStrictJson(bytes: Uint8Array, path: string): JsonValue {
  if (!isUtf8(bytes)) throw new AtsError("CORRUPT", `${path} is not text in UTF-8.`, { path });
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("utf8");
  return parsePlainJson(text, MAX_DEPTH) ?? parseStrictly(text, path);
}

/** The same, character by character: for what `parsePlainJson` leaves, and to say what is wrong. */
export function parseStrictly(text: string, path: string): JsonValue {
  return new Parser(text, path).document();
}

/** Scalars as the grammar of RFC 8259 has them; NaN and the infinities as Zarr version 2 writes fill values. */
const SCALAR = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null|NaN|-?Infinity/y;
const STRING = /"[^"\\]*(?:\\.[^"\\]*)*"/y;
const SPACE = /[ \t\n\r]*/y;

/** The number that `text` writes; bigint for an integer beyond 2^53. */
function numberOf(text: string): number | bigint {
  const value = Number(text);
  return Number.isInteger(value) && !Number.isSafeInteger(value) && /^-?\d+$/.test(text) ? BigInt(text) : value;
}

class Parser {
  #at = 0;

  constructor(
    private readonly text: string,
    private readonly path: string,
  ) {}

  document(): JsonValue {
    const value = this.#value(0);
    this.#space();
    if (this.#at < this.text.length) throw this.#corrupt("has text behind its end");
    return value;
  }

  #value(depth: number): JsonValue {
    if (depth > MAX_DEPTH) throw this.#corrupt(`nests more than ${MAX_DEPTH} levels`);
    this.#space();
    const next = this.text[this.#at];
    if (next === "{") return this.#object(depth);
    if (next === "[") return this.#array(depth);
    if (next === '"') return this.#string();
    const scalar = this.#match(SCALAR);
    if (scalar === undefined) throw this.#corrupt("is not JSON");
    if (scalar === "true" || scalar === "false") return scalar === "true";
    return scalar === "null" ? null : numberOf(scalar);
  }

  #object(depth: number): JsonObject {
    const object = Object.create(null) as JsonObject;
    this.#at++;
    if (this.#take("}")) return object;
    do {
      this.#space();
      const key = this.#string();
      if (key in object) throw this.#corrupt(`has the key ${JSON.stringify(key)} twice`);
      if (!this.#take(":")) throw this.#corrupt("is not JSON");
      object[key] = this.#value(depth + 1);
    } while (this.#take(","));
    if (!this.#take("}")) throw this.#corrupt("is not JSON");
    return object;
  }

  #array(depth: number): JsonValue[] {
    const array: JsonValue[] = [];
    this.#at++;
    if (this.#take("]")) return array;
    do array.push(this.#value(depth + 1));
    while (this.#take(","));
    if (!this.#take("]")) throw this.#corrupt("is not JSON");
    return array;
  }

  #string(): string {
    const token = this.#match(STRING);
    if (token === undefined) throw this.#corrupt("is not JSON");
    try {
      return JSON.parse(token) as string;
    } catch (cause) {
      throw this.#corrupt("has a malformed string", cause);
    }
  }

  /** Consumes `token` where it is the next but for space. */
  #take(token: string): boolean {
    this.#space();
    if (this.text[this.#at] !== token) return false;
    this.#at++;
    return true;
  }

  #space(): void {
    this.#match(SPACE);
  }

  #match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.text)?.[0];
    if (found !== undefined) this.#at += found.length;
    return found;
  }

  #corrupt(what: string, cause?: unknown): AtsError {
    return new AtsError(
      "CORRUPT",
      `${this.path} ${what}.`,
      cause === undefined ? { path: this.path } : { path: this.path, cause },
    );
  }
}
