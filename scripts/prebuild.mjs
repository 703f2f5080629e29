#!/usr/bin/env node
/**
 * `npm run prebuild`: makes `prebuilds/<platform>-<arch>/anndata-tensorstore[.glibc|.musl].node` with prebuildify, stripped,
 * with the licences of what is linked into it, and says how large it is and which glibc it needs.
 */
import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { floorOf } from "./glibc-floor.mjs";
import { BuildFailure, runMain } from "./third-party/failure.mjs";
import { fetchSource } from "./third-party/fetch.mjs";
import { readLock } from "./third-party/lock.mjs";
import { capture, stream } from "./third-party/run.mjs";

const ROOT = fileURLToPath(new URL("..", import.meta.url));

/** What one platform may add to the package, in bytes. */
const MAX_BYTES = 15 * 1024 * 1024;

/** Headers of the running Node where they are installed, so that node-gyp, which only starts CMake, downloads none. */
function nodeDirectory() {
  const prefix = dirname(dirname(process.execPath));
  return existsSync(join(prefix, "include/node/common.gypi")) ? { npm_config_nodedir: prefix } : {};
}

/** Runs prebuildify, which runs node-gyp, which runs the CMake build. */
async function prebuildify() {
  const bin = createRequire(import.meta.url).resolve("prebuildify/bin.js");
  const args = [bin, "--napi", "--strip", "-t", process.versions.node, "--cwd", ROOT];
  if (process.platform === "linux") args.push("--tag-libc");
  const env = { ...process.env, ...nodeDirectory() };
  await stream(process.execPath, args, { cwd: ROOT, env, onLine: (line) => console.error(line) });
}

/** The licence of every source that is in the binary, in one file beside it. */
async function writeNotices(folder) {
  const parts = [];
  for (const source of readLock().filter((candidate) => !candidate.testsOnly)) {
    const text = readFileSync(join(await fetchSource(source, () => {}), source.licenceFile), "utf8");
    const licence = source.licenceFile.endsWith(".h") ? text.slice(0, text.indexOf("*/") + 2) : text;
    parts.push(
      `${source.name} ${source.accepted[0].version} (${source.licence})\n${"=".repeat(72)}\n${licence.trim()}\n`,
    );
  }
  writeFileSync(join(folder, "THIRD-PARTY-LICENCES.txt"), parts.join("\n\n"));
}

await runMain(async () => {
  rmSync(join(ROOT, "prebuilds"), { recursive: true, force: true });
  await prebuildify();
  const { prebuiltPath } = await import(pathToFileURL(join(ROOT, "dist/native/locate.js")).href);
  const path = prebuiltPath();
  mkdirSync(dirname(path), { recursive: true });
  if (!existsSync(path)) throw new BuildFailure(`prebuildify left no ${path}`);
  await writeNotices(dirname(path));
  const { size } = statSync(path);
  console.log(`${path}: ${(size / 1024 / 1024).toFixed(1)} MiB`);
  if (size > MAX_BYTES) throw new BuildFailure(`the binary is larger than ${MAX_BYTES / 1024 / 1024} MiB`);
  if (process.platform === "linux") {
    const { glibc, needed } = floorOf(path);
    console.log(`glibc ${glibc} or newer, needs ${needed.join(" ")}`);
  }
  console.log(
    capture(process.execPath, ["-p", `Object.keys(require(${JSON.stringify(path)})).length + " exports"`]).trim(),
  );
});
