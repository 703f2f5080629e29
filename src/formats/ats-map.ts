/** `layers`, `obsm` and the like: directories of arrays, and of tables and pickles under `extra`. */
import { join } from "node:path";
import type { LazyElement } from "../elements/lazy.js";
import { plainArray } from "../encodings/plain-array.js";
import { openContext } from "../encodings/registry.js";
import { noteStored } from "../encodings/stored-node.js";
import { isPlainDirectory, list } from "../storage/directories.js";
import { decodeKey } from "../storage/key-names.js";
import type { StoredNode } from "../storage/types.js";
import { listFiles, openFile } from "./ats-files.js";
import { EXTRA_NAME } from "./ats-layout.js";
import { checkMembers } from "./ats-seal.js";
import type { AtsStore } from "./ats-store.js";
import { failedElement } from "./failed-element.js";

/**
 * The members of the map at `path` (`obsm`, `raw/varm`), by key. A member that cannot be opened is listed, and its reads say why. `CORRUPT` where
 * one that we wrote is gone.
 */
export async function openMap(store: AtsStore, path: string): Promise<ReadonlyMap<string, LazyElement>> {
  const directory = join(store.root, path);
  const names = (await isPlainDirectory(directory)) ? (await list(directory)).map((entry) => entry.name) : [];
  checkMembers(store.seal, store.root, path, new Set(names));
  const group = store.storage.directory(path);
  const arrays = names
    .filter((name) => !name.startsWith("."))
    .map((name) =>
      openEntry(path, decodeKey(name), async () =>
        openStored(store, await group.get(name), `${path}/${decodeKey(name)}`),
      ),
    );
  const files = await listFiles(store, `${EXTRA_NAME}/${path}`);
  const extra = [...files].map(([key, file]) => openEntry(path, key, () => openFile(store, file, `${path}/${key}`)));
  const members = await Promise.all([...arrays, ...extra]);
  return new Map(members.sort(([a], [b]) => (a < b ? -1 : 1)));
}

async function openEntry(path: string, key: string, open: () => Promise<LazyElement>): Promise<[string, LazyElement]> {
  try {
    return [key, await open()];
  } catch (error) {
    return [key, failedElement(`${path}/${key}`, error)];
  }
}

/** A bare array is an element as it is; a group says what it is by its attributes. `path` is where the element is in its AnnData. */
export async function openStored(store: AtsStore, node: StoredNode | undefined, path: string): Promise<LazyElement> {
  if (node?.kind === "array") return noteStored(plainArray({ ...node, path }, "array", ""), node);
  return openContext(store.storage.root).open(node as StoredNode);
}
