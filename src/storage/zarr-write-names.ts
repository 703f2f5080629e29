/** Names of the members of a Zarr group: other readers need them as they are, so what is no harmless file name is refused. */
import { AtsError } from "../errors.js";

/** File systems end names at 255 bytes. */
const MAX_BYTES = 255;

/**
 * Names that are files of Zarr's or of TensorStore's. Those that begin with `__` are not among them: version 3 of the specification ("Node names")
 * keeps them for later, but gives none a meaning, and zarr-python and anndata write and read such keys in both versions.
 */
const RESERVED = /^(\.{1,2}|\.z(array|attrs|group|metadata)|zarr\.json)$|\.__lock$/s;

/**
 * The path of the member `name` of the group at `path` ("" is the root). `UNSAFE_PATH` for a name that is empty, too long, not valid Unicode,
 * reserved, or that would lie elsewhere.
 */
export function memberPath(path: string, name: string): string {
  const member = joinPath(path, name);
  const fail = (why: string) =>
    new AtsError(
      "UNSAFE_PATH",
      `${path === "" ? "The root" : path}: the key ${JSON.stringify(name)} ${why}; rename it.`,
      {
        path: member,
      },
    );
  if (name === "") throw fail("is empty");
  if (/[/\\\0]/.test(name)) throw fail("has a slash, a backslash or a NUL character, which no name in Zarr may have");
  if (/\p{Cs}/u.test(name)) throw fail("is not valid Unicode");
  if (RESERVED.test(name)) throw fail("is a name that Zarr keeps for itself");
  if (Buffer.byteLength(name) > MAX_BYTES) throw fail("is too long for a file name");
  return member;
}

/** The path of `name` below `path`; "" is the root. */
export function joinPath(path: string, name: string): string {
  return path === "" ? name : `${path}/${name}`;
}
