#!/usr/bin/env node
/**
 * States the oldest glibc and libstdc++ that a binary runs on, from the symbol versions that it asks for, and which shared
 * libraries it needs.  `glibc-floor.mjs FILE [--at-most 2.28]`
 */
import { basename } from "node:path";
import { parseArgs } from "node:util";
import { BuildFailure, runMain } from "./third-party/failure.mjs";
import { capture, requireTools } from "./third-party/run.mjs";

/** Orders dotted version numbers. */
export function compareVersions(a, b) {
  const [left, right] = [a, b].map((version) => version.split(".").map(Number));
  for (let i = 0; i < Math.max(left.length, right.length); i++) {
    const difference = (left[i] ?? 0) - (right[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

/** The newest version of `prefix` (such as `GLIBC`) in `readelf --version-info` output, or undefined. */
export function newest(prefix, text) {
  const versions = [...text.matchAll(new RegExp(`\\b${prefix}_(\\d+(?:\\.\\d+)+)`, "g"))].map((match) => match[1]);
  return versions.sort(compareVersions).at(-1);
}

/**
 * What a Linux binary needs of the system.
 * @param {string} path @returns {{ glibc: string, libstdcxx: string | undefined, needed: string[] }}
 */
export function floorOf(path) {
  requireTools({ readelf: "install binutils" });
  const text = capture("readelf", ["--version-info", "--wide", path]);
  const dynamic = capture("readelf", ["--dynamic", "--wide", path]);
  const needed = [...dynamic.matchAll(/\(NEEDED\).*\[(.+)\]/g)].map((match) => match[1]);
  return { glibc: newest("GLIBC", text) ?? "0", libstdcxx: newest("GLIBCXX", text), needed };
}

if (process.argv[1]?.endsWith("glibc-floor.mjs")) {
  await runMain(async () => {
    const { values, positionals } = parseArgs({ allowPositionals: true, options: { "at-most": { type: "string" } } });
    const [path] = positionals;
    if (!path) throw new BuildFailure("usage: glibc-floor.mjs FILE [--at-most VERSION]");
    const { glibc, libstdcxx, needed } = floorOf(path);
    console.log(`${basename(path)}: glibc ${glibc}, libstdc++ ${libstdcxx ?? "linked in"}, needs ${needed.join(" ")}`);
    const limit = values["at-most"];
    if (limit && compareVersions(glibc, limit) > 0) {
      throw new BuildFailure(`${path} needs glibc ${glibc}, more than the ${limit} that was promised`);
    }
  });
}
