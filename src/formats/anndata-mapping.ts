/** Members of an AnnData that are named elements: layers, obsm, varm, obsp, varp. */

import type { LazyElement } from "../elements/lazy.js";
import type { OpenContext } from "../encodings/define.js";
import { fieldArray, fieldsOf } from "../encodings/records.js";
import { AtsError } from "../errors.js";
import type { GroupNode, StoredNode } from "../storage/types.js";
import { failedElement } from "./failed-element.js";

/**
 * The elements in `node`: those of a group, or the fields of records, the old way; none where it is missing. One that cannot be opened is listed, and
 * reading it says why.
 */
export async function openMapping(
  node: StoredNode | undefined,
  context: OpenContext,
): Promise<ReadonlyMap<string, LazyElement>> {
  if (node === undefined) return new Map();
  if (node.kind === "array") {
    if (node.empty === true) return new Map();
    return new Map(fieldsOf(node).map((field) => [field.name, fieldArray(node, field)]));
  }
  if (node.kind === "table") throw new AtsError("CORRUPT", `${node.path} should be a group.`, { path: node.path });
  const members = await Promise.all(
    (await node.keys()).map(async (key) => [key, await openMember(node, key, context)] as const),
  );
  return new Map(members.filter((member): member is [string, LazyElement] => member[1] !== undefined));
}

async function openMember(group: GroupNode, key: string, context: OpenContext): Promise<LazyElement | undefined> {
  try {
    const node = await group.get(key);
    return node === undefined ? undefined : await context.open(node);
  } catch (error) {
    return failedElement(`${group.path}/${key}`, error);
  }
}
