import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { DenseArray } from "../../src/elements/dense.js";
import type { StringArray } from "../../src/elements/strings.js";
import { openH5ad } from "../../src/formats/h5ad.js";
import { openH5wasm } from "../../src/storage/h5wasm.js";
import type { ArrayNode } from "../../src/storage/types.js";
import { describeElements } from "./describe.js";
import { runPython } from "./python.js";

async function ours(path: string): Promise<unknown> {
  const opened = await openH5ad(path);
  try {
    return JSON.parse(JSON.stringify(await describeElements(opened.elements)));
  } finally {
    await opened.close();
  }
}

/** What Python reads from each of `paths`, in one run. */
async function pythons(paths: readonly string[]): Promise<unknown[]> {
  const lines = (await runPython("h5ad_describe.py", ...paths)).trim().split("\n");
  return lines.map((line) => JSON.parse(line) as unknown);
}

const FIXTURES = fileURLToPath(new URL("../fixtures/h5ad", import.meta.url));

const REAL = [
  "10x_pbmc68k_reduced",
  "anndata-v0.7.0",
  "anndata-v0.7.8",
  "anndata-v0.11.4",
  "scirpy-wu2020-v0.6",
  "squidpy-test-data",
];

describe("real files", () => {
  const paths = REAL.map((name) => join(FIXTURES, `${name}.h5ad`));
  let expected: unknown[];

  beforeAll(async () => {
    expected = await pythons(paths);
  });

  it.each(REAL.map((name, i) => [name, i] as const))("%s reads as Python reads it, value for value", async (_, i) => {
    expect(await ours(paths[i]!)).toEqual(expected[i]);
  });
});

const WRITTEN = ["csc", "csr", "dense", "int8", "no-rows"];

describe("files that anndata writes", () => {
  let folder: string;
  let expected: unknown[];

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "ats-h5ad-"));
    await runPython("h5ad_write.py", folder);
    expected = await pythons(WRITTEN.map((name) => join(folder, `${name}.h5ad`)));
  });

  afterAll(() => rm(folder, { recursive: true }));

  it("are the ones that are compared", async () => {
    expect((await readdir(folder)).sort()).toEqual(WRITTEN.map((name) => `${name}.h5ad`));
  });

  it.each(WRITTEN.map((name, i) => [name, i] as const))("%s reads as Python reads it", async (name, i) => {
    expect(await ours(join(folder, `${name}.h5ad`))).toEqual(expected[i]);
  });
});

describe("a file of more than 4 GiB", () => {
  let folder: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "ats-h5ad-"));
    await runPython("h5ad_big.py", join(folder, "big.h5"));
  });

  afterAll(() => rm(folder, { recursive: true }));

  it("reads from its far end, in little memory", async () => {
    const storage = await openH5wasm(join(folder, "big.h5"));
    const x = (await storage.root.get("x")) as ArrayNode;
    const rows = { kind: "positions", positions: Int32Array.of(699_999, 0, 699_998), count: 3 } as const;
    const ends = { kind: "range", start: 1999, step: -1999, count: 2 } as const;
    expect([...((await x.read([rows, ends])) as DenseArray).data]).toEqual([3999, 2000, 7, 7, 1999, 0]);
    const behind = (await storage.root.get("behind")) as ArrayNode;
    expect(((await behind.read()) as StringArray).values).toEqual(["far", "out"]);
    expect(process.memoryUsage().rss).toBeLessThan(1e9);
    await storage.close();
  });
});
