/** Strings to UTF-8 as Python's pickles have it, lone surrogates included. */
const LONE_SURROGATE = /\p{Surrogate}/u;

/** UTF-8, with a lone surrogate as the three bytes of its code point (Python's `surrogatepass`), where UTF-8 has none. */
export function encodeUtf8(text: string): Uint8Array {
  if (!LONE_SURROGATE.test(text)) return Buffer.from(text, "utf8");
  const parts = text.split(/(\p{Surrogate})/u);
  return Buffer.concat(parts.map((part, i) => (i % 2 === 0 ? Buffer.from(part, "utf8") : encodeSurrogate(part))));
}

function encodeSurrogate(text: string): Uint8Array {
  const unit = text.charCodeAt(0);
  return Uint8Array.of(0xe0 | (unit >> 12), 0x80 | ((unit >> 6) & 0x3f), 0x80 | (unit & 0x3f));
}
