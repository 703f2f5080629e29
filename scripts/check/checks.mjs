import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { interopVariables } from "./interop-venv.mjs";
import { readSummary } from "./summary.mjs";

/**
 * @typedef {{ passed: number, failed: number }} Result
 * @typedef {{ name: string, optional?: boolean, run: () => Promise<Result> }} Check
 */

const ROOT = fileURLToPath(new URL("../..", import.meta.url));

/** Runs a command with its output shown. @returns {Promise<{ code: number, output: string }>} */
function show(command, args, env = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd: ROOT,
      env: { ...process.env, ...env },
      stdio: ["ignore", "pipe", "pipe"],
    });
    let output = "";
    const pass = (from, to) => from.on("data", (data) => to.write(data));
    child.stdout.on("data", (data) => {
      output += data;
    });
    pass(child.stdout, process.stdout);
    pass(child.stderr, process.stderr);
    child.on("error", reject);
    child.on("close", (code) => resolve({ code: code ?? 1, output }));
  });
}

/** A check that is one command: one pass or one failure. @returns {Check} */
function command(name, program, ...args) {
  return {
    name,
    async run() {
      const { code } = await show(program, args);
      return code === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
    },
  };
}

/** A check whose command ends with a line `N passed, N failed`. @returns {Check} */
function counted(name, ...args) {
  return {
    name,
    async run() {
      const { code, output } = await show(process.execPath, args);
      const result = readSummary(output);
      return code === 0 || result.failed > 0 ? result : { passed: result.passed, failed: 1 };
    },
  };
}

/** Vitest, the tests against the Python packages among them. @returns {Promise<Result>} */
async function vitest() {
  const folder = mkdtempSync(join(tmpdir(), "ats-vitest-"));
  try {
    const report = join(folder, "report.json");
    const args = ["vitest", "run", "--reporter=default", "--reporter=json", `--outputFile.json=${report}`];
    const { code } = await show("npx", args, interopVariables());
    const { numPassedTests, numFailedTests, testResults } = JSON.parse(readFileSync(report, "utf8"));
    // A file that fails outside its tests (at import, in a hook) has no failed test, and counts as one failure.
    const isFailure = ({ status, assertionResults }) =>
      status === "failed" && assertionResults.every((test) => test.status !== "failed");
    const failed = numFailedTests + testResults.filter(isFailure).length;
    return { passed: numPassedTests, failed: failed || (code === 0 ? 0 : 1) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Every check, in the order in which they run: cheap ones first. @type {Check[]} */
export const checks = [
  command("lint", "npx", "biome", "check", "--error-on-warnings", "."),
  command("types", "npx", "tsc", "-p", "tsconfig.json"),
  command("dist", "npx", "tsdown", "--log-level", "warn"),
  command("publint", "npx", "publint", "--strict"),
  command("export types", "npx", "attw", "--pack", ".", "--profile", "node16"),
  counted("native tests", "scripts/test-native.mjs"),
  { ...counted("native tests, sanitized", "scripts/test-native.mjs", "--sanitize", "--base"), optional: true },
  { name: "vitest", run: vitest },
  counted("packed tarball", "scripts/test-pack.mjs"),
  command("main job", "scripts/demo.sh"),
];
