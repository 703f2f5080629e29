/** Where the files of a Zarr store are: a directory, or a zip archive. Keys are paths within the store, with "/". */
import { randomUUID } from "node:crypto";
import { lstat } from "node:fs/promises";
import { join } from "node:path";
import { AtsError } from "../errors.js";
import type { Context } from "../tensorstore/context.js";
import { KvStore } from "../tensorstore/kvstore.js";
import { isPlainDirectory, list } from "./directories.js";
import { guardPrefix } from "./read-guard.js";
import type { RawFiles, ReadOptions } from "./types.js";

/** The files of a store that nobody vouches for. */
export interface ZarrFiles {
  /** The path on disk of what is at `key`, for messages. */
  nameOf(key: string): string;
  /** The bytes of a small file, undefined where there is none; `LIMIT_EXCEEDED` beyond `limit`, `UNSAFE_PATH` where it is no plain file. */
  read(key: string, limit: number): Promise<Uint8Array | undefined>;
  /** Whether there is a directory at `path`, whose parent is known to be one; `UNSAFE_PATH` where it is a link or no directory. */
  hasDirectory(path: string): Promise<boolean>;
  /** The names of the directories within `path`, in order; none where there is no such directory. */
  directories(path: string): Promise<readonly string[]>;
  /** Bytes of one file, undefined where there is none. */
  sizeOf(key: string): Promise<number | undefined>;
  /** Bytes of all files below `path`, as they are stored. */
  storedBytes(path: string): Promise<number>;
  /** The keys of all files below `path`, with their sizes. */
  walk(path: string): AsyncIterable<{ readonly key: string; readonly size: number }>;
  /** The store as TensorStore opens it, at its root: for reading only, and never out of the store. Opened once. */
  kvstore(context: Context): Promise<KvStore>;
  /** Lets go of descriptors. */
  close(): Promise<void>;
}

/** The files of the directory `root`, whose own path may have links in it. `context` is what its store is opened with. */
export function directoryFiles(root: string, context: () => Context): ZarrFiles {
  const at = (key: string) => join(root, key);
  let opened: Promise<KvStore> | undefined;
  const files: ZarrFiles = {
    nameOf: at,
    async read(key, limit) {
      // The native store takes one call for what Node's file system needs four for.
      const store = await files.kvstore(context());
      const guard = guardPrefix({ maxBytes: Math.max(limit, 1) });
      const result = await store.get(`${guard}${key}`).catch((error: unknown) => {
        throw AtsError.is(error)
          ? new AtsError(error.code, error.message, { path: at(key), cause: error.cause })
          : error;
      });
      return result.state === "value" ? result.value : undefined;
    },
    hasDirectory: (path) => isPlainDirectory(at(path)),
    directories: async (path) =>
      (await list(at(path))).filter((entry) => entry.isDirectory()).map((entry) => entry.name),
    sizeOf: (key) =>
      lstat(at(key)).then(
        (stats) => stats.size,
        () => undefined,
      ),
    storedBytes: (path) => sumSizes(files.walk(path)),
    walk: (path) => walkDirectory(root, path),
    kvstore(context) {
      opened ??= KvStore.open({ driver: "ats_directory", root, session: randomUUID() }, { context });
      return opened;
    },
    close: async () => (await opened?.catch(() => undefined))?.close(),
  };
  return files;
}

/** What is stored at and below the node at `path`, for copies bit for bit. */
export function rawFiles(files: ZarrFiles, path: string, zarrFormat: 2 | 3): RawFiles {
  const cut = path === "" ? 0 : path.length + 1;
  return {
    zarrFormat,
    async *files({ signal }: ReadOptions = {}) {
      for await (const { key, size } of files.walk(path)) {
        signal?.throwIfAborted();
        const bytes = async () => (await files.read(key, size)) as Uint8Array;
        yield { path: key.slice(cut), bytes };
      }
    },
  };
}

async function* walkDirectory(root: string, path: string): AsyncGenerator<{ key: string; size: number }> {
  for (const entry of await list(join(root, path))) {
    const key = path === "" ? entry.name : `${path}/${entry.name}`;
    if (entry.isDirectory()) yield* walkDirectory(root, key);
    else if (entry.isFile()) yield { key, size: (await lstat(join(root, key))).size };
  }
}

/** The bytes of all `entries`. */
export async function sumSizes(entries: AsyncIterable<{ readonly size: number }>): Promise<number> {
  let total = 0;
  for await (const { size } of entries) total += size;
  return total;
}
