import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { cacheRoot } from "../third-party/cache.mjs";
import { BuildFailure } from "../third-party/failure.mjs";
import { capture } from "../third-party/run.mjs";

/** @typedef {{ variable: string, requirements: string, python: string }} Environment */

/**
 * The Python environments of the interop tests: the variable that names the interpreter, where its packages are pinned, and the Python
 * that it is made of.
 * @type {Readonly<Record<string, Environment>>}
 */
const OF_TESTS = {
  "anndata-0.12": { variable: "ATS_PYTHON", requirements: "test/interop/requirements.txt", python: "3.11" },
  "anndata-0.13": { variable: "ATS_PYTHON_0_13", requirements: "test/interop/requirements-0.13.txt", python: "3.13" },
  scanpy: { variable: "ATS_PYTHON_SCANPY", requirements: "test/interop/requirements-scanpy.txt", python: "3.11" },
};

/** All of them; no test needs the one of the benchmarks. @type {Readonly<Record<string, Environment>>} */
const ENVIRONMENTS = {
  ...OF_TESTS,
  bench: { variable: "ATS_PYTHON_BENCH", requirements: "bench/requirements.txt", python: "3.13" },
};

const ROOT = fileURLToPath(new URL("../../", import.meta.url));

/** Prints the version of the interpreter `path`; undefined where it does not run. @returns {string | undefined} */
function versionOf(path) {
  try {
    return capture(path, ["-c", "import sys; print(*sys.version_info[:2], sep='.')"]).trim();
  } catch {
    return undefined;
  }
}

/** Where an interpreter of `version` may be: by name, by pyenv. @returns {string[]} */
function candidates(version) {
  const versions = join(process.env.PYENV_ROOT ?? join(homedir(), ".pyenv"), "versions");
  const ofPyenv = existsSync(versions) ? readdirSync(versions).filter((name) => name.startsWith(`${version}.`)) : [];
  return [`python${version}`, "python3", ...ofPyenv.sort().map((name) => join(versions, name, "bin", "python3"))];
}

/** An interpreter of `version`. @returns {string} @throws BuildFailure where there is none */
function findPython(version) {
  const found = candidates(version).find((path) => versionOf(path) === version);
  if (found) return found;
  throw new BuildFailure(`Python ${version} is missing: install it with venv (python${version} or pyenv).`);
}

/**
 * The interpreter of a virtual environment with pinned Python packages; made in the cache on the first call. A variable of the environment
 * may name another.
 * @param {string} [name] one of ENVIRONMENTS
 * @returns {string}
 * @throws BuildFailure when Python is missing or a package cannot be installed
 */
export function interopPython(name = "anndata-0.12") {
  const environment = ENVIRONMENTS[name];
  if (!environment) throw new BuildFailure(`no environment ${name}: ${Object.keys(ENVIRONMENTS).join(", ")}`);
  const given = process.env[environment.variable];
  if (given) return given;
  const requirements = join(ROOT, environment.requirements);
  const hash = createHash("sha256").update(readFileSync(requirements)).update(environment.python).digest("hex");
  const venv = join(cacheRoot(), `interop-${hash.slice(0, 12)}`);
  const python = join(venv, "bin", "python");
  const ready = join(venv, "ready");
  if (!existsSync(ready)) {
    rmSync(venv, { recursive: true, force: true });
    console.error(`installing the pinned Python packages of ${name}`);
    capture(findPython(environment.python), ["-m", "venv", venv]);
    capture(python, ["-m", "pip", "install", "--quiet", "--requirement", requirements]);
    writeFileSync(ready, "");
  }
  return python;
}

/** Every environment of the tests, as variables for them. @returns {Record<string, string>} */
export function interopVariables() {
  const entries = Object.entries(OF_TESTS).map(([name, { variable }]) => [variable, interopPython(name)]);
  return Object.fromEntries(entries);
}

if (process.argv[1]?.endsWith("interop-venv.mjs")) console.log(interopPython(process.argv[2]));
