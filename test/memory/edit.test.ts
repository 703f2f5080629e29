import { execFile } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const SCRIPT = fileURLToPath(new URL("big-sparse.mjs", import.meta.url));
const run = async (...args: string[]) =>
  JSON.parse((await promisify(execFile)(process.execPath, [SCRIPT, ...args])).stdout || "{}") as Record<string, number>;

const BYTES = 4e8;
/** What the process may take, whatever the file's size: Node, the addon and its threads, WebAssembly heaps, the pieces under way. */
const MOST = 250e6;

const folder = mkdtempSync(join(tmpdir(), "ats-edit-memory-"));
const file = join(folder, "x.h5ad");
beforeAll(() => run("make", file, String(BYTES)), 300_000);
afterAll(() => rmSync(folder, { recursive: true }));

describe(`an .h5ad of ${BYTES / 1e6} MB`, () => {
  it.each(["edit", "append"])(
    "is written anew in less memory than it has bytes: %s",
    async (command) => {
      const { peak = 0 } = await run(command, file);
      console.log(`${command}: peak ${Math.round(peak / 1e6)} MB`);
      // The sanitizer's own bookkeeping takes more than the bound.
      if (process.env.ATS_SANITIZED === undefined) expect(peak).toBeLessThan(MOST);
      expect(await run("check", file)).toEqual({ rows: 200 });
      expect(statSync(file).size).toBeGreaterThan(BYTES);
      expect(readdirSync(folder)).toEqual(["x.h5ad"]);
    },
    300_000,
  );
});
