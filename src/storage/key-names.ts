/** Keys of elements as file names, reversibly; names that could leave the store are never made, and never followed. */
import { AtsError } from "../errors.js";

/** File systems end names at 255 bytes. */
const MAX_BYTES = 255;

/**
 * The file name of `key`. Keys that are harmless names stay themselves; in others, the characters that make them harmful become
 * `%` and two hexadecimal digits, as in URLs. `UNSAFE_PATH` for an empty key, one with NUL, or one whose name (with `suffix`) would be too long.
 */
export function encodeKey(key: string, element: string, suffix = ""): string {
  const fail = (why: string) =>
    new AtsError("UNSAFE_PATH", `${element}: the key ${JSON.stringify(key)} ${why}; rename it.`, {
      path: `${element}/${key}`,
    });
  if (key === "") throw fail("is empty");
  if (key.includes("\0")) throw fail("has a NUL character");
  if (/\p{Cs}/u.test(key)) throw fail("is not valid Unicode");
  const name = key.replace(/[/\\]|%(?=[0-9A-F]{2})|^\.|[. ]$/g, percent);
  if (name.endsWith(".__lock")) throw fail("ends as TensorStore's lock files do");
  if (Buffer.byteLength(name) + suffix.length > MAX_BYTES) throw fail("is too long for a file name");
  return name + suffix;
}

function percent(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, "0")}`;
}

/** The key of a file name that {@link encodeKey} made; names that it would not have made (a lone `%`) are keys as they are. */
export function decodeKey(name: string): string {
  const key = name.replace(/%([0-9A-F]{2})/g, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 16)));
  return safeEncode(key) === name ? key : name;
}

function safeEncode(key: string): string | undefined {
  try {
    return encodeKey(key, "");
  } catch {
    return undefined;
  }
}

/** Two of `names` that a file system without letter case or Unicode forms could not tell apart. */
export function findCollision(names: Iterable<string>): readonly [string, string] | undefined {
  const seen = new Map<string, string>();
  for (const name of names) {
    const folded = name.normalize("NFC").toLowerCase();
    const other = seen.get(folded);
    if (other !== undefined) return [other, name];
    seen.set(folded, name);
  }
  return undefined;
}
