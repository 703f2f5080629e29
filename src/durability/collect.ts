/** Finishes or undoes what a killed save left beside a store. */
import { lstat, readdir, readFile, realpath, rename, rm, unlink } from "node:fs/promises";
import { basename, join, resolve } from "node:path";
import { setTimeout } from "node:timers/promises";
import { acquireLock } from "./lock.js";
import { isLeftover, type Siblings, siblingsOf } from "./names.js";

/** What a replacement is about to do, written before it moves anything. Names only: they are siblings of the store. */
export interface Intent {
  readonly staging: string;
  readonly old: string;
}

/**
 * To be called before a store is opened: if a save was killed, the path holds the old store or the new one afterwards, and nothing is left beside it.
 * Never fails: where another save runs, or nothing may be written, all stays as it is. Whether there was anything that may have changed the store.
 */
export async function collectLeftovers(path: string): Promise<boolean> {
  const target = await realpath(path).catch(() => path);
  const siblings = siblingsOf(resolve(target));
  const entries = await readdir(siblings.parent).catch((): string[] => []);
  const intent = entries.includes(basename(siblings.intent));
  if (!intent && !entries.some((entry) => isLeftover(entry, siblings.name))) return false;
  const lock = await acquireLock(siblings, target).catch(() => undefined);
  if (lock === undefined) {
    if (intent) await awaitPublication(target);
    return true;
  }
  await recover(target, siblings).catch(() => undefined);
  await lock.release();
  return true;
}

/** While another process replaces the store there is a moment without one: waits for at most a second until it is over. */
async function awaitPublication(path: string): Promise<void> {
  for (let tries = 0; tries < 50 && !(await exists(path)); tries++) await setTimeout(20);
}

/** The work of {@link collectLeftovers} under a lock that the caller holds. */
export async function recover(path: string, siblings: Siblings): Promise<void> {
  const intent = await readIntent(siblings);
  if (intent !== undefined && !(await exists(path))) {
    const [staging, old] = [join(siblings.parent, intent.staging), join(siblings.parent, intent.old)];
    if (await exists(staging)) await rename(staging, path);
    else if (await exists(old)) await rename(old, path);
  }
  await unlink(siblings.intent).catch(() => undefined);
  for (const entry of await readdir(siblings.parent)) {
    if (isLeftover(entry, siblings.name)) await rm(join(siblings.parent, entry), { recursive: true, force: true });
  }
}

/** Undefined where there is none, or one that is torn: then nothing was moved yet. */
async function readIntent(siblings: Siblings): Promise<Intent | undefined> {
  try {
    const intent = JSON.parse(await readFile(siblings.intent, "utf8")) as Partial<Intent>;
    const ours = [intent.staging, intent.old].every(
      (name) => typeof name === "string" && isLeftover(name, siblings.name),
    );
    return ours ? (intent as Intent) : undefined;
  } catch {
    return undefined;
  }
}

/** Whether anything is at `path`, a dangling link too. */
export async function exists(path: string): Promise<boolean> {
  return lstat(path).then(
    () => true,
    () => false,
  );
}
