import { createHash } from "node:crypto";
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { cacheRoot } from "../third-party/cache.mjs";
import { capture, requireTools } from "../third-party/run.mjs";

const REQUIREMENTS = fileURLToPath(new URL("../../test/interop/requirements.txt", import.meta.url));

/**
 * The interpreter of a virtual environment with the pinned Python packages; made in the cache on the first call.
 * @returns {string}
 * @throws BuildFailure when Python is missing or a package cannot be installed
 */
export function interopPython() {
  if (process.env.ATS_PYTHON) return process.env.ATS_PYTHON;
  requireTools({ python3: "install Python 3.11 or newer with venv" });
  const version = capture("python3", ["-c", "import sys; print(*sys.version_info[:2], sep='.')"]).trim();
  const hash = createHash("sha256").update(readFileSync(REQUIREMENTS)).update(version).digest("hex").slice(0, 12);
  const venv = join(cacheRoot(), `interop-${hash}`);
  const python = join(venv, "bin", "python");
  const ready = join(venv, "ready");
  if (!existsSync(ready)) {
    rmSync(venv, { recursive: true, force: true });
    console.log("installing the pinned Python packages");
    capture("python3", ["-m", "venv", venv]);
    capture(python, ["-m", "pip", "install", "--quiet", "--requirement", REQUIREMENTS]);
    writeFileSync(ready, "");
  }
  return python;
}

if (process.argv[1]?.endsWith("interop-venv.mjs")) console.log(interopPython());
