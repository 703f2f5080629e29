/** Nodes without encoding attributes, as everything was before anndata 0.8: their form says what they are. */
import type { LazyElement } from "../elements/lazy.js";
import type { ArrayNode, GroupNode, StoredNode } from "../storage/types.js";
import type { OpenContext } from "./define.js";
import { arrayInfo, infoOf } from "./describe.js";
import { groupDict } from "./group-dict.js";
import { corrupt } from "./member.js";
import { plainArray } from "./plain-array.js";
import { readNumber, readText, singleValue } from "./single-value.js";
import { openSparse } from "./sparse-open.js";

/**
 * Opens `node` by its form: a group with `h5sparse_format` is a sparse matrix, another group a dict; records, arrays and scalars
 * are what they look like, but one fixed-length string alone stands for a string.
 */
export function openUnmarked(node: StoredNode, context: OpenContext): Promise<LazyElement> | LazyElement {
  if (node.kind === "table") throw corrupt(node.path, "is a table where an encoded element should be");
  return node.kind === "group" ? openGroup(node, context) : openArray(node);
}

function openGroup(group: GroupNode, context: OpenContext): Promise<LazyElement> | LazyElement {
  const format = group.attributes.h5sparse_format;
  if (format === "csr" || format === "csc") return openSparse(group, format, "");
  return groupDict(group, "dict", "", context);
}

function openArray(node: ArrayNode): LazyElement {
  if (node.empty === true) return singleValue(infoOf(node, "null", ""), node, async () => null);
  const scalar = node.shape.length === 0;
  if (node.dtype === "string") {
    const alone = node.fixedText === true && node.shape.length === 1 && node.shape[0] === 1;
    if (!scalar && !alone) return plainArray(node, "string-array", "");
    return singleValue(infoOf(node, "string", "", { dtype: "string" }), node, (options) => readText(node, options));
  }
  if (typeof node.dtype !== "string") return plainArray(node, "rec-array", "");
  if (!scalar) return plainArray(node, "array", "");
  return singleValue(arrayInfo(node, "numeric-scalar", ""), node, (options) => readNumber(node, options));
}
