/**
 * What saves of directories and of single files share: the lock beside the target, collecting what a killed save left, and the clean end
 * after a failure. What is staged, and how it takes the target's place, is theirs.
 */
import { realpath, rm } from "node:fs/promises";
import { resolve } from "node:path";
import { recover } from "./collect.js";
import { isMissing, saveError } from "./failures.js";
import { acquireLock } from "./lock.js";
import { type Siblings, siblingsOf } from "./names.js";

/** Options of every save. */
export interface ReplaceOptions {
  readonly overwrite?: boolean | undefined;
  /** `none` skips fsync. Default `full`. */
  readonly durability?: "full" | "none" | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** The steps of one kind of save. */
export interface ReplaceSteps {
  /** Whether there is something at the target to be replaced; throws where it must not be. */
  check(target: string, overwrite: boolean): Promise<boolean>;
  /** Makes `siblings.staging`, complete and, with `sync`, on the disk. */
  stage(siblings: Siblings, sync: boolean): Promise<void>;
  /** Puts `siblings.staging` at the target. */
  publish(target: string, siblings: Siblings, replaces: boolean, sync: boolean): Promise<void>;
}

/**
 * Saves at `path` by `steps`, as the only writer. Errors: `LOCKED`, `NOT_FOUND` for a missing parent, `IO`; whatever the steps throw;
 * `signal.reason`. After an error the path is as it was and nothing is left beside it.
 */
export async function replaceTarget(path: string, options: ReplaceOptions, steps: ReplaceSteps): Promise<void> {
  const target = await resolveTarget(path);
  const siblings = siblingsOf(target);
  const overwrite = options.overwrite === true;
  const sync = options.durability !== "none";
  options.signal?.throwIfAborted();
  await steps.check(target, overwrite);
  const lock = await acquireLock(siblings, target);
  try {
    await recover(target, siblings);
    const replaces = await steps.check(target, overwrite);
    await steps.stage(siblings, sync);
    options.signal?.throwIfAborted();
    await steps.publish(target, siblings, replaces, sync);
  } catch (cause) {
    await rm(siblings.staging, { recursive: true, force: true, maxRetries: 5 }).catch(() => undefined);
    if (options.signal?.aborted) throw options.signal.reason;
    throw saveError(cause, target);
  } finally {
    await lock.release();
  }
}

/** A store that is reached through a link is replaced where it lies. */
async function resolveTarget(path: string): Promise<string> {
  return realpath(path).catch((cause: unknown) => {
    if (isMissing(cause)) return resolve(path);
    throw saveError(cause, path);
  });
}
