/**
 * Every write of a directory store ends here. All or nothing, also against a killed process:
 *
 * 1. take the lock beside the store; collect what an earlier save left;
 * 2. write everything into a staging directory beside it;
 * 3. checksum (and sync) every file, write the manifest last, sync the directories bottom-up;
 * 4. publish by rename: a new store by one; a replacement by two, behind an intent file from which a later open or save finishes;
 * 5. sync the parent, remove the intent and the old store, release the lock.
 */
import { mkdir, open, rename, rm, unlink } from "node:fs/promises";
import { basename } from "node:path";
import { appeared } from "./failures.js";
import { type ManifestFile, writeManifest } from "./manifest.js";
import type { Siblings } from "./names.js";
import { type ReplaceOptions, replaceTarget } from "./replace.js";
import { checkTarget } from "./replaceable.js";
import { syncDirectories, syncPath } from "./sync.js";

/** Options of a save. */
export interface SaveOptions extends ReplaceOptions {
  /** What the manifest says that the store is. */
  readonly format: string;
  /** What is known of the files, once they are all there; without it they are all read. */
  readonly seal?: KnownFiles;
}

/** What is known of the files of a store before its manifest is written. */
export interface KnownFiles {
  /** Whether the store gets a manifest. */
  wanted(): boolean;
  /** The entry of the file at `path`, where its bytes are known to be what they were. */
  entry(path: string): ManifestFile | undefined;
}

/**
 * Saves a directory store at `path`: `write` fills an empty staging directory, which then takes the store's place. Errors: `ALREADY_EXISTS` (see
 * `checkTarget`); those of `replaceTarget`; whatever `write` throws. After an error the path is as it was and nothing is left beside it.
 */
export async function saveDirectory(
  path: string,
  options: SaveOptions,
  write: (staging: string) => Promise<void>,
): Promise<void> {
  await replaceTarget(path, options, {
    check: checkTarget,
    stage: (siblings, sync) => stage(siblings, options, sync, write),
    publish,
  });
}

async function stage(
  siblings: Siblings,
  options: SaveOptions,
  sync: boolean,
  write: (staging: string) => Promise<void>,
): Promise<void> {
  await mkdir(siblings.staging);
  await write(siblings.staging);
  options.signal?.throwIfAborted();
  const { format, seal, signal } = options;
  if (seal?.wanted() ?? true) {
    await writeManifest(siblings.staging, { format, generation: siblings.id, sync, signal, entry: seal?.entry });
  }
  if (sync) await syncDirectories(siblings.staging);
}

async function publish(target: string, siblings: Siblings, replaces: boolean, sync: boolean): Promise<void> {
  if (!replaces) {
    await renameNew(siblings.staging, target);
    if (sync) await syncPath(siblings.parent);
    return;
  }
  await writeIntent(siblings, sync);
  try {
    await rename(target, siblings.old);
    await rename(siblings.staging, target);
  } catch (cause) {
    await rename(siblings.old, target).catch(() => undefined);
    await unlink(siblings.intent).catch(() => undefined);
    throw cause;
  }
  if (sync) await syncPath(siblings.parent);
  await unlink(siblings.intent);
  await rm(siblings.old, { recursive: true, force: true });
}

/** A directory that appeared meanwhile, other than an empty one, makes this fail with `ALREADY_EXISTS`. */
async function renameNew(staging: string, target: string): Promise<void> {
  try {
    await rename(staging, target);
  } catch (cause) {
    const code = (cause as NodeJS.ErrnoException).code;
    if (code === "ENOTEMPTY" || code === "EEXIST" || code === "ENOTDIR") throw appeared(target, cause);
    throw cause;
  }
}

async function writeIntent(siblings: Siblings, sync: boolean): Promise<void> {
  const handle = await open(siblings.intent, "w");
  try {
    await handle.writeFile(JSON.stringify({ staging: basename(siblings.staging), old: basename(siblings.old) }));
    if (sync) await handle.sync();
  } finally {
    await handle.close();
  }
  if (sync) await syncPath(siblings.parent);
}
