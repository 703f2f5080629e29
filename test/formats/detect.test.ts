import { execFileSync } from "node:child_process";
import { mkdirSync, readdirSync, renameSync, writeFileSync } from "node:fs";
import { beforeAll, describe, expect, it } from "vitest";
import { openAnnData } from "../../src/formats/detect.js";
import { AnnData, open, write } from "../../src/index.js";
import { tempFolder } from "../tensorstore/temp.js";

const folder = tempFolder();
const adata = AnnData.fromMemory({ X: { data: Float32Array.of(1, 2, 3, 4, 5, 6), shape: [2, 3] } });

/** What a store is called does not say what it is. */
const STORES = [
  ["zarr", "a directory.h5ad"],
  ["ats", "a directory.zip"],
  ["h5ad", "a file.zarr"],
  ["h5ad", "a file.h5ad"],
  ["zarr", "a directory"],
] as const;

beforeAll(async () => {
  for (const [format, name] of STORES) {
    const written = `${folder}${name.replaceAll(" ", "-")}.${format}`;
    await write(adata, written, { format });
    renameSync(written, `${folder}${name}`);
  }
});

describe("open", () => {
  it.each(STORES)("finds %s in %s", async (format, name) => {
    const store = await openAnnData(`${folder}${name}`);
    expect([store.format, store.elements.shape]).toEqual([format, [2, 3]]);
    await store.close();
  });

  it.each([
    ["nothing.h5ad", "NOT_FOUND", () => undefined],
    ["nothing", "NOT_FOUND", () => undefined],
    ["text.h5ad", "UNSUPPORTED", (path: string) => writeFileSync(path, "no store")],
    ["text", "UNSUPPORTED", (path: string) => writeFileSync(path, "")],
    ["empty.h5ad", "UNSUPPORTED", (path: string) => mkdirSync(path)],
    ["fifo.h5ad", "UNSAFE_PATH", (path: string) => execFileSync("mkfifo", [path])],
    ["fifo", "UNSAFE_PATH", (path: string) => execFileSync("mkfifo", [path])],
    ["nul\0.h5ad", "UNSAFE_PATH", () => undefined],
    ["nul\0", "UNSAFE_PATH", () => undefined],
    [`${"long".repeat(99)}.h5ad`, "UNSAFE_PATH", () => undefined],
    ["text/below.h5ad", "NOT_FOUND", () => undefined],
  ])("%s is %s", async (name, code, make) => {
    make(`${folder}${name}`);
    await expect(open(`${folder}${name}`)).rejects.toMatchObject({ code });
  });

  it("keeps no file open, whatever it finds", async () => {
    const count = () => readdirSync("/proc/self/fd").length;
    const before = count();
    for (let i = 0; i < 20; i++) {
      await expect(open(`${folder}text.h5ad`)).rejects.toThrow();
      await expect(open(`${folder}empty.h5ad`)).rejects.toThrow();
      await (await open(`${folder}a directory.h5ad`)).close();
      await (await open(`${folder}a file.h5ad`)).close();
    }
    expect(count()).toBeLessThan(before + 10);
  });
});
