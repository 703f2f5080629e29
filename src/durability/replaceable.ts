/** What a save with `overwrite` may replace: stores, never a directory or a file of something else. */
import type { Stats } from "node:fs";
import { lstat, open, readdir } from "node:fs/promises";
import { AtsError } from "../errors.js";
import { isMissing, saveError } from "./failures.js";
import { MANIFEST } from "./manifest.js";

/** Files at the root, all of which one kind of store has. */
const MARKS: readonly (readonly string[])[] = [
  [MANIFEST],
  ["obs.parquet", "var.parquet"],
  [".zgroup", ".zattrs"],
  [".zgroup", "obs", "var"],
  ["zarr.json"],
];

/** How files that are stores begin: HDF5 (also behind a user block of 512 bytes), zip, an empty zip. */
const SIGNATURES: readonly (readonly [offset: number, bytes: string])[] = [
  [0, "\x89HDF\r\n\x1a\n"],
  [512, "\x89HDF\r\n\x1a\n"],
  [0, "PK\x03\x04"],
  [0, "PK\x05\x06"],
];

/**
 * Whether there is something at `path` that a directory store is to replace. `ALREADY_EXISTS` without `overwrite`, and with it where the thing
 * at `path` is no AnnData store and no empty directory.
 */
export async function checkTarget(path: string, overwrite: boolean): Promise<boolean> {
  const stats = await present(path, overwrite);
  if (stats === undefined) return false;
  const names = stats.isDirectory() ? await readdir(path) : undefined;
  const isStore = names?.length === 0 || MARKS.some((mark) => mark.every((file) => names?.includes(file)));
  if (names === undefined || !isStore) throw notAStore(path);
  return true;
}

/**
 * Whether there is something at `path` that a single file is to replace. `ALREADY_EXISTS` without `overwrite`, and with it where the thing at
 * `path` is no HDF5 or zip file and no empty one.
 */
export async function checkFileTarget(path: string, overwrite: boolean): Promise<boolean> {
  const stats = await present(path, overwrite);
  if (stats === undefined) return false;
  if (!stats.isFile() || !(stats.size === 0 || (await isStoreFile(path)))) throw notAStore(path);
  return true;
}

async function present(path: string, overwrite: boolean): Promise<Stats | undefined> {
  const stats = await lstat(path).catch((cause: unknown) => {
    if (isMissing(cause)) return undefined;
    throw saveError(cause, path);
  });
  if (stats === undefined || overwrite) return stats;
  throw new AtsError("ALREADY_EXISTS", `${path} exists already; choose another name or allow it to be overwritten.`, {
    path,
  });
}

async function isStoreFile(path: string): Promise<boolean> {
  const handle = await open(path, "r");
  try {
    const { buffer } = await handle.read(new Uint8Array(520), 0, 520, 0);
    const head = Buffer.from(buffer).toString("latin1");
    return SIGNATURES.some(([offset, bytes]) => head.startsWith(bytes, offset));
  } finally {
    await handle.close();
  }
}

function notAStore(path: string): AtsError {
  return new AtsError("ALREADY_EXISTS", `${path} is not a store and is not replaced; remove it yourself.`, { path });
}
