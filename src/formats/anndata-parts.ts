/** The data frames and matrices of an AnnData, from the nodes that hold them. */

import type { LazyArray, LazyFrame } from "../elements/lazy.js";
import type { OpenContext } from "../encodings/define.js";
import { recordFrame } from "../encodings/records.js";
import { AtsError } from "../errors.js";
import type { StoredNode } from "../storage/types.js";

/** The data frame that `node` holds: an encoded one, or records, the old way. */
export async function openFrame(node: StoredNode, context: OpenContext): Promise<LazyFrame> {
  if (node.kind === "array") return recordFrame(node);
  const element = await context.open(node);
  if (element.kind === "lazy-frame") return element;
  const { encoding, encodingVersion } = element.info;
  throw new AtsError(
    "UNSUPPORTED",
    `${node.path} should be a data frame but has the encoding ${encoding} ${encodingVersion}; update the package.`,
    { path: node.path },
  );
}

/** The matrix in `node`; null where it is missing or null. */
export async function openMatrix(node: StoredNode | undefined, context: OpenContext): Promise<LazyArray | null> {
  if (node === undefined) return null;
  const element = await context.open(node);
  if (element.kind === "lazy-array") return element;
  if (element.info.encoding === "null") return null;
  throw new AtsError(
    "UNSUPPORTED",
    `${node.path} should be a matrix but has the encoding ${element.info.encoding} ${element.info.encodingVersion}.`,
    { path: node.path },
  );
}
