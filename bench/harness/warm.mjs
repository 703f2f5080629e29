/** Reads files into the page cache, so that every subject finds its input there. */
import { readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";

/**
 * Reads every file at or below each path once.
 * @param {readonly string[]} paths
 */
export async function warm(paths) {
  for (const path of paths) {
    if ((await stat(path)).isDirectory()) {
      await warm((await readdir(path)).map((name) => join(path, name)));
    } else {
      await readFile(path);
    }
  }
}
