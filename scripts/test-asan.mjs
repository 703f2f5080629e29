#!/usr/bin/env node
import { spawnSync } from "node:child_process";
/**
 * `npm run test:asan [-- vitest arguments]`: builds the addon and all of TensorStore with AddressSanitizer and runs the whole
 * vitest suite on it, under this Node with libasan preloaded, leaks included.
 * Every process writes its findings into a file of its own; one such file and the run has failed, whatever the tests say.
 */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { interopVariables } from "./check/interop-venv.mjs";
import { buildAddon } from "./install/build-addon.mjs";
import { BuildFailure, runMain } from "./third-party/failure.mjs";
import { capture } from "./third-party/run.mjs";

const ROOT = fileURLToPath(new URL("..", import.meta.url));
const SUPPRESSIONS = join(ROOT, "test/setup/lsan-suppressions.txt");

/** The environment that makes Node run with the sanitizer, reports going below `folder`. */
function environment(addon, folder) {
  return {
    ...process.env,
    ATS_ADDON: addon,
    ...interopVariables(),
    ATS_SANITIZED: "1",
    LD_PRELOAD: capture(process.env.CXX || "g++", ["-print-file-name=libasan.so.8"]).trim(),
    ASAN_OPTIONS: `detect_leaks=1:log_path=${join(folder, "report")}:exitcode=86`,
    LSAN_OPTIONS: `suppressions=${SUPPRESSIONS}:print_suppressions=0:exitcode=0`,
  };
}

/** What LeakSanitizer says of a thread that ended while it looked for leaks: no finding, one may follow. */
const NOTICE = /^==\d+==Running thread \d+ was not suspended\. False leaks are possible\.$/;

/** The findings that were written. @returns {string[]} the text of each process's report */
function reports(folder) {
  const texts = readdirSync(folder).map((name) => readFileSync(join(folder, name), "utf8"));
  return texts.filter((text) => text.split("\n").some((line) => line.trim() !== "" && !NOTICE.test(line.trim())));
}

await runMain(async () => {
  const addon = await buildAddon({ sanitize: true, say: (message) => console.error(`  ${message}`) });
  const folder = mkdtempSync(join(tmpdir(), "ats-asan-"));
  try {
    const args = [join(ROOT, "node_modules/vitest/vitest.mjs"), "run", ...process.argv.slice(2)];
    const { status } = spawnSync(process.execPath, args, {
      cwd: ROOT,
      env: environment(addon, folder),
      stdio: "inherit",
    });
    const found = reports(folder);
    for (const text of found) console.log(text);
    console.log(`${found.length} sanitizer reports`);
    if (found.length > 0 || status !== 0) throw new BuildFailure("the sanitized run failed; the reasons stand above");
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
