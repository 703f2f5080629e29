/**
 * Every write of a store that is one file (`.h5ad`, a zip) ends here. All or nothing, also against a killed process: the lock beside the
 * target, a temporary file beside it, fsync, one rename, fsync of the parent. A replacement is atomic by itself and needs no intent file.
 */
import { link, rename, unlink } from "node:fs/promises";
import { appeared } from "./failures.js";
import type { Siblings } from "./names.js";
import { type ReplaceOptions, replaceTarget } from "./replace.js";
import { checkFileTarget } from "./replaceable.js";
import { syncPath } from "./sync.js";

/**
 * Saves one file at `path`: `write` creates the file whose name it is given, in the target's directory, and closes it; then the file takes the
 * target's place. Errors: `ALREADY_EXISTS` (see `checkFileTarget`); those of `replaceTarget`; whatever `write` throws. After an error the
 * path is as it was and nothing is left beside it.
 */
export async function saveFile(
  path: string,
  options: ReplaceOptions,
  write: (stagingFile: string) => Promise<void>,
): Promise<void> {
  await replaceTarget(path, options, {
    check: checkFileTarget,
    async stage({ staging }, sync) {
      await write(staging);
      options.signal?.throwIfAborted();
      if (sync) await syncPath(staging);
    },
    publish,
  });
}

async function publish(target: string, siblings: Siblings, replaces: boolean, sync: boolean): Promise<void> {
  if (replaces) await rename(siblings.staging, target);
  else await giveName(siblings.staging, target);
  if (sync) await syncPath(siblings.parent);
}

/** A rename would replace what appeared meanwhile; a second name does not. File systems without hard links have to take the rename. */
async function giveName(staging: string, target: string): Promise<void> {
  try {
    await link(staging, target);
  } catch (cause) {
    const code = (cause as NodeJS.ErrnoException).code ?? "";
    if (code === "EEXIST") throw appeared(target, cause);
    if (!NO_LINKS.has(code)) throw cause;
    await rename(staging, target);
    return;
  }
  await unlink(staging);
}

/** What file systems without hard links answer. */
const NO_LINKS = new Set(["EPERM", "ENOTSUP", "EOPNOTSUPP", "ENOSYS", "EMLINK"]);
