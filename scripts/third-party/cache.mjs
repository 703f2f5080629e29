import { mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { join, resolve } from "node:path";

/** Where downloads and objects live: `ATS_CACHE_DIR`, else below `XDG_CACHE_HOME` or `~/.cache`. Made when missing. */
export function cacheRoot() {
  const root =
    process.env.ATS_CACHE_DIR || join(process.env.XDG_CACHE_HOME || join(homedir(), ".cache"), "anndata-tensorstore");
  mkdirSync(root, { recursive: true });
  return resolve(root);
}

/** How often a waiting process looks whether the other one is done, in ms. */
const POLL_MS = 500;

/** How long a lock may stay without its owner's process number, in ms. */
const UNWRITTEN_MS = 10_000;

/**
 * Runs `task` while no other process runs one under the same folder. A lock of a dead process is taken over.
 * @template T @param {string} folder @param {() => Promise<T>} task @param {() => void} [onWait] called once when it waits
 */
export async function withLock(folder, task, onWait = () => {}) {
  mkdirSync(folder, { recursive: true });
  const lock = join(folder, ".lock");
  let told = false;
  while (!tryLock(lock)) {
    if (!told) onWait();
    told = true;
    await new Promise((wake) => setTimeout(wake, POLL_MS));
  }
  try {
    return await task();
  } finally {
    rmSync(lock, { force: true });
  }
}

function tryLock(lock) {
  try {
    writeFileSync(lock, String(process.pid), { flag: "wx" });
    return true;
  } catch (error) {
    if (error.code !== "EEXIST") throw error;
  }
  if (isHeld(lock)) return false;
  rmSync(lock, { force: true });
  return false;
}

/** A lock without a number is being written right now, unless it is old. */
function isHeld(lock) {
  const found = statSync(lock, { throwIfNoEntry: false });
  if (!found) return false;
  const pid = Number(readFileSync(lock, "utf8"));
  return pid > 0 ? isAlive(pid) : Date.now() - found.mtimeMs < UNWRITTEN_MS;
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === "EPERM";
  }
}
