/** Strings as pickles carry them: UTF-8 with lone surrogates, and the escaped forms of protocol 0. */
import { corrupt, tooLarge } from "../failures.js";
import { MAX_STRING_BYTES } from "../limits.js";

const strict = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

function isAscii(bytes: Uint8Array): boolean {
  for (let i = 0; i < bytes.length; i++) if ((bytes[i] as number) > 0x7f) return false;
  return true;
}

/** One character per byte. */
export function decodeLatin1(bytes: Uint8Array): string {
  if (bytes.length > MAX_STRING_BYTES) throw tooLarge(`a string of ${bytes.length} bytes`);
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("latin1");
}

/** UTF-8 in which Python's lone surrogates may stand (its `surrogatepass`); `CORRUPT` for anything else that is not UTF-8. */
export function decodeUtf8(bytes: Uint8Array): string {
  if (isAscii(bytes)) return decodeLatin1(bytes);
  if (bytes.length > MAX_STRING_BYTES) throw tooLarge(`a string of ${bytes.length} bytes`);
  try {
    return strict.decode(bytes);
  } catch {
    return decodeWithSurrogates(bytes);
  }
}

/** Cuts the string at each encoded surrogate (ED A0…BF xx), which strict UTF-8 refuses, and decodes the rest strictly. */
function decodeWithSurrogates(bytes: Uint8Array): string {
  const parts: string[] = [];
  let start = 0;
  const flush = (end: number) => {
    try {
      parts.push(strict.decode(bytes.subarray(start, end)));
    } catch (cause) {
      throw corrupt(`a string is not UTF-8 (${(cause as Error).message})`);
    }
  };
  for (let at = bytes.indexOf(0xed); at >= 0; at = bytes.indexOf(0xed, at + 1)) {
    const second = bytes[at + 1] ?? 0;
    const third = bytes[at + 2] ?? 0;
    if (second < 0xa0 || second > 0xbf || (third & 0xc0) !== 0x80) continue;
    flush(at);
    parts.push(String.fromCharCode(0xd000 | ((second & 0x3f) << 6) | (third & 0x3f)));
    start = at + 3;
  }
  flush(bytes.length);
  return parts.join("");
}

/** The argument of the UNICODE opcode: latin-1 text with `\uXXXX` and `\UXXXXXXXX` escapes (Python's raw-unicode-escape). */
export function decodeRawUnicode(line: Uint8Array): string {
  return decodeLatin1(line).replace(
    /\\(?:u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8}))/g,
    (_, short?: string, long?: string) => {
      const point = Number.parseInt(short ?? (long as string), 16);
      if (point > 0x10ffff) throw corrupt("a string has an escape beyond the last Unicode character");
      return String.fromCodePoint(point);
    },
  );
}

const ESCAPES: Readonly<Record<string, string>> = {
  a: "\x07",
  b: "\b",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "\t",
  v: "\v",
  "\\": "\\",
  "'": "'",
  '"': '"',
};

/** The argument of the STRING opcode: a quoted Python byte string literal; the bytes are returned one per character. */
export function decodeQuoted(line: Uint8Array): string {
  const text = decodeLatin1(line).trim();
  const quote = text[0];
  if (text.length < 2 || (quote !== "'" && quote !== '"') || text.at(-1) !== quote) {
    throw corrupt("a string of protocol 0 is not quoted");
  }
  return text.slice(1, -1).replace(/\\(x[0-9a-fA-F]{2}|[0-7]{1,3}|[\s\S])/g, (whole, code: string) => {
    if (code.length === 3 && code[0] === "x") return String.fromCharCode(Number.parseInt(code.slice(1), 16));
    if (/^[0-7]/.test(code)) return String.fromCharCode(Number.parseInt(code, 8) & 0xff);
    return ESCAPES[code] ?? whole;
  });
}

/** A Python 2 byte string: text where it is ASCII, which is what Python 3 makes of it by default. */
export function isAsciiText(text: string): boolean {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the range is every ASCII character.
  return /^[\x00-\x7f]*$/.test(text);
}
