/** Makes sure that files and directories are on the disk. */
import { open, readdir } from "node:fs/promises";
import { join } from "node:path";

/** fsync of a file or directory. Directories cannot be synced on Windows, where their changes are journaled. */
export async function syncPath(path: string): Promise<void> {
  const handle = await open(path, "r").catch((cause: NodeJS.ErrnoException) => {
    if (process.platform === "win32") return undefined;
    throw cause;
  });
  if (handle === undefined) return;
  try {
    await handle.sync();
  } catch (cause) {
    if (!NOT_SYNCABLE.has((cause as NodeJS.ErrnoException).code ?? "")) throw cause;
  } finally {
    await handle.close();
  }
}

/** What file systems without fsync for a directory answer. */
const NOT_SYNCABLE = new Set(process.platform === "win32" ? ["EPERM", "EINVAL"] : ["EINVAL"]);

/** fsync of every directory below `root`, the deepest first, `root` last. Their files have been synced before. */
export async function syncDirectories(root: string): Promise<void> {
  for (const entry of await readdir(root, { withFileTypes: true })) {
    if (entry.isDirectory()) await syncDirectories(join(root, entry.name));
  }
  await syncPath(root);
}
