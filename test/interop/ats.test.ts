import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openAnnData, writeAnnData } from "../../src/formats/detect.js";
import type { AnnDataElements, WriteOptions } from "../../src/formats/types.js";
import { describeElements, describeValue } from "./describe.js";
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

/** Real files, and what Python must find different: it has no place for tables in obsm and varm. */
const REAL: Record<string, string[]> = {
  "10x_pbmc68k_reduced": [],
  "anndata-v0.7.0": ["obsm", "varm", "raw/varm"].map(
    (map) => `${map}: keys ['array', 'df', 'sparse'] != ['array', 'sparse']`,
  ),
  "scirpy-wu2020-v0.6": [],
  "squidpy-test-data": [],
};

describe("a real .h5ad file that we convert", () => {
  const names = Object.keys(REAL);
  const pairs = () => names.map((name) => [join(FIXTURES, `${name}.h5ad`), join(folder, `${name}.ats`)] as const);
  const warnings: string[][] = [];
  let found: unknown[];

  beforeAll(async () => {
    for (const [source, store] of pairs()) {
      const told: string[] = [];
      await convert(source, store, { onWarning: (message) => told.push(message) });
      warnings.push(told.filter((warning) => warning.includes("the Python package will not see it")));
    }
    found = await differences(pairs());
  });

  it.each(names.map((name, i) => [name, i] as const))(
    "%s is loaded by the Python package as Python reads the original",
    (name, i) => {
      expect(found[i]).toEqual(REAL[name]);
      expect(warnings[i]).toHaveLength(REAL[name]!.length);
    },
  );

  it.each(Object.keys(REAL))("%s reads from the .ats as from the original", async (name) => {
    const [source, store] = [
      await openAnnData(join(FIXTURES, `${name}.h5ad`)),
      await openAnnData(join(folder, `${name}.ats`)),
    ];
    const members = async ({ obsm, varm, obsp }: AnnDataElements) => {
      const frames = [...obsm, ...varm].filter(([, element]) => element.kind === "lazy-frame");
      const read = [...frames, ...obsp].map(async ([key, element]) => [key, describeValue(await element.read())]);
      return Object.fromEntries(await Promise.all(read)) as unknown;
    };
    expect(await members(store.elements)).toEqual(await members(source.elements));
    expect(describeValue(await store.elements.obs.read())).toEqual(describeValue(await source.elements.obs.read()));
    await Promise.all([source.close(), store.close()]);
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

  it("is the same to Python after we wrote it anew", async () => {
    const pairs = SAVED.map((name) => [at(name), join(folder, `${name}-ours.ats`)] as const);
    for (const [source, copy] of pairs) await convert(source, copy);
    expect(await differences(pairs)).toEqual(SAVED.map(() => []));
    expect(await readdir(pairs[0]![1])).toContain("ats-manifest.json");
  });

  it("is the same to Python from chunks in every codec", async () => {
    const pairs = CODECS.map((codec) => [at("csr"), join(folder, `codec-${codec.replaceAll(":", "-")}.ats`)] as const);
    for (const [i, [source, copy]] of pairs.entries())
      await convert(source, copy, { codec: CODECS[i]!, chunkRows: 32 });
    expect(await differences(pairs)).toEqual(CODECS.map(() => []));
  });
});

const CODECS = [
  "none",
  "blosc-lz4",
  "blosc-lz4:5:noshuffle",
  "blosc-zstd:1:bitshuffle",
  "blosc-lz4hc",
  "blosc-zstd:3",
  "blosc-zlib:1",
  "blosc-blosclz",
  "zstd:3",
  "gzip",
  "zlib:1",
  "bz2",
];
