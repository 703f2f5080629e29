import { execFile } from "node:child_process";
import { mkdtemp, rm, statfs } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const SCRIPT = fileURLToPath(new URL("big-sparse.mjs", import.meta.url));
const run = async (...args: string[]) =>
  JSON.parse((await promisify(execFile)(process.execPath, [SCRIPT, ...args])).stdout || "{}") as Record<string, number>;

/** `npm run test:big` takes 2 GB; every other run a matrix that is still larger than what a conversion may hold. */
const BIG = process.env.ATS_BIG === "1";
const BYTES = BIG ? 2e9 : 6e8;
const BUDGETS = BIG ? [256 * 2 ** 20, 2 ** 30] : [96 * 2 ** 20];
/** What the process may take beside its budget: Node, the addon and its threads, WebAssembly heaps. */
const BESIDE = 300e6;
const NEEDED = 4 * BYTES;
const TARGETS = ["there.ats", "there.zarr", "there.v2.zarr", "there.zarr.zip"];

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "ats-sparse-"));
  const { bavail, bsize } = await statfs(folder);
  if (bavail * bsize < NEEDED) throw new Error(`${folder} needs ${NEEDED / 1e9} GB of free disk for this test.`);
  await run("make", join(folder, "x.h5ad"), String(BYTES));
}, 600_000);

afterAll(() => rm(folder, { recursive: true }));

describe.each(BUDGETS)(`${BYTES / 1e9} GB of sparse X under a budget of %i bytes`, (budget) => {
  it.each(TARGETS)(
    "go from .h5ad to %s and back",
    async (name) => {
      const [source, there, back] = ["x.h5ad", name, "back.h5ad"].map((file) => join(folder, file)) as [
        string,
        string,
        string,
      ];
      const idle = BIG ? await run("idle") : { delay: 0 };
      for (const [input, output] of [
        [source, there],
        [there, back],
      ] as const) {
        const { peak = 0, delay = 0 } = await run("convert", input, output, String(budget));
        console.log(`${budget >> 20} MiB, ${name}: peak ${Math.round(peak / 1e6)} MB, delay ${delay.toFixed(1)} ms`);
        // The sanitizer's own bookkeeping takes more than the bound.
        if (process.env.ATS_SANITIZED === undefined) expect(peak).toBeLessThan(budget + BESIDE);
        if (BIG) expect(delay).toBeLessThan((idle.delay as number) + 100);
        expect(await run("check", output)).toEqual({ rows: 200 });
      }
      await Promise.all([there, back].map((path) => rm(path, { recursive: true })));
    },
    900_000,
  );
});
