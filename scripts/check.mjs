#!/usr/bin/env node
/**
 * Runs every check in turn and ends with one line, `N passed, N failed`; the exit code is 1 when anything failed.
 *
 *   check.mjs [--only NAME,…] [--sanitize]
 *
 * `--sanitize` adds the native tests that build without TensorStore, under AddressSanitizer and UBSan.
 */
import { parseArgs } from "node:util";
import { checks } from "./check/checks.mjs";
import { BuildFailure, runMain } from "./third-party/failure.mjs";

/** @returns {Promise<{ passed: number, failed: number }>} a check that throws counts as one failure */
async function runCheck(check) {
  const start = Date.now();
  console.log(`\n=== ${check.name}`);
  let result;
  try {
    result = await check.run();
  } catch (error) {
    console.log(error instanceof BuildFailure ? error.message : error);
    result = { passed: 0, failed: 1 };
  }
  const seconds = ((Date.now() - start) / 1000).toFixed(1);
  console.log(`--- ${check.name}: ${result.passed} passed, ${result.failed} failed in ${seconds} s`);
  return result;
}

await runMain(async () => {
  const { values } = parseArgs({
    options: { only: { type: "string" }, sanitize: { type: "boolean", default: false } },
  });
  const names = values.only?.split(",");
  const wanted = checks.filter((check) => (names ? names.includes(check.name) : !check.optional || values.sanitize));
  const total = { passed: 0, failed: 0 };
  for (const check of wanted) {
    const { passed, failed } = await runCheck(check);
    total.passed += passed;
    total.failed += failed;
  }
  console.log(`\n${total.passed} passed, ${total.failed} failed`);
  if (total.failed > 0 || total.passed === 0) process.exitCode = 1;
});
