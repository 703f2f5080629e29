/** What has to be there before the first case: the package's JavaScript, and the inputs. */
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));

/** The sizes that `subjects/synthetic.py` knows, and the folders of cases that have inputs of that size. */
export const SIZES = {
  s: "20,000 × 2,000, 6.9 % non-zero",
  l: "100,000 × 20,000, 6.9 % non-zero",
};

/** Brings `dist` up to date, where the subject of ours is imported from. */
export function buildPackage() {
  execFileSync("npx", ["tsdown", "--no-dts", "--no-clean", "--log-level", "error"], { cwd: ROOT, stdio: "inherit" });
}

/**
 * Makes the inputs of `size` in `folder` by Python, unless a complete set is there: X in the layouts that anndata writes; for size s also
 * `store.ats` by the Python package, and dense Zarr arrays.
 * @param {(environment: string) => string} python the interpreter of an environment
 * @param {string} folder
 * @param {keyof typeof SIZES} size
 */
export function makeData(python, folder, size) {
  const complete = join(folder, "complete");
  if (existsSync(complete)) return;
  mkdirSync(folder, { recursive: true });
  const make = (environment, script, ...args) => {
    const path = fileURLToPath(new URL(`../subjects/${script}`, import.meta.url));
    execFileSync(python(environment), [path, folder, ...args], { stdio: "inherit" });
  };
  make("bench", "make_sparse.py", size);
  if (size === "s") make("anndata-0.12", "make_data.py");
  writeFileSync(complete, "");
}
