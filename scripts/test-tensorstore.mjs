#!/usr/bin/env node
/**
 * Builds TensorStore's own tests against our build of it, our byte streams above all, and runs them:
 * `test-tensorstore.mjs [--sanitize] [BINARY...]`. What is left out, and why, stands in
 * native/test/tensorstore/excluded.json. The last line is `N passed, N failed`.
 */
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { runBinary } from "./tensorstore-tests/run-binary.mjs";
import { buildObjects } from "./third-party/build.mjs";
import { generator, jobs, onOff } from "./third-party/cmake.mjs";
import { BuildFailure, runMain } from "./third-party/failure.mjs";
import { progressLines } from "./third-party/progress.mjs";
import { stream } from "./third-party/run.mjs";

const OURS = fileURLToPath(new URL("../native/test/tensorstore", import.meta.url));
const SHARED = fileURLToPath(new URL("../native/third_party", import.meta.url));
const BINARIES = ["compression", "zarr", "zarr3", "n5", "zip", "zip_cache", "kvstore"];

const say = (message) => console.error(`  ${message}`);

/** Copies the build description beside the objects. @returns {string} the folder */
function placeSources(objects) {
  const sources = join(objects, "tensorstore-tests");
  mkdirSync(sources, { recursive: true });
  cpSync(OURS, sources, { recursive: true, preserveTimestamps: true });
  for (const file of ["flags.cmake", "targets.cmake"]) {
    cpSync(join(SHARED, file), join(sources, "third_party", file), { preserveTimestamps: true });
  }
  return sources;
}

/** Configures and builds. @returns {Promise<{ objects: string, out: string }>} */
async function build(binaries, sanitize) {
  const objects = await buildObjects({ sanitize, tests: true, say });
  const sources = placeSources(objects);
  const out = join(sources, "build");
  const definitions = ["CMAKE_BUILD_TYPE=Release", `ATS_OBJECTS=${objects}`, onOff("ATS_SANITIZE", sanitize)].map(
    (definition) => `-D${definition}`,
  );
  const args = ["-S", sources, "-B", out, ...generator(out), ...definitions];
  await stream("cmake", args, { onLine: () => {} });
  say(`compiling TensorStore's tests with ${jobs()} jobs; about 15 processor minutes the first time`);
  await stream("cmake", ["--build", out, "--parallel", String(jobs()), "--target", ...binaries], {
    onLine: progressLines(say),
  });
  return { objects, out };
}

/** Where TensorStore's test data is, from the list that the third-party build left. @returns {string} */
function testdata(objects) {
  const found = /set\(ATS_TENSORSTORE_TESTDATA "(.*)"\)/.exec(readFileSync(join(objects, "link.cmake"), "utf8"));
  if (!found) throw new BuildFailure("the objects were built without tests: link.cmake names no test data");
  return join(found[1], "tensorstore");
}

/** The flags that a binary's tests need. */
function flagsOf(binary, data) {
  if (binary === "n5") return [`--tensorstore_test_data_dir=${join(data, "driver/n5/testdata")}`];
  if (!["compression", "zip", "zip_cache"].includes(binary)) return [];
  return [`--tensorstore_test_data=${join(data, "internal/compression/testdata/data.zip")}`];
}

await runMain(async () => {
  const options = { sanitize: { type: "boolean", default: false } };
  const { values, positionals } = parseArgs({ allowPositionals: true, options });
  const unknown = positionals.filter((name) => !BINARIES.includes(name));
  if (unknown.length > 0) throw new BuildFailure(`unknown test binary ${unknown[0]}; there are ${BINARIES.join(", ")}`);
  const binaries = positionals.length > 0 ? positionals : BINARIES;
  const { objects, out } = await build(binaries, values.sanitize);
  const excluded = Object.keys(JSON.parse(readFileSync(join(OURS, "excluded.json"), "utf8")).tests);
  const scratch = mkdtempSync(join(tmpdir(), "ats-tensorstore-"));
  let passed = 0;
  let failed = 0;
  try {
    for (const binary of binaries) {
      const result = await runBinary(join(out, binary), flagsOf(binary, testdata(objects)), { excluded, scratch });
      say(`${binary}: ${result.passed} passed, ${result.failed} failed`);
      passed += result.passed;
      failed += result.failed;
    }
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
  console.log(`${passed} passed, ${failed} failed`);
  if (failed > 0) process.exitCode = 1;
});
