/**
 * Consolidated metadata: the documents of all nodes in one. Version 2 keeps them in `.zmetadata` by the keys of the files, version 3 in the
 * root's `zarr.json` by the paths of the nodes (zarr-python's "inline" kind).
 */

import type { JsonObject, JsonValue } from "./strict-json.js";
import { type Hierarchy, keyOf, type NodeDocument, version2Node, version3Node } from "./zarr-hierarchy.js";
import { corrupt, objectOf, show, unsupported } from "./zarr-metadata.js";

/** Names of files, as messages have them. */
type NameOf = (key: string) => string;

/** The nodes that `.zmetadata`, parsed to `json`, lists. */
export function consolidated2(json: JsonValue, name: string): Hierarchy {
  const { zarr_consolidated_format: format, metadata } = objectOf(json, name, "is no object");
  if (format !== 1) throw unsupported(name, `has the consolidated format ${show(format)}`);
  const documents = objectOf(metadata, name, "has no metadata");
  const inside: NameOf = (key) => `${name} (${key})`;
  const tree = new Tree(name);
  for (const key of Object.keys(documents)) {
    const cut = key.lastIndexOf("/");
    const [path, file] = [key.slice(0, Math.max(0, cut)), key.slice(cut + 1)];
    if (file === ".zarray" || file === ".zgroup") tree.add(path);
  }
  return tree.hierarchy((path) => {
    const array = documents[keyOf(path, ".zarray")];
    const group = documents[keyOf(path, ".zgroup")];
    if (array === undefined && group === undefined) return undefined;
    return version2Node(array, group, documents[keyOf(path, ".zattrs")] ?? {}, path, inside);
  });
}

/** The nodes that the root's `zarr.json` lists; undefined where it lists none. `root` is the node of that file. */
export function consolidated3(root: NodeDocument, name: string): Hierarchy | undefined {
  const { consolidated_metadata: value } = root.json as JsonObject;
  if (value === undefined || value === null) return undefined;
  const { kind, metadata } = objectOf(value, name, "has consolidated metadata that is no object");
  if (kind !== "inline") throw unsupported(name, `has consolidated metadata of the kind ${show(kind)}`);
  const documents = objectOf(metadata, name, "has consolidated metadata without nodes");
  const tree = new Tree(name);
  for (const path of Object.keys(documents)) tree.add(path);
  return tree.hierarchy((path) => {
    if (path === "") return root;
    const json = documents[path];
    return json === undefined ? undefined : version3Node(json, keyOf(path, "zarr.json"), `${name} (${path})`);
  });
}

/** The members of each group. */
class Tree {
  readonly #members = new Map<string, Set<string>>();

  constructor(private readonly name: string) {}

  /** Notes that there is a node at `path`; `CORRUPT` where that is no path. */
  add(path: string): void {
    if (path === "") return;
    const parts = path.split("/");
    if (parts.some((part) => part === "" || part === "." || part === "..")) {
      throw corrupt(this.name, `lists a node at ${show(path)}`);
    }
    const last = parts.pop() as string;
    const parent = parts.join("/");
    const members = this.#members.get(parent);
    if (members === undefined) this.#members.set(parent, new Set([last]));
    else members.add(last);
  }

  hierarchy(node: (path: string) => NodeDocument | undefined): Hierarchy {
    return {
      consolidated: true,
      node: async (path) => node(path),
      members: async (path) => [...(this.#members.get(path) ?? [])].sort(),
    };
  }
}
