import { execFile } from "node:child_process";
import { promisify } from "node:util";

const WORKERS = "src/workers/*-worker.ts";
const MODULES = ["--config", "test/setup/modules.config.ts"];

async function build(...args: string[]): Promise<void> {
  await promisify(execFile)("npx", ["tsdown", ...args, "--no-dts", "--no-clean", "--log-level", "error"]);
}

/**
 * Brings `dist` and `out/modules` up to date before the tests, because worker threads, the `ats` command and other processes run from
 * there. Types are left out: they take most of the time, and `npm run build:dist` checks them.
 */
export default async function buildDist(): Promise<void> {
  await build(WORKERS);
  await build(...MODULES);
  await build().catch((error: { stderr?: string }) => console.error(error.stderr ?? error));
}
