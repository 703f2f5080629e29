/** Members and attributes that an encoding cannot do without. */
import { AtsError } from "../errors.js";
import type { ArrayNode, GroupNode, StoredNode } from "../storage/types.js";

/** A failure of what is stored at `path`; `what` ends the sentence that begins with the path. */
export function corrupt(path: string, what: string): AtsError {
  return new AtsError("CORRUPT", `${path === "" ? "The root" : path} ${what}.`, { path });
}

/** `node` as a group; `CORRUPT` where the encoding `type` is not a group. */
export function asGroup(node: StoredNode, type: string): GroupNode {
  if (node.kind === "group") return node;
  throw corrupt(node.path, `says that it is a ${type}, which is a group, but it is not`);
}

/** `node` as an array; `CORRUPT` where the encoding `type` is not an array. */
export function asArray(node: StoredNode, type: string): ArrayNode {
  if (node.kind === "array") return node;
  throw corrupt(node.path, `says that it is a ${type}, which is an array, but it is not`);
}

/** The member `name` of `group`; `CORRUPT` where it is missing. */
export async function memberOf(group: GroupNode, name: string): Promise<StoredNode> {
  const member = await group.get(name);
  if (member === undefined) throw corrupt(group.path, `has no member "${name}"`);
  return member;
}

/** The column `name` of a data frame: names with "/" are paths, as anndata has them. `CORRUPT` where it is missing. */
export async function columnNodeOf(group: GroupNode, name: string): Promise<StoredNode> {
  let node: StoredNode = group;
  for (const step of name.split("/")) {
    if (node.kind !== "group") throw corrupt(group.path, `has no member "${name}"`);
    node = await memberOf(node, step);
  }
  return node;
}

/** The member array `name` of `group`; `CORRUPT` where it is missing or a group. */
export async function arrayOf(group: GroupNode, name: string): Promise<ArrayNode> {
  return asArray(await memberOf(group, name), `"${name}"`);
}

/** The attribute `name` as a string; undefined where it is missing or something else. */
export function textAttribute(node: StoredNode, name: string): string | undefined {
  const value = node.attributes[name];
  return typeof value === "string" ? value : undefined;
}

/** Whether the attribute `name` is true: a boolean, or the number that some writers make of one. */
export function flagAttribute(node: StoredNode, name: string): boolean {
  const value = node.attributes[name];
  return value === true || value === 1;
}
