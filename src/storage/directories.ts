/** Directories of a store that nobody vouches for: no links. */
import type { Dirent } from "node:fs";
import { lstat, readdir } from "node:fs/promises";
import { AtsError } from "../errors.js";
import { fileError } from "./file-source.js";

/** The entries of a directory by name; nothing where there is no directory. */
export async function list(directory: string): Promise<Dirent[]> {
  try {
    const entries = await readdir(directory, { withFileTypes: true });
    return entries.sort((a, b) => (a.name < b.name ? -1 : 1));
  } catch (cause) {
    const error = fileError(cause, directory);
    if (error.code === "NOT_FOUND") return [];
    throw error;
  }
}

/** Whether there is a directory; `UNSAFE_PATH` for a link, a file or a device. */
export async function isPlainDirectory(path: string): Promise<boolean> {
  try {
    const stats = await lstat(path);
    if (stats.isDirectory()) return true;
  } catch (cause) {
    const error = fileError(cause, path);
    if (error.code === "NOT_FOUND") return false;
    throw error;
  }
  throw new AtsError("UNSAFE_PATH", `${path} is a link or not a directory; a store holds plain directories only.`, {
    path,
  });
}
