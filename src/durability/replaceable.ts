/** What a save with `overwrite` may replace: stores, never a directory of something else. */
import { lstat, readdir } from "node:fs/promises";
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

/**
 * Whether there is something at `path` to be replaced. `ALREADY_EXISTS` without `overwrite`, and with it where the thing at `path` is no AnnData
 * store and no empty directory.
 */
export async function checkTarget(path: string, overwrite: boolean): Promise<boolean> {
  const stats = await lstat(path).catch((cause: unknown) => {
    if (isMissing(cause)) return undefined;
    throw saveError(cause, path);
  });
  if (stats === undefined) return false;
  if (!overwrite) {
    throw new AtsError("ALREADY_EXISTS", `${path} exists already; choose another name or allow it to be overwritten.`, {
      path,
    });
  }
  const names = stats.isDirectory() ? await readdir(path) : undefined;
  const isStore = names?.length === 0 || MARKS.some((mark) => mark.every((file) => names?.includes(file)));
  if (names === undefined || !isStore) {
    throw new AtsError("ALREADY_EXISTS", `${path} is not a store and is not replaced; remove it yourself.`, { path });
  }
  return true;
}
