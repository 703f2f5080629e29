/** Groups of a Zarr store as nodes. */
import { AtsError } from "../errors.js";
import type { Attributes, GroupNode, StoredNode } from "./types.js";
import { openArray } from "./zarr-array.js";
import { rawFiles } from "./zarr-files.js";
import { type Hierarchy, keyOf } from "./zarr-hierarchy.js";
import type { ZarrSession } from "./zarr-session.js";

/** The group at `path`, whose attributes have been read. */
export function openGroup(
  path: string,
  { attributes, format }: GroupFacts,
  hierarchy: Hierarchy,
  session: ZarrSession,
): GroupNode {
  return {
    kind: "group",
    path,
    attributes,
    keys: () => hierarchy.members(path),
    get: (name) => openMember(keyOf(path, name), name, hierarchy, session),
    raw: rawFiles(session.files, path, format),
  };
}

/** What is known of a group when it is opened. */
export interface GroupFacts {
  readonly attributes: Attributes;
  readonly format: 2 | 3;
}

/**
 * The array or group at `path`, or undefined where there is none. `CORRUPT` where something else is there, `UNSAFE_PATH` where it is a link
 * or the name leaves the group, `LIMIT_EXCEEDED` where groups nest too deeply.
 */
async function openMember(
  path: string,
  name: string,
  hierarchy: Hierarchy,
  session: ZarrSession,
): Promise<StoredNode | undefined> {
  if (session.state.closed) throw new AtsError("CLOSED", `The store was closed before ${path} was opened.`, { path });
  if (name === "" || name === "." || name === ".." || /[/\\\0]/.test(name)) {
    throw new AtsError("UNSAFE_PATH", `${JSON.stringify(name)} is not a name within a store.`, { path });
  }
  const document = await hierarchy.node(path);
  if (document === undefined) return undefined;
  if (document.kind === "array") return openArray(path, document, hierarchy.consolidated, session);
  if (path.split("/").length > session.maxDepth) {
    throw new AtsError(
      "LIMIT_EXCEEDED",
      `${session.files.nameOf(path)} nests groups deeper than ${session.maxDepth}; raise maxDepth if you trust it.`,
      { path },
    );
  }
  return openGroup(path, document, hierarchy, session);
}
