/** What has to be there before the first case: the package's JavaScript, and the inputs. */
import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));

/** Brings `dist` up to date, where the subject of ours is imported from. */
export function buildPackage() {
  execFileSync("npx", ["tsdown", "--no-dts", "--no-clean", "--log-level", "error"], { cwd: ROOT, stdio: "inherit" });
}

/**
 * Makes the inputs in `folder` by Python, unless a complete set is there: `store.ats` by the Python package, its parts as raw files, and
 * the Zarr arrays.
 * @param {string} python
 * @param {string} folder
 */
export function makeData(python, folder) {
  if (existsSync(join(folder, "complete"))) return;
  const script = fileURLToPath(new URL("../subjects/make_data.py", import.meta.url));
  execFileSync(python, [script, folder], { stdio: "inherit" });
}
