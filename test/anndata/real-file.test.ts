import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Categorical } from "../../src/elements/categorical.js";
import { plainColumn } from "../../src/elements/column.js";
import type { DenseArray } from "../../src/elements/dense.js";
import type { StringArray } from "../../src/elements/strings.js";
import { type AnnData, open, read, where } from "../../src/index.js";
import { arbitraryComposition } from "../selection/arbitraries.js";
import { type ModelTable, type SelectorSpec, toSelector } from "../selection/model.js";

const path = join(import.meta.dirname, "../fixtures/h5ad/10x_pbmc68k_reduced.h5ad");

/** What a table holds, for the model: its names, a numeric column and a categorical one. */
async function modelOf(handle: AnnData["obs"], numeric: string, categorical?: string): Promise<ModelTable> {
  const frame = await handle.readFrame();
  const columns: ModelTable["columns"] = {
    [numeric]: { kind: "numeric", values: Array.from(plainColumn(frame.columns.get(numeric)!), Number) },
  };
  if (categorical !== undefined) {
    const column = frame.columns.get(categorical) as Categorical;
    columns[categorical] = {
      kind: "categorical",
      values: plainColumn(column) as (string | null)[],
      categories: [...(column.categories as StringArray).values] as string[],
    };
  }
  return { names: await handle.names(), columns };
}

/** Compares matrices by their bytes: `toEqual` takes seconds for half a million values. */
function expectSame(ours: unknown, expected: unknown): void {
  const [a, b] = [ours, expected] as DenseArray[];
  expect([a!.kind, a!.dtype, a!.shape]).toEqual([b!.kind, b!.dtype, b!.shape]);
  const bytes = ({ data }: DenseArray) => Buffer.from(data.buffer, data.byteOffset, data.byteLength);
  expect(bytes(a!).equals(bytes(b!))).toBe(true);
}

describe("a real file", () => {
  let lazy: AnnData;
  let whole: AnnData;
  beforeAll(async () => {
    lazy = await open(path);
    whole = await read(path);
  });
  afterAll(() => lazy.close());

  it("gives for generated selections what selecting in the whole file in memory gives", async () => {
    const obs = await modelOf(whole.obs, "n_genes", "bulk_labels");
    const variables = await modelOf(whole.var, "means");
    const view = (adata: AnnData, specs: { obs: SelectorSpec[]; var: SelectorSpec[] }) => {
      let selected = adata;
      for (const spec of specs.obs) selected = selected.select({ obs: toSelector(spec) });
      for (const spec of specs.var) selected = selected.select({ var: toSelector(spec) });
      return selected;
    };
    const specs = fc.record({ obs: arbitraryComposition(obs, 2), var: arbitraryComposition(variables, 2) });
    await fc.assert(
      fc.asyncProperty(specs, async (chosen) => {
        const ours = view(lazy, chosen);
        const expected = view(whole, chosen);
        expectSame(await ours.X.read(), await expected.X.read());
        expect(ours.shape).toEqual(expected.shape);
        expect(await ours.obs.readFrame()).toEqual(await expected.obs.readFrame());
        expect(await ours.varNames()).toEqual(await expected.varNames());
        expectSame(await ours.varm.get("PCs").read(), await expected.varm.get("PCs").read());
      }),
      { numRuns: 15 },
    );
  });

  it("loads all B cells × 20 genes with everything that is aligned to them", async () => {
    const genes = (await lazy.varNames()).slice(0, 20);
    const view = lazy.select({ obs: where("bulk_labels").in(["CD19+ B"]), var: genes });
    const loaded = await view.load();
    expect(loaded.shape).toEqual([95, 20]);
    expect(new Set(await loaded.obs.column("bulk_labels"))).toEqual(new Set(["CD19+ B"]));
    expect(await loaded.varNames()).toEqual(genes);
    expect(loaded.raw?.shape).toEqual([95, 765]);
    expect(loaded.obsp.get("distances").shape).toEqual([95, 95]);
    const plan = await view.explain({ elements: ["X"] });
    expect(plan.elements[0]).toMatchObject({ path: "X", resultBytes: 95 * 20 * 4 });
  });

  it("comes whole in batches", async () => {
    let rows = 0;
    for await (const batch of lazy.batches({ size: 256 })) {
      expectSame(await batch.X.read(), await whole.X.read({ obs: { start: rows, stop: rows + 256 } }));
      rows += batch.nObs;
    }
    expect(rows).toBe(700);
  });
});
