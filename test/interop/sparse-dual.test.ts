import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { AnnData, type CsrMatrix, DenseArray, open, type WriteOptions, write } from "../../src/index.js";
import { runPython } from "./python.js";

const ROWS = 30;
const COLUMNS = 20;
const values = Float32Array.from({ length: ROWS * COLUMNS }, (_, i) => (i % 11 === 3 ? i : 0));
const dense = new DenseArray("float32", [ROWS, COLUMNS], values);
const nested = Array.from({ length: ROWS }, (_, r) => [...values.subarray(r * COLUMNS, (r + 1) * COLUMNS)]);

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "sparse-dual-"));
});
afterAll(() => rm(folder, { recursive: true }));

const TARGETS: readonly (readonly [name: string, options: WriteOptions])[] = [
  ["v3.zarr", { zarrFormat: 3 }],
  ["v2.zarr", { zarrFormat: 2 }],
  ["both.h5ad", {}],
];

describe.each(TARGETS)("a store in both layouts: %s", (name, options) => {
  it("is what stock anndata takes it for: the matrix in its own layout, and nothing else", async () => {
    const path = join(folder, name);
    const layers = { counts: await dense.toCsr() };
    await write(AnnData.fromMemory({ X: await dense.toCsr(), layers }), path, { ...options, x: "dual" });
    const seen = JSON.parse(await runPython("sparse_dual.py", path));
    expect(seen).toEqual({ x: nested, format: "csr", layer: nested, lazy: true, uns: [], warnings: [] });

    const adata = await open(path);
    try {
      const genes = await adata.select({ var: [7, 3] }).X.read();
      expect((genes as CsrMatrix).kind).toBe("csr");
      const columns = nested.flatMap((row) => [row[7], row[3]]) as number[];
      expect((await (genes as CsrMatrix).toDense()).data).toEqual(Float32Array.from(columns));
    } finally {
      await adata.close();
    }
  });
});
