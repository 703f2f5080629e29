import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openH5ad } from "../../src/formats/h5ad.js";
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
