import { mkdtemp, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { saveAnnDataToTensorstore } from "../../src/anndata/python-api.js";
import { MANIFEST } from "../../src/durability/manifest.js";
import { DenseArray } from "../../src/elements/dense.js";
import { AnnData, open } from "../../src/index.js";
import { fileBytesRead, open as openArray } from "../../src/tensorstore/index.js";
import { arbitraryComposition } from "../selection/arbitraries.js";
import { type ModelTable, modelComposition, toSelector } from "../selection/model.js";

const [ROWS, COLUMNS] = [60, 40];
const CHUNKS = [7, 9] as const;

const table = (length: number, prefix: string): ModelTable => ({
  names: Array.from({ length }, (_, i) => `${prefix}${i}`),
  columns: { n: { kind: "numeric", values: Array.from({ length }, (_, i) => (i % 5 === 4 ? Number.NaN : i)) } },
});
const tables = { obs: table(ROWS, "c"), var: table(COLUMNS, "g") };
const X = new DenseArray(
  "float64",
  [ROWS, COLUMNS],
  Float64Array.from({ length: ROWS * COLUMNS }, (_, i) => i * 1.1),
);

describe("a selection of a store on disk", () => {
  let directory: string;
  let adata: AnnData;
  beforeAll(async () => {
    directory = join(await mkdtemp(join(tmpdir(), "chunks-read-")), "sample.ats");
    const [obs, variables] = [tables.obs, tables.var].map((side) => ({
      n: Float64Array.from(side.columns.n!.values as number[]),
    }));
    const input = { obs, var: variables, obsNames: tables.obs.names, varNames: tables.var.names };
    await saveAnnDataToTensorstore(AnnData.fromMemory(input as never), directory);
    // X with chunks on both axes, as only a foreign writer chooses them: so the store's own manifest has to go.
    await rm(join(directory, MANIFEST));
    const metadata = { shape: [ROWS, COLUMNS], chunks: [...CHUNKS], dtype: "<f8" };
    const spec = { driver: "zarr", kvstore: { driver: "file", path: `${join(directory, "X")}/` }, metadata };
    const store = await openArray(spec, { create: true });
    await store.write(X.data as never);
    adata = await open(directory);
  });
  afterAll(async () => {
    await adata.close();
    await rm(join(directory, ".."), { recursive: true });
  });

  it("has the model's values, and reads the chunks that it touches and no others, as explain counts them", async () => {
    const sizes = new Map<string, number>();
    for (let i = 0; i * CHUNKS[0] < ROWS; i++) {
      for (let j = 0; j * CHUNKS[1] < COLUMNS; j++) {
        sizes.set(`${i}.${j}`, (await stat(join(directory, "X", `${i}.${j}`))).size);
      }
    }
    const metadataSize = (await stat(join(directory, "X", ".zarray"))).size;
    const specs = fc.record({ obs: arbitraryComposition(tables.obs, 2), var: arbitraryComposition(tables.var, 2) });
    await fc.assert(
      fc.asyncProperty(specs, async (chosen) => {
        let view = adata;
        for (const spec of chosen.obs) view = view.select({ obs: toSelector(spec) });
        for (const spec of chosen.var) view = view.select({ var: toSelector(spec) });
        const plan = (await view.explain({ elements: ["X"] })).elements[0]!;
        const before = fileBytesRead();
        const read = await view.X.read();
        const bytes = fileBytesRead() - before;

        const [rows, columns] = [modelComposition(chosen.obs, tables.obs), modelComposition(chosen.var, tables.var)];
        const values = rows.flatMap((row) => columns.map((column) => X.data[row * COLUMNS + column]!));
        expect(read).toEqual(new DenseArray("float64", [rows.length, columns.length], Float64Array.from(values)));

        const touched = new Set(
          rows.flatMap((row) =>
            columns.map((column) => `${Math.floor(row / CHUNKS[0])}.${Math.floor(column / CHUNKS[1])}`),
          ),
        );
        const stored = [...touched].reduce((sum, chunk) => sum + sizes.get(chunk)!, 0);
        expect(plan.chunks).toBe(touched.size);
        // The array's metadata may be looked at again.
        expect([stored, stored + metadataSize]).toContain(bytes);
      }),
      { numRuns: 500 },
    );
  });
});
