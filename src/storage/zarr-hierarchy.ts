/** Metadata documents of a Zarr store's nodes: their own files, or all of them from one consolidated document. */

import { type JsonObject, type JsonValue, parseStrictJson } from "./strict-json.js";
import type { ZarrFiles } from "./zarr-files.js";
import { corrupt, objectOf, unsupported } from "./zarr-metadata.js";

/** What is known of a node before it is opened. */
export interface NodeDocument {
  readonly kind: "array" | "group";
  readonly format: 2 | 3;
  /** The key of the file that says so: `.zarray`, `.zgroup` or `zarr.json`. */
  readonly key: string;
  /** The file's contents. */
  readonly json: JsonValue;
  /** The file's bytes, where they were read by themselves. */
  readonly bytes: Uint8Array | undefined;
  readonly attributes: JsonObject;
}

/** The nodes of a store. */
export interface Hierarchy {
  /** The node at `path`; undefined where there is none, `CORRUPT` where something is there that is no node. */
  node(path: string): Promise<NodeDocument | undefined>;
  /** The names of the nodes within the group at `path`, in order. */
  members(path: string): Promise<readonly string[]>;
  /** Whether nodes come from one document, so that an array's own file is still unread. */
  readonly consolidated: boolean;
}

/** The key of `name` at `path`. */
export function keyOf(path: string, name: string): string {
  return path === "" ? name : `${path}/${name}`;
}

/** The nodes of `files`, each read from its own files when it is asked for. */
export function plainHierarchy(files: ZarrFiles, limit: number): Hierarchy {
  return {
    consolidated: false,
    members: (path) => files.directories(path),
    async node(path) {
      if (path !== "" && !(await files.hasDirectory(path))) return undefined;
      const found = (await readVersion3(files, path, limit)) ?? (await readVersion2(files, path, limit));
      if (found !== undefined || path === "") return found;
      throw corrupt(files.nameOf(path), "is neither a Zarr array nor a group");
    },
  };
}

/** The node that `zarr.json` at `path` describes. */
export async function readVersion3(files: ZarrFiles, path: string, limit: number): Promise<NodeDocument | undefined> {
  const key = keyOf(path, "zarr.json");
  const bytes = await files.read(key, limit);
  return bytes && version3Node(parseStrictJson(bytes, files.nameOf(key)), key, files.nameOf(key), bytes);
}

/** The node that `json`, the `zarr.json` at `key`, describes; `name` is what messages call it. */
export function version3Node(json: JsonValue, key: string, name: string, bytes?: Uint8Array): NodeDocument {
  const node = objectOf(json, name, "is no object");
  if (node.zarr_format !== 3) throw corrupt(name, "is not of Zarr format 3");
  const { node_type: kind } = node;
  if (kind !== "array" && kind !== "group") throw corrupt(name, "is neither an array nor a group");
  const attributes =
    node.attributes === undefined ? {} : objectOf(node.attributes, name, "has attributes that are no object");
  return { kind, format: 3, key, json, bytes, attributes };
}

/** The node that `.zarray`, `.zgroup` and `.zattrs` at `path` describe. */
async function readVersion2(files: ZarrFiles, path: string, limit: number): Promise<NodeDocument | undefined> {
  const json = async (name: string) => {
    const key = keyOf(path, name);
    const bytes = await files.read(key, limit);
    return bytes && { bytes, value: parseStrictJson(bytes, files.nameOf(key)) };
  };
  const array = await json(".zarray");
  const group = array === undefined ? await json(".zgroup") : undefined;
  if (array === undefined && group === undefined) return undefined;
  const attributes = (await json(".zattrs"))?.value ?? {};
  return version2Node(array?.value, group?.value, attributes, path, (key) => files.nameOf(key), array?.bytes);
}

/** The node whose documents are `array` or `group`, and `attributes`; `CORRUPT` where they are no such documents. */
export function version2Node(
  array: JsonValue | undefined,
  group: JsonValue | undefined,
  attributes: JsonValue,
  path: string,
  nameOf: (key: string) => string,
  bytes?: Uint8Array,
): NodeDocument {
  const kind = array === undefined ? "group" : "array";
  const key = keyOf(path, array === undefined ? ".zgroup" : ".zarray");
  const json = objectOf(array ?? group, nameOf(key), "is no object");
  if (json.zarr_format !== 2) throw unsupported(nameOf(key), "is not of Zarr format 2");
  const attributesKey = nameOf(keyOf(path, ".zattrs"));
  return { kind, format: 2, key, json, bytes, attributes: objectOf(attributes, attributesKey, "is no object") };
}
