/** Elements that are there but cannot be read: they are listed, and reading them says why. */
import type { LazyValue } from "../elements/lazy.js";
import { AtsError } from "../errors.js";
import type { StoredNode } from "../storage/types.js";
import { infoOf } from "./describe.js";

/** `node`, whose encoding is not read; reading it is `UNSUPPORTED`. */
export function opaque(node: StoredNode, encoding: string, version: string): LazyValue {
  const shape = node.kind === "array" ? node.shape : null;
  const refuse = () =>
    new AtsError(
      "UNSUPPORTED",
      `${node.path} has the encoding ${encoding} ${version}, which this version cannot read; update the package.`,
      { path: node.path },
    );
  return {
    kind: "lazy-value",
    info: infoOf(node, encoding, version, { shape }),
    read: () => Promise.reject(refuse()),
    storedBytes: async () => undefined,
  };
}
