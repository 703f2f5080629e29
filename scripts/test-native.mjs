#!/usr/bin/env node
import { spawnSync } from "node:child_process";
/**
 * Builds and runs the GoogleTests of the native layers: `test-native.mjs [--sanitize] [--base]`.
 * `--sanitize` adds AddressSanitizer and UBSan; `--base` leaves out what links TensorStore, which CI does with it.
 * The last line is `N passed, N failed`.
 */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { buildObjects, jobs } from "./third-party/build.mjs";
import { runMain } from "./third-party/failure.mjs";
import { progressLines } from "./third-party/progress.mjs";
import { isOnPath, stream } from "./third-party/run.mjs";

const ROOT = fileURLToPath(new URL("..", import.meta.url));

const say = (message) => console.error(`  ${message}`);

/** Configures and builds the test binaries. @returns {Promise<string>} the build folder */
async function build({ sanitize, base }) {
  const objects = await buildObjects({ sanitize, base, tests: true, say });
  const out = join(ROOT, "out", `test${sanitize ? "-asan" : ""}${base ? "-base" : ""}`);
  const onOff = (value) => (value ? "ON" : "OFF");
  const args = ["-S", ROOT, "-B", out, "-DATS_TESTS=ON", `-DATS_OBJECTS=${objects}`];
  args.push(`-DATS_SANITIZE=${onOff(sanitize)}`, `-DATS_BASE_ONLY=${onOff(base)}`);
  if (isOnPath("ninja") && !existsSync(join(out, "Makefile"))) args.push("-G", "Ninja");
  for (const language of isOnPath("ccache") ? ["C", "CXX"] : [])
    args.push(`-DCMAKE_${language}_COMPILER_LAUNCHER=ccache`);
  await stream("cmake", args, { onLine: () => {} });
  await stream("cmake", ["--build", out, "--target", "ats_tests", "--parallel", String(jobs())], {
    onLine: progressLines(say),
  });
  return out;
}

/** Runs ctest. @returns {{ passed: number, failed: number }} */
function run(out) {
  const args = ["--test-dir", out, "--output-on-failure", "--parallel", String(jobs()), "--no-tests=error"];
  const { stdout } = spawnSync("ctest", args, {
    encoding: "utf8",
    maxBuffer: 1 << 28,
    stdio: ["ignore", "pipe", "inherit"],
  });
  const summary = /(\d+) tests failed out of (\d+)/.exec(stdout);
  if (!summary || Number(summary[1]) > 0) console.log(stdout);
  const [failed, total] = summary ? [Number(summary[1]), Number(summary[2])] : [1, 1];
  return { passed: total - failed, failed };
}

await runMain(async () => {
  const options = { sanitize: { type: "boolean", default: false }, base: { type: "boolean", default: false } };
  const { values } = parseArgs({ options });
  const { passed, failed } = run(await build(values));
  console.log(`${passed} passed, ${failed} failed`);
  if (failed > 0) process.exitCode = 1;
});
