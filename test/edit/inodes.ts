/** Whether files are the same ones as before. */
import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";

/** The inode of each file below `path`, by its path from there. */
export function inodes(path: string): Map<string, number> {
  const found = new Map<string, number>();
  for (const name of readdirSync(path, { recursive: true, encoding: "utf8" })) {
    const stats = statSync(join(path, name));
    if (stats.isFile()) found.set(name, stats.ino);
  }
  return found;
}
