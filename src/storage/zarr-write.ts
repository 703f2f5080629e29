/** Writes groups and arrays as Zarr version 2 or 3, into a directory or an archive. */
import type { Attributes, GroupWriter, ReadOptions, StoredNode } from "./types.js";
import { createZarrArray } from "./zarr-write-array.js";
import { copyNode } from "./zarr-write-copy.js";
import { extendZarrArray } from "./zarr-write-extend.js";
import { joinPath, memberPath } from "./zarr-write-names.js";
import type { ZarrWriteSession } from "./zarr-write-session.js";

/** A whole store. */
export interface ZarrTreeWriter {
  readonly root: GroupWriter;
  /** Writes the root's metadata with those of all members (consolidated); nothing can be added afterwards. */
  end(): Promise<void>;
}

/** A writer for a store whose root has `attributes`. The root's own metadata are written last. */
export function zarrTreeWriter(session: ZarrWriteSession, attributes: Attributes): ZarrTreeWriter {
  return {
    root: zarrMembers(session, ""),
    async end() {
      for (const [name, text] of session.dialect.root(attributes, session.metadata)) await session.sink.put(name, text);
    },
  };
}

/**
 * A writer for what lies below `path`, which is itself not marked as a group. Errors of its methods: `UNSAFE_PATH` for names that no member of
 * a Zarr group can have, or that the file system cannot tell from another member's; those of `createZarrArray`.
 */
export function zarrMembers(session: ZarrWriteSession, path: string): GroupWriter {
  const pathOf = (name: string) => (session.options.encodedNames ? joinPath(path, name) : memberPath(path, name));
  return {
    path,
    async group(name, attributes = {}) {
      const member = pathOf(name);
      await session.putAll(member, session.dialect.group(attributes));
      return zarrMembers(session, member);
    },
    array: async (name, options) => createZarrArray(pathOf(name), options, session),
    extend: async (name, node, length) => extendZarrArray(pathOf(name), node, length, session),
    copy: async (name: string, node: StoredNode, options?: ReadOptions) =>
      copyNode(pathOf(name), node, session, options),
  };
}
