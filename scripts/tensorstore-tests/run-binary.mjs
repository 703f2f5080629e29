import { spawn } from "node:child_process";
import { existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";

/**
 * Runs one GoogleTest binary and counts its tests from the report that it writes.
 * @param {string} binary its path
 * @param {string[]} flags command line flags
 * @param {{ excluded: string[], scratch: string }} options names of tests to leave out; a folder for the report
 * @returns {Promise<{ passed: number, failed: number }>} a binary that ended without a report, or in another way than its
 *   report says, counts as one failure more
 */
export async function runBinary(binary, flags, { excluded, scratch }) {
  const report = join(scratch, "report.json");
  rmSync(report, { force: true });
  const args = [`--gtest_output=json:${report}`, "--gtest_brief=1", ...flags];
  if (excluded.length > 0) args.push(`--gtest_filter=-${excluded.join(":")}`);
  const { code, output } = await run(binary, args, { ...process.env, TEST_TMPDIR: scratch, TMPDIR: scratch });
  const counts = existsSync(report) ? countTests(JSON.parse(readFileSync(report, "utf8"))) : { passed: 0, failed: 0 };
  if (code !== 0 && counts.failed === 0) counts.failed = 1;
  if (counts.passed + counts.failed === 0) counts.failed = 1;
  if (counts.failed > 0) console.log(output);
  return counts;
}

/** Counts the tests of a report; one that was skipped at run time is neither passed nor failed. */
function countTests(report) {
  const tests = report.testsuites.flatMap((suite) => suite.testsuite).filter((test) => test.result === "COMPLETED");
  const failed = tests.filter((test) => test.failures !== undefined).length;
  return { passed: tests.length - failed, failed };
}

/** @returns {Promise<{ code: number | null, output: string }>} the end of what it printed */
function run(binary, args, env) {
  return new Promise((resolve, reject) => {
    const child = spawn(binary, args, { env, stdio: ["ignore", "pipe", "pipe"] });
    let output = "";
    for (const side of [child.stdout, child.stderr]) {
      side.setEncoding("utf8");
      side.on("data", (text) => {
        output = (output + text).slice(-200_000);
      });
    }
    child.on("error", reject);
    child.on("close", (code) => resolve({ code, output }));
  });
}
