/** Real AnnData files, which scripts/check/real-files.mjs fetches from source distributions and names with their origin. */
import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";

const SCRIPT = fileURLToPath(new URL("../../scripts/check/real-files.mjs", import.meta.url));

/** The files: name and path. Fetched on the first call; an error, never a skipped test, where they cannot be had. */
export function realFiles(): [name: string, path: string][] {
  return Object.entries(JSON.parse(execFileSync(process.execPath, [SCRIPT], { encoding: "utf8" })));
}
