/** One writer per store: a lock file beside it that names the process. A lock whose process has died is taken over. */
import { link, readFile, rename, unlink, writeFile } from "node:fs/promises";
import { AtsError } from "../errors.js";
import { isMissing, saveError } from "./failures.js";
import type { Siblings } from "./names.js";
import { isRunning, type ProcessIdentity, thisProcess } from "./process-identity.js";

interface LockFile extends ProcessIdentity {
  readonly id: string;
}

/** A held lock. */
export interface Lock {
  release(): Promise<void>;
}

/**
 * Takes the lock of a store. `LOCKED`, naming host and pid, while another save runs, also one of this process; `NOT_FOUND` where the parent
 * directory is missing; `IO`.
 */
export async function acquireLock(siblings: Siblings, path: string): Promise<Lock> {
  const mine = `${siblings.lock}-${siblings.id}`;
  const content = JSON.stringify({ id: siblings.id, ...(await thisProcess()) } satisfies LockFile);
  for (;;) {
    if (await tryCreate(siblings.lock, mine, content, path)) break;
    const holder = await readLock(siblings.lock);
    if (holder === undefined) continue;
    if (holder === "unreadable" || (await isRunning(holder))) throw locked(path, siblings.lock, holder);
    await removeDead(siblings.lock, mine, holder);
  }
  return { release: () => unlink(siblings.lock).catch(() => undefined) };
}

/** The lock appears with its content at once, as a second name of a finished file. */
async function tryCreate(lock: string, mine: string, content: string, path: string): Promise<boolean> {
  try {
    await writeFile(mine, content, { flag: "wx" });
  } catch (cause) {
    throw saveError(cause, path);
  }
  try {
    await link(mine, lock);
    return true;
  } catch (cause) {
    const code = (cause as NodeJS.ErrnoException).code;
    // ENOENT: a collector took our file for a leftover.
    if (code === "EEXIST" || code === "ENOENT") return false;
    if (code === "EPERM" || code === "ENOTSUP" || code === "ENOSYS") return createExclusively(lock, content, path);
    throw saveError(cause, path);
  } finally {
    await unlink(mine).catch(() => undefined);
  }
}

/** For file systems without hard links. */
async function createExclusively(lock: string, content: string, path: string): Promise<boolean> {
  try {
    await writeFile(lock, content, { flag: "wx" });
    return true;
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw saveError(cause, path);
  }
}

async function readLock(lock: string): Promise<LockFile | "unreadable" | undefined> {
  try {
    const holder = JSON.parse(await readFile(lock, "utf8")) as Partial<LockFile> | null;
    const complete =
      typeof holder?.pid === "number" && typeof holder.host === "string" && typeof holder.id === "string";
    return complete ? ({ started: "", namespace: "", ...holder } as LockFile) : "unreadable";
  } catch (cause) {
    return isMissing(cause) ? undefined : "unreadable";
  }
}

/** Takes the dead lock out of the way, and puts it back where another process was faster and the lock is a new one. */
async function removeDead(lock: string, mine: string, dead: LockFile): Promise<void> {
  try {
    await rename(lock, mine);
  } catch (cause) {
    if (isMissing(cause)) return;
    throw saveError(cause, lock);
  }
  const taken = await readLock(mine);
  if (taken === undefined || taken === "unreadable" || taken.id !== dead.id)
    await link(mine, lock).catch(() => undefined);
  await unlink(mine).catch(() => undefined);
}

function locked(path: string, lock: string, holder: LockFile | "unreadable"): AtsError {
  const who = holder === "unreadable" ? "another program" : `process ${holder.pid} on ${holder.host}`;
  return new AtsError("LOCKED", `${path} is being saved by ${who}; wait for it, or remove ${lock} once it is gone.`, {
    path,
  });
}
