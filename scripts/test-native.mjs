#!/usr/bin/env node
import { spawnSync } from "node:child_process";
/**
 * Builds and runs the GoogleTests of the native layers: `test-native.mjs [--sanitize] [--base]`.
 * `--sanitize` adds AddressSanitizer and UBSan; `--base` leaves out what links TensorStore, which CI does with it.
 * The last line is `N passed, N failed`.
 */
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { buildObjects } from "./third-party/build.mjs";
import { generator, jobs, launcherEnvironment, launchers, onOff } from "./third-party/cmake.mjs";
import { runMain } from "./third-party/failure.mjs";
import { progressLines } from "./third-party/progress.mjs";
import { stream } from "./third-party/run.mjs";

const ROOT = fileURLToPath(new URL("..", import.meta.url));

const say = (message) => console.error(`  ${message}`);

/** Configures and builds the test binaries. @returns {Promise<string>} the build folder */
async function build({ sanitize, base }) {
  const objects = await buildObjects({ sanitize, base, tests: true, say });
  const hdf5 = base ? [] : [`ATS_HDF5_OBJECTS=${await buildObjects({ part: "hdf5", sanitize, say })}`];
  const out = join(ROOT, "out", `test${sanitize ? "-asan" : ""}${base ? "-base" : ""}`);
  const definitions = [
    "ATS_TESTS=ON",
    `ATS_OBJECTS=${objects}`,
    ...hdf5,
    onOff("ATS_SANITIZE", sanitize),
    onOff("ATS_BASE_ONLY", base),
  ];
  const args = ["-S", ROOT, "-B", out, ...generator(out)];
  args.push(...[...definitions, ...launchers()].map((text) => `-D${text}`));
  await stream("cmake", args, { onLine: () => {} });
  await stream("cmake", ["--build", out, "--target", "ats_tests", "--parallel", String(jobs())], {
    env: { ...process.env, ...launcherEnvironment(ROOT) },
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
