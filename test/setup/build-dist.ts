import { execFile } from "node:child_process";
import { promisify } from "node:util";

const WORKERS = "src/workers/*-worker.ts";

async function build(...entries: string[]): Promise<void> {
  await promisify(execFile)("npx", ["tsdown", ...entries, "--no-dts", "--no-clean", "--log-level", "error"]);
}

/**
 * Brings `dist` up to date before the tests, because worker threads and the `ats` command run from there.
 * Types are left out: they take most of the time, and `npm run build:dist` checks them.
 */
export default async function buildDist(): Promise<void> {
  await build(WORKERS);
  await build().catch((error: { stderr?: string }) => console.error(error.stderr ?? error));
}
