import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { convert, diff, open, type SparseMatrix, type StringArray } from "../../src/index.js";
import { runPythonIn } from "./python.js";

interface Said {
  readonly obs: string[];
  readonly var: string[];
  readonly columns: Record<string, string[]>;
  readonly X: number[];
}

const folder = mkdtempSync(join(tmpdir(), "ats-tenx-"));
let said: Record<string, Said>;

beforeAll(async () => {
  said = JSON.parse(await runPythonIn("scanpy", "tenx.py", folder)) as Record<string, Said>;
}, 120_000);
afterAll(() => rmSync(folder, { recursive: true }));

describe.each([
  ["v3.h5", "10x-h5"],
  ["v2.h5", "10x-h5"],
  ["packed", "mtx"],
  ["plain", "mtx"],
])("a 10x matrix in %s", (name) => {
  it("has the barcodes, features and counts that scanpy reads", async () => {
    const adata = await open(join(folder, name));
    const expected = said[name] as Said;
    try {
      const { obs, var: variables, X } = adata.elements;
      expect(((await obs.readFrame()).index as StringArray).values).toEqual(expected.obs);
      const features = await variables.readFrame();
      expect((features.index as StringArray).values).toEqual(expected.var);
      const columns = [...features.columns].map(([key, column]) => [key, (column as StringArray).values]);
      expect(Object.fromEntries(columns)).toEqual(expected.columns);
      const matrix = (await X?.read()) as SparseMatrix;
      expect(Array.from((await matrix.toDense()).data as Float32Array)).toEqual(expected.X);
    } finally {
      await adata.close();
    }
  });

  it("converts", async () => {
    const target = join(folder, `${name}.zarr`);
    await convert(join(folder, name), target);
    const [a, b] = [await open(join(folder, name)), await open(target)];
    expect((await diff(a, b)).differences).toEqual([]);
    await Promise.all([a.close(), b.close()]);
  });
});

describe("a damaged Matrix Market file", () => {
  it.each([
    ["no header", "1 1 1\n1 1 1\n", "CORRUPT"],
    ["a dense matrix", "%%MatrixMarket matrix array real general\n1 1\n1\n", "UNSUPPORTED"],
    ["an index outside", "%%MatrixMarket matrix coordinate integer general\n50 30 1\n51 1 1\n", "CORRUPT"],
    ["an index of 0", "%%MatrixMarket matrix coordinate integer general\n50 30 1\n0 1 1\n", "CORRUPT"],
    ["too few entries", "%%MatrixMarket matrix coordinate integer general\n50 30 2\n1 1 1\n", "CORRUPT"],
    ["too many entries", "%%MatrixMarket matrix coordinate integer general\n50 30 0\n1 1 1\n", "CORRUPT"],
    ["a fraction among integers", "%%MatrixMarket matrix coordinate integer general\n50 30 1\n1 1 1.5\n", "CORRUPT"],
    ["another shape", "%%MatrixMarket matrix coordinate integer general\n5 3 1\n1 1 1\n", "CORRUPT"],
    ["more than fits", "%%MatrixMarket matrix coordinate integer general\n50 30 9007199254740991\n", "LIMIT_EXCEEDED"],
    ["an endless line", `%%MatrixMarket matrix coordinate integer general\n%${"x".repeat(100_000)}`, "CORRUPT"],
  ])("with %s is refused", async (what, text, code) => {
    const path = join(folder, `damaged ${what}`);
    mkdirSync(path);
    for (const name of ["barcodes.tsv", "genes.tsv"]) copyFileSync(join(folder, "plain", name), join(path, name));
    writeFileSync(join(path, "matrix.mtx"), text);
    const adata = await open(path);
    await expect(adata.X.read()).rejects.toMatchObject({ code });
  });
});
