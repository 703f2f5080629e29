#!/usr/bin/env node
/**
 * `npm run prebuild`: makes `prebuilds/<platform>-<arch>/anndata-tensorstore[.glibc|.musl].node` with prebuildify, stripped,
 * with the licences of what is linked into it, and with a JSON file that states its real needs.
 */
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { floorOf } from "./glibc-floor.mjs";
import { BuildFailure, runMain } from "./third-party/failure.mjs";
import { fetchSource } from "./third-party/fetch.mjs";
import { readLock } from "./third-party/lock.mjs";
import { stream } from "./third-party/run.mjs";

const ROOT = fileURLToPath(new URL("..", import.meta.url));

/** What one platform may add to the package, in bytes. */
const MAX_BYTES = 15 * 1024 * 1024;

/**
 * A stand-in for Node's headers. node-gyp wants them before it does anything, and would download them; but all that it
 * does here is start the CMake build, which takes its headers from a package.
 */
function makeNodeDirectory() {
  const folder = mkdtempSync(join(tmpdir(), "ats-nodedir-"));
  const include = join(folder, "include", "node");
  mkdirSync(include, { recursive: true });
  writeFileSync(join(include, "common.gypi"), "{}\n");
  writeFileSync(join(include, "config.gypi"), JSON.stringify(process.config));
  return folder;
}

/** Runs prebuildify, which runs node-gyp, which runs the CMake build. */
async function prebuildify() {
  const bin = createRequire(import.meta.url).resolve("prebuildify/bin.js");
  const args = [bin, "--napi", "--strip", "-t", process.versions.node, "--cwd", ROOT];
  if (process.platform === "linux") args.push("--tag-libc");
  const nodeDirectory = makeNodeDirectory();
  try {
    const env = { ...process.env, npm_config_nodedir: nodeDirectory };
    await stream(process.execPath, args, { cwd: ROOT, env, onLine: (line) => console.error(line) });
  } finally {
    rmSync(nodeDirectory, { recursive: true, force: true });
  }
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
  if (!existsSync(path)) throw new BuildFailure(`prebuildify left no ${path}`);
  await writeNotices(dirname(path));
  const { size } = statSync(path);
  const requires = { bytes: size, ...(process.platform === "linux" ? floorOf(path) : {}) };
  writeFileSync(path.replace(/\.node$/, ".json"), `${JSON.stringify(requires, null, 2)}\n`);
  console.log(`${path}: ${JSON.stringify(requires)}`);
  if (size > MAX_BYTES) throw new BuildFailure(`the binary is larger than ${MAX_BYTES / 1024 / 1024} MiB`);
});
