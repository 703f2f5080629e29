import { existsSync } from "node:fs";
import { availableParallelism, totalmem } from "node:os";
import { join } from "node:path";
import { cacheRoot } from "./cache.mjs";
import { isOnPath } from "./run.mjs";

/** Memory that one compiler may take, in bytes: the largest TensorStore sources need about this much. */
const BYTES_PER_JOB = 1.5e9;

/** Compilers that run at once: `ATS_JOBS`, else as many as the processors and the memory allow. */
export function jobs() {
  const fitting = Math.min(availableParallelism(), Math.floor(totalmem() / BYTES_PER_JOB));
  return Number(process.env.ATS_JOBS) || Math.max(1, fitting);
}

/** CMake definitions that put ccache before the compilers, where there is one; without their `-D`. @returns {string[]} */
export function launchers() {
  return isOnPath("ccache") ? ["C", "CXX"].map((language) => `CMAKE_${language}_COMPILER_LAUNCHER=ccache`) : [];
}

/**
 * What ccache needs to serve one checkout's objects to another one: a folder beside the third-party objects, paths below
 * `root` taken as relative. The addon and the native tests compile the same layers, so that the second finds them too.
 * @param {string} root the checkout @returns {Record<string, string>}
 */
export function launcherEnvironment(root) {
  return {
    CCACHE_DIR: join(cacheRoot(), "ccache"),
    CCACHE_BASEDIR: root.replace(/\/$/, ""),
    CCACHE_NOHASHDIR: "1",
    CCACHE_MAXSIZE: "2G",
  };
}

/** CMake arguments that choose ninja where it is and the build folder was not made for make. @param {string} folder */
export function generator(folder) {
  return isOnPath("ninja") && !existsSync(join(folder, "Makefile")) ? ["-G", "Ninja"] : [];
}

/** A CMake definition of a switch, without its `-D`. @param {string} name @param {boolean | undefined} value */
export function onOff(name, value) {
  return `${name}=${value ? "ON" : "OFF"}`;
}
