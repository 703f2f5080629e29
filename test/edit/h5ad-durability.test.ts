/** An edit of an .h5ad is all or nothing, whatever ends it; and those who read the old file go on. */
import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, truncateSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { AnnData, DenseArray, diff, edit, open, write } from "../../src/index.js";

const SCRIPT = fileURLToPath(new URL("scripts/edit-h5ad.mjs", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "ats-h5ad-durability-"));
afterAll(() => rmSync(folder, { recursive: true }));

const [ROWS, COLUMNS] = [20_000, 400];
const values = Float32Array.from({ length: ROWS * COLUMNS }, (_, i) => i % 251);
const sample = (title: string) =>
  AnnData.fromMemory({ X: new DenseArray("float32", [ROWS, COLUMNS], values), uns: { title } });

const path = join(folder, "x.h5ad");
/** What is there beside the file; the lock's file may stay. */
const leftovers = () => readdirSync(folder).filter((name) => name !== "x.h5ad" && !name.endsWith(".lock"));

async function expectTitle(...titles: string[]) {
  const adata = await open(path);
  try {
    const title = (await adata.uns.get("title")) as string;
    expect(titles).toContain(title);
    expect((await diff(adata, sample(title))).differences).toEqual([]);
  } finally {
    await adata.close();
  }
}

describe("an edit of an .h5ad", () => {
  beforeEach(() => write(sample("old"), path, { chunkRows: 100, overwrite: true, durability: "none" }), 60_000);

  it("that is aborted leaves the old file and nothing beside it", async () => {
    const before = readFileSync(path);
    const stop = new AbortController();
    const onProgress = ({ element, done }: { element: string; done: number }) => {
      if (element === "X" && done > 0) stop.abort(new Error("enough"));
    };
    const aborted = edit(path, { set: { "uns/title": "new" } }, { signal: stop.signal, onProgress });
    await expect(aborted).rejects.toThrow("enough");
    expect(readFileSync(path).equals(before)).toBe(true);
    expect(leftovers()).toEqual([]);
  });

  it.each([0, 5, 20, 60])(
    "whose process is killed %i ms after it began to write leaves a whole file",
    async (delay) => {
      const child = spawn(process.execPath, [SCRIPT, path, "new"], { stdio: ["ignore", "ignore", "inherit"] });
      const ended = once(child, "exit");
      while (leftovers().length === 0 && child.exitCode === null) await new Promise((next) => setTimeout(next, 1));
      setTimeout(() => child.kill("SIGKILL"), delay);
      await ended;
      await expectTitle("old", "new");
      await edit(path, { set: { "uns/title": "newer" } });
      await expectTitle("newer");
      expect(leftovers()).toEqual([]);
    },
  );

  it.each([1, 100, 20_000])("that finds no room beyond %i KiB leaves the old file", async (blocks) => {
    const before = readFileSync(path);
    const command = `ulimit -f ${blocks}; exec "${process.execPath}" "${SCRIPT}" "${path}" new`;
    const failed = promisify(execFile)("bash", ["-c", command]).catch((error: { stdout: string }) => error.stdout);
    expect(await failed).toBe("IO\n");
    expect(readFileSync(path).equals(before)).toBe(true);
    expect(leftovers()).toEqual([]);
  });

  it("lets those who have the old file open go on with it", async () => {
    const old = await open(path);
    try {
      await edit(path, { set: { "uns/title": "new" }, remove: ["X"] });
      expect((await diff(old, sample("old"))).differences).toEqual([]);
    } finally {
      await old.close();
    }
    const adata = await open(path);
    expect(adata.hasX).toBe(false);
    await adata.close();
  });

  it("of a damaged file says so and changes nothing", async () => {
    const size = statSync(path).size;
    truncateSync(path, size - 1000);
    const before = readFileSync(path);
    await expect(edit(path, { set: { "uns/title": "new" } })).rejects.toMatchObject({ code: "CORRUPT" });
    expect(readFileSync(path).equals(before)).toBe(true);
    expect(leftovers()).toEqual([]);
    expect(existsSync(path)).toBe(true);
  });
});
