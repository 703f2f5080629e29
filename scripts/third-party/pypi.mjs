import { existsSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { cacheRoot } from "./cache.mjs";
import { BuildFailure } from "./failure.mjs";
import { capture, requireTools } from "./run.mjs";

/** What the sdist's own metadata step needs in the environment that calls pip. */
const BUILD_PACKAGES = ["setuptools>=75", "setuptools_scm", "wheel"];

/**
 * Downloads a source distribution with pip, from whatever index pip is set up for.
 * @param {{ package: string, version: string }} recipe @param {string} folder
 * @returns {Promise<string>} path of the archive
 */
export async function fetchPypi(recipe, folder) {
  const python = ensureVenv();
  const wanted = `${recipe.package}==${recipe.version}`;
  const args = ["-m", "pip", "download", "--quiet", "--no-deps", "--no-binary", ":all:", "--no-build-isolation"];
  capture(python, [...args, "--dest", folder, wanted]);
  const name = readdirSync(folder).find((entry) => entry.startsWith(recipe.package));
  if (!name) throw new BuildFailure(`pip downloaded nothing for ${wanted}`);
  return join(folder, name);
}

/** A venv in the cache with the build packages. @returns {string} its interpreter */
function ensureVenv() {
  requireTools({
    python3: "install Python 3 with pip and venv (Debian: apt-get install python3 python3-pip python3-venv)",
  });
  const venv = join(cacheRoot(), "pip-venv");
  const python = join(venv, process.platform === "win32" ? "Scripts/python.exe" : "bin/python");
  const ready = join(venv, "ready");
  if (existsSync(ready)) return python;
  rmSync(venv, { recursive: true, force: true });
  try {
    capture("python3", ["-m", "venv", venv]);
  } catch (cause) {
    throw new BuildFailure("python3 cannot make a virtual environment; install python3-venv and python3-pip", {
      cause,
    });
  }
  capture(python, ["-m", "pip", "install", "--quiet", ...BUILD_PACKAGES]);
  capture(python, ["-c", "open(__import__('sys').argv[1], 'w').close()", ready]);
  return python;
}
