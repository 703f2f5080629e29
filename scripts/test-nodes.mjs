#!/usr/bin/env node
/**
 * Runs the tests of the binding under several versions of Node: `test-nodes.mjs [20 22.23 …] [-- files]`, all supported
 * ones without arguments. The binaries come from the npm registry (`node-<platform>-<arch>`) into the cache outside the
 * checkout. The last line is `passed: 20.20.2, …` or `failed: …`.
 */
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { cacheRoot, withLock } from "./third-party/cache.mjs";
import { BuildFailure, runMain } from "./third-party/failure.mjs";
import { capture } from "./third-party/run.mjs";

const ROOT = fileURLToPath(new URL("..", import.meta.url));
const VERSIONS = ["20", "22", "24", "26"];
const SUITES = ["test/tensorstore", "test/lifecycle"];
const PACKAGE = `node-${process.platform}-${process.arch}`;

/** The path of a `node` of the newest release that `range` allows; installed when missing. */
async function installNode(range) {
  const folder = join(cacheRoot(), "nodes", `${process.platform}-${process.arch}-${range}`);
  const modules = join(folder, "node_modules");
  await withLock(`${folder}.lock`, async () => {
    if (existsSync(modules)) return;
    const staging = `${folder}.part`;
    rmSync(staging, { recursive: true, force: true });
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(staging, { recursive: true });
    capture("npm", [
      "install",
      "--prefix",
      staging,
      "--no-audit",
      "--no-fund",
      "--ignore-scripts",
      `${PACKAGE}@${range}`,
    ]);
    renameSync(staging, folder);
  });
  const manifest = join(modules, PACKAGE, "package.json");
  if (!existsSync(manifest)) throw new BuildFailure(`the package ${PACKAGE}@${range} holds no ${PACKAGE}`);
  const { bin } = JSON.parse(readFileSync(manifest, "utf8"));
  return join(modules, PACKAGE, typeof bin === "string" ? bin : (bin?.node ?? "bin/node"));
}

/** Runs the suites. @returns {boolean} whether they passed */
function run(node, files) {
  const vitest = join(ROOT, "node_modules", "vitest", "vitest.mjs");
  const { status } = spawnSync(node, [vitest, "run", ...files], { cwd: ROOT, stdio: "inherit" });
  return status === 0;
}

await runMain(async () => {
  const split = process.argv.indexOf("--");
  const ranges = process.argv.slice(2, split < 0 ? undefined : split);
  const files = split < 0 ? SUITES : process.argv.slice(split + 1);
  const outcome = { passed: [], failed: [] };
  for (const range of ranges.length > 0 ? ranges : VERSIONS) {
    const node = await installNode(range);
    const version = capture(node, ["-p", "process.versions.node"]).trim();
    console.log(`\nNode ${version}`);
    outcome[run(node, files) ? "passed" : "failed"].push(version);
  }
  const { passed, failed } = outcome;
  console.log(failed.length === 0 ? `passed: ${passed.join(", ")}` : `failed: ${failed.join(", ")}`);
  if (failed.length > 0) process.exitCode = 1;
});
