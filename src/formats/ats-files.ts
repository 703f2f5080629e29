/** Members that are files: tables in Parquet, everything else as pickles, which are read as data and never run. */
import { join } from "node:path";
import type { LazyElement } from "../elements/lazy.js";
import { lazyFromValue } from "../elements/memory.js";
import { readPickle } from "../pickle/read.js";
import { isPlainDirectory, list } from "../storage/directories.js";
import { readSmallFile } from "../storage/file-source.js";
import { decodeKey } from "../storage/key-names.js";
import { openParquet } from "../storage/parquet.js";
import { PICKLE_SUFFIX, TABLE_SUFFIX } from "./ats-layout.js";
import { checkMembers } from "./ats-seal.js";
import { type AtsStore, assertOpen } from "./ats-store.js";
import { lazyTable } from "./ats-table.js";

/** Pickles are read whole; larger ones are refused. */
const MAX_PICKLE_BYTES = 2 ** 31 - 1;

/** A file of `directory`, and what it holds. */
export interface MemberFile {
  readonly path: string;
  readonly isTable: boolean;
}

/**
 * The tables and pickles of the directory at `path` within the store, by key. A pickle whose key a table has too keeps its suffix as Python's loader
 * gives it. `CORRUPT` where one that we wrote is gone.
 */
export async function listFiles(store: AtsStore, path: string): Promise<ReadonlyMap<string, MemberFile>> {
  const directory = join(store.root, path);
  const names = (await isPlainDirectory(directory)) ? (await list(directory)).map((entry) => entry.name) : [];
  checkMembers(store.seal, store.root, path, new Set(names));
  const files = new Map<string, MemberFile>();
  const add = (suffix: string, isTable: boolean) => {
    for (const name of names.filter((name) => name.endsWith(suffix) && name.length > suffix.length)) {
      const key = decodeKey(name.slice(0, -suffix.length));
      files.set(files.has(key) ? key + suffix : key, { path: `${path}/${name}`, isTable });
    }
  };
  add(TABLE_SUFFIX, true);
  add(PICKLE_SUFFIX, false);
  return new Map([...files].sort(([a], [b]) => (a < b ? -1 : 1)));
}

/**
 * Opens a member: a table by its footer, a pickle by reading it. `UNSUPPORTED` for a pickle of anything but data, `CORRUPT` for a damaged one,
 * `LIMIT_EXCEEDED` for one of more than 2 GiB.
 */
export async function openFile(store: AtsStore, file: MemberFile, path: string): Promise<LazyElement> {
  assertOpen(store, path);
  const at = join(store.root, file.path);
  if (file.isTable) {
    return lazyTable(await openParquet(at, path, { maxMetadataBytes: store.limits.maxMetadataBytes }));
  }
  const bytes = await readSmallFile(at, MAX_PICKLE_BYTES);
  await store.checkCurrent();
  return lazyFromValue(readPickle(bytes, { path: at }), path);
}
