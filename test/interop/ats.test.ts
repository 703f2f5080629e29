import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openAnnData, writeAnnData } from "../../src/formats/detect.js";
import type { WriteOptions } from "../../src/formats/types.js";
import { describeElements } from "./describe.js";
import { runPython } from "./python.js";

const FIXTURES = fileURLToPath(new URL("../fixtures/h5ad", import.meta.url));

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "ats-interop-"));
});
afterAll(() => rm(folder, { recursive: true }));

async function convert(source: string, target: string, options: WriteOptions = {}): Promise<void> {
  const opened = await openAnnData(source);
  try {
    await writeAnnData(opened.elements, target, "ats", options);
  } finally {
    await opened.close();
  }
}

/** What Python finds different between each source and the store made of it. */
async function differences(pairs: readonly (readonly [string, string])[]): Promise<unknown[]> {
  const lines = (await runPython("ats_compare.py", ...pairs.flat())).trim().split("\n");
  return lines.map((line) => JSON.parse(line) as unknown);
}

const REAL = ["10x_pbmc68k_reduced", "anndata-v0.7.0", "anndata-v0.11.4", "scirpy-wu2020-v0.6", "squidpy-test-data"];

describe("a real .h5ad file that we convert", () => {
  it.each(REAL)("%s is loaded by the Python package as Python reads the original", async (name) => {
    const [source, store] = [join(FIXTURES, `${name}.h5ad`), join(folder, `${name}.ats`)];
    await convert(source, store);
    expect(await differences([[source, store]])).toEqual([[]]);
  });
});

const SAVED = ["dense", "csr", "csc", "ints", "bools", "plain"];

describe("a store that the Python package saved", () => {
  const at = (name: string) => join(folder, `${name}.ats`);
  let expected: unknown[];

  beforeAll(async () => {
    await runPython("ats_save.py", folder);
    const lines = (await runPython("ats_load.py", ...SAVED.map(at))).trim().split("\n");
    expected = lines.map((line) => JSON.parse(line) as unknown);
  });

  it.each(SAVED.map((name, i) => [name, i] as const))(
    "%s reads as Python reads it, value for value",
    async (name, i) => {
      const opened = await openAnnData(at(name));
      expect(JSON.parse(JSON.stringify(await describeElements(opened.elements)))).toEqual(expected[i]);
      await opened.close();
    },
  );

  it.each(SAVED)("%s is the same to Python after we wrote it anew", async (name) => {
    const copy = join(folder, `${name}-ours.ats`);
    await convert(at(name), copy);
    expect(await differences([[at(name), copy]])).toEqual([[]]);
    expect((await readdir(copy)).includes("ats-manifest.json")).toBe(true);
  });

  it.each(["none", "blosc-lz4", "blosc-zstd:3", "zstd:3", "gzip", "zlib:1", "bz2"])(
    "is read by Python from chunks in %s",
    async (codec) => {
      const copy = join(folder, `codec-${codec.replace(":", "-")}.ats`);
      await convert(at("csr"), copy, { codec, chunkRows: 32 });
      expect(await differences([[at("csr"), copy]])).toEqual([[]]);
    },
  );
});
