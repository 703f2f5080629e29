/** The files of a Zarr store in a zip archive, which the native store `ats_zip` reads: its names are checked there. */

import { randomUUID } from "node:crypto";
import { AtsError } from "../errors.js";
import type { Context } from "../tensorstore/context.js";
import { KvStore } from "../tensorstore/kvstore.js";
import type { ZarrFiles } from "./zarr-files.js";
import { sumSizes } from "./zarr-files.js";

/** Names of which one is at the root of every Zarr store. */
const MARKS = ["zarr.json", ".zgroup", ".zarray", ".zmetadata"];

/**
 * The files in the archive `file`; its directory is read here. Where the archive holds one folder and the store is in it, that folder is the root. `CORRUPT`
 * for what is no zip archive, `UNSAFE_PATH` where a name leads out of it, `LIMIT_EXCEEDED` where its directory has more than `maxMetadataBytes`.
 */
export async function openZipFiles(file: string, context: Context, maxMetadataBytes: number): Promise<ZarrFiles> {
  const archive = await KvStore.open(
    { driver: "ats_zip", file, max_directory_bytes: maxMetadataBytes, session: randomUUID() },
    { context },
  );
  const entries = await archive.entries();
  const prefix = rootOf(entries.map(({ key }) => key));
  const sizes = new Map<string, number>();
  for (const { key, size = 0 } of entries) if (key.startsWith(prefix)) sizes.set(key.slice(prefix.length), size);
  return zipFiles(file, prefix === "" ? archive : archive.child(prefix), sizes);
}

function zipFiles(file: string, archive: KvStore, sizes: ReadonlyMap<string, number>): ZarrFiles {
  const members = membersOf(sizes.keys());
  const files: ZarrFiles = {
    nameOf: (key) => (key === "" ? file : `${file}/${key}`),
    async read(key, limit) {
      const size = sizes.get(key);
      if (size === undefined) return undefined;
      const result = size > limit ? undefined : await archive.get(key);
      if (result?.state === "value" && result.value.length <= limit) return result.value;
      const path = files.nameOf(key);
      throw new AtsError("LIMIT_EXCEEDED", `${path} has more than ${limit} bytes; at most so many are read.`, { path });
    },
    hasDirectory: async (path) => members.has(path),
    directories: async (path) => [...(members.get(path) ?? [])].sort(),
    sizeOf: async (key) => sizes.get(key),
    storedBytes: (path) => sumSizes(files.walk(path)),
    async *walk(path) {
      const below = path === "" ? "" : `${path}/`;
      for (const [key, size] of sizes) if (key.startsWith(below)) yield { key, size };
    },
    kvstore: async () => archive,
    close: async () => archive.close(),
  };
  return files;
}

/** The one folder that holds everything, where the store is in it rather than at the root. */
function rootOf(keys: readonly string[]): string {
  if (keys.some((key) => MARKS.includes(key))) return "";
  const [first = ""] = keys;
  const folder = first.slice(0, first.indexOf("/") + 1);
  const inside =
    keys.every((key) => key.startsWith(folder)) && keys.some((key) => MARKS.includes(key.slice(folder.length)));
  return inside ? folder : "";
}

/** The directories within each directory. */
function membersOf(keys: Iterable<string>): ReadonlyMap<string, ReadonlySet<string>> {
  const members = new Map<string, Set<string>>([["", new Set()]]);
  for (const key of keys) {
    const parts = key.split("/").slice(0, -1);
    let parent = "";
    for (const part of parts) {
      (members.get(parent) as Set<string>).add(part);
      parent = parent === "" ? part : `${parent}/${part}`;
      if (!members.has(parent)) members.set(parent, new Set());
    }
  }
  return members;
}
