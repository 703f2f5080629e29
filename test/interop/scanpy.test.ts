import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { AnnData, type SparseInput, write } from "../../src/index.js";
import { runPythonIn } from "./python.js";

const CELLS = 240;
const GENES = 300;
const GROUPS = 3;
/** Genes that only cells of one group have many of. */
const MARKERS = 40;

/** Counts with `GROUPS` kinds of cells, each with marker genes of its own: what a clustering has to find. */
function counts(): SparseInput {
  let state = 12345;
  const random = () => {
    state = (state * 1103515245 + 12345) % 2 ** 31;
    return state / 2 ** 31;
  };
  const data: number[] = [];
  const indices: number[] = [];
  const indptr = [0];
  for (let cell = 0; cell < CELLS; cell++) {
    for (let gene = 0; gene < GENES; gene++) {
      const marks = Math.floor(gene / MARKERS) === cell % GROUPS;
      const value = marks ? 5 + Math.floor(random() * 20) : random() < 0.3 ? 1 + Math.floor(random() * 4) : 0;
      if (value === 0) continue;
      data.push(value);
      indices.push(gene);
    }
    indptr.push(data.length);
  }
  return {
    format: "csr",
    data: Float32Array.from(data),
    indices: Int32Array.from(indices),
    indptr: Int32Array.from(indptr),
    shape: [CELLS, GENES],
  };
}

const truth = Array.from({ length: CELLS }, (_, cell) => `kind ${cell % GROUPS}`);

describe.each([2, 3] as const)("a store that we write in Zarr version %i", (zarrFormat) => {
  const x = counts();
  const total = (x.data as Float32Array).reduce((sum, value) => sum + value, 0);
  let folder: string;
  let path: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "ats-scanpy-"));
    path = join(folder, "counts.zarr");
    const adata = AnnData.fromMemory({ X: x, obs: { truth } });
    await write(adata, path, { zarrFormat, shardRows: zarrFormat === 3 ? 64 : 0, chunkRows: 32 });
  });

  afterAll(() => rm(folder, { recursive: true }));

  it("goes through scanpy's pipeline, which finds the groups that are in it", async () => {
    const result = JSON.parse(await runPythonIn("scanpy", "scanpy_pipeline.py", path));
    expect(result.shape).toEqual([CELLS, GENES]);
    expect(result.counts).toBe(total);
    expect(result.umap).toEqual([CELLS, 2]);
    const clusters: number[] = result.clusters;
    for (let cell = GROUPS; cell < CELLS; cell++) {
      expect(clusters[cell], `cell ${cell}`).toBe(clusters[cell % GROUPS]);
    }
    expect(new Set(clusters).size).toBe(GROUPS);
  }, 300_000);

  it("opens with anndata's read_lazy", async () => {
    const result = JSON.parse(await runPythonIn("anndata-0.12", "scanpy_pipeline.py", path, "lazy"));
    const values = x.data as Float32Array;
    const [start, stop] = [Number(x.indptr[10]), Number(x.indptr[20])];
    const sum = values.slice(start, stop).reduce((a, b) => a + b, 0);
    expect(result).toEqual({ shape: [CELLS, GENES], kind: "dask", sum, truth: truth.slice(10, 20) });
  });
});
