/** Groups of a Zarr version 2 directory: `.zgroup`, `.zattrs` and the directories below them. */
import { join } from "node:path";
import { AtsError } from "../errors.js";
import { isPlainDirectory, list, readOptional } from "./directories.js";
import { parseStrictJson } from "./strict-json.js";
import { openArray } from "./zarr-array.js";
import type { Attributes, GroupNode, StoredNode } from "./types.js";
import type { ZarrSession } from "./zarr-session.js";

/** The group at `directory`, whose attributes have been read. */
export function openGroup(directory: string, path: string, attributes: Attributes, session: ZarrSession): GroupNode {
  return {
    kind: "group",
    path,
    attributes,
    keys: () => keysOf(directory),
    get: (name) => openMember(join(directory, name), path === "" ? name : `${path}/${name}`, name, session),
  };
}

async function keysOf(directory: string): Promise<readonly string[]> {
  return (await list(directory)).filter((entry) => entry.isDirectory()).map((entry) => entry.name);
}

/**
 * The array or group at `directory`, or undefined where there is no such directory. `CORRUPT` where the directory is neither, `UNSAFE_PATH`
 * where it is a link or the name leaves the group.
 */
async function openMember(
  directory: string,
  path: string,
  name: string,
  session: ZarrSession,
): Promise<StoredNode | undefined> {
  if (session.state.closed) throw new AtsError("CLOSED", `The store was closed before ${path} was opened.`, { path });
  if (name === "" || name === "." || name === ".." || /[/\\\0]/.test(name)) {
    throw new AtsError("UNSAFE_PATH", `${JSON.stringify(name)} is not a name within a store.`, { path });
  }
  if (!(await isPlainDirectory(directory))) return undefined;
  const array = await readOptional(join(directory, ".zarray"), session.maxMetadataBytes);
  const attributes = await readAttributes(directory, session);
  if (array !== undefined) return openArray(directory, path, array, attributes, session);
  if ((await readOptional(join(directory, ".zgroup"), session.maxMetadataBytes)) !== undefined) {
    return openGroup(directory, path, attributes, session);
  }
  throw new AtsError("CORRUPT", `${directory} is neither a Zarr array nor a group.`, { path: directory });
}

async function readAttributes(directory: string, session: ZarrSession): Promise<Attributes> {
  const path = join(directory, ".zattrs");
  const bytes = await readOptional(path, session.maxMetadataBytes);
  if (bytes === undefined) return {};
  const json = parseStrictJson(bytes, path);
  if (typeof json === "object" && json !== null && !Array.isArray(json)) return json;
  throw new AtsError("CORRUPT", `${path} is no object.`, { path });
}
