import { execFile } from "node:child_process";
import { promisify } from "node:util";

/**
 * Brings `dist` up to date before the tests, because worker threads and the `ats` command run from there.
 * Types are left out: they take most of the time, and `npm run build` checks them.
 */
export default async function buildDist(): Promise<void> {
  await promisify(execFile)("npx", ["tsdown", "--no-dts", "--no-clean", "--log-level", "error"]);
}
