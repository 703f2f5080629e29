/** The tokens of the expression language. */
import { AtsError } from "../errors.js";
import type { Literal } from "./predicate.js";

/** A token and where it starts. Words are names and keywords; a quoted name is never a keyword. */
export type Token =
  | { readonly kind: "word" | "name" | "symbol"; readonly text: string; readonly at: number }
  | { readonly kind: "literal"; readonly value: Literal; readonly text: string; readonly at: number }
  | { readonly kind: "end"; readonly text: ""; readonly at: number };

/** The error for what the parser did not expect at position `at` (0-based). */
export function syntaxError(source: string, at: number, problem: string): AtsError {
  return new AtsError("INVALID_ARGUMENT", `Expression "${source}" at position ${at}: ${problem}.`);
}

// One alternative per kind of token; sticky, so that each match starts where the last one ended.
const TOKEN =
  /(?<space>\s+)|(?<number>(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)|(?<word>[\p{L}_][\p{L}\p{N}_]*)|`(?<name>[^`]*)`|(?<text>'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")|(?<symbol>[=!<>]=|&&|\|\||[<>()[\],.&|~!-])/suy;

/** Splits an expression into tokens. `INVALID_ARGUMENT` with the position where none fits. */
export function tokenize(source: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  while (at < source.length) {
    TOKEN.lastIndex = at;
    const match = TOKEN.exec(source);
    if (match === null) throw syntaxError(source, at, describeUnknown(source, at));
    const token = toToken(match[0], match.groups as Record<string, string | undefined>, at);
    if (token !== null) tokens.push(token);
    at += match[0].length;
  }
  tokens.push({ kind: "end", text: "", at });
  return tokens;
}

function toToken(text: string, groups: Record<string, string | undefined>, at: number): Token | null {
  if (groups.space !== undefined) return null;
  if (groups.number !== undefined) return { kind: "literal", value: parseNumber(text), text, at };
  if (groups.text !== undefined) return { kind: "literal", value: withoutEscapes(text.slice(1, -1)), text, at };
  if (groups.name !== undefined) return { kind: "name", text: groups.name, at };
  return { kind: groups.word === undefined ? "symbol" : "word", text, at };
}

/** Integers that a double does not hold exactly are bigint. */
function parseNumber(text: string): number | bigint {
  const value = Number(text);
  return /^\d+$/.test(text) && !Number.isSafeInteger(value) ? BigInt(text) : value;
}

const ESCAPES: Readonly<Record<string, string>> = { n: "\n", t: "\t", r: "\r", "\\": "\\", "'": "'", '"': '"' };

function withoutEscapes(text: string): string {
  return text.replace(/\\(.)/gsu, (whole, letter: string) => ESCAPES[letter] ?? whole);
}

function describeUnknown(source: string, at: number): string {
  const found = source[at] as string;
  if (found === "'" || found === '"' || found === "`") return `the quote ${found} is not closed`;
  if (found === "=") return "use == to compare";
  return `${JSON.stringify(found)} is not understood`;
}
