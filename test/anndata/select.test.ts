import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { DenseArray } from "../../src/elements/dense.js";
import type { Frame } from "../../src/elements/frame.js";
import { AnnData, names, where } from "../../src/index.js";
import { arbitraryComposition, arbitraryTable } from "../selection/arbitraries.js";
import { toFrame } from "../selection/frames.js";
import { type ModelTable, modelComposition, takeRows, toSelector } from "../selection/model.js";
import { recorded, sampleElements } from "./sample.js";

const table = (length: number, prefix: string): ModelTable => ({
  names: Array.from({ length }, (_, i) => `${prefix}${i}`),
  columns: {
    n_genes: { kind: "numeric", values: Array.from({ length }, (_, i) => i * 100) },
    cell_type: {
      kind: "categorical",
      values: Array.from({ length }, (_, i) => (i % 2 === 0 ? "B cell" : "T cell")),
      categories: ["B cell", "T cell"],
    },
  },
});

const expected = (rows: number[], columns: number[], offset = 0) =>
  rows.flatMap((row) => columns.map((column) => row * 1000 + column + offset));

describe("select", () => {
  it("gives every element the model's rows and columns, for composed selectors on both axes", async () => {
    const cases = fc.record({ obs: arbitraryTable(12), var: arbitraryTable(8) }).chain((tables) =>
      fc.record({
        tables: fc.constant(tables),
        obs: arbitraryComposition(tables.obs, 3),
        var: arbitraryComposition(tables.var, 3),
      }),
    );
    await fc.assert(
      fc.asyncProperty(cases, async ({ tables, obs, var: variables }) => {
        const adata = await AnnData.fromElements(sampleElements(tables.obs, tables.var));
        let view = adata;
        for (const spec of obs) view = view.select({ obs: toSelector(spec) });
        for (const spec of variables) view = view.select({ var: toSelector(spec) });
        const rows = modelComposition(obs, tables.obs);
        const columns = modelComposition(variables, tables.var);
        const data = async (handle: { read(): Promise<unknown> }) => [...((await handle.read()) as DenseArray).data];
        expect(await data(view.X)).toEqual(expected(rows, columns));
        expect(await data(view.layers.get("counts"))).toEqual(expected(rows, columns, 0.25));
        expect(await data(view.obsm.get("X_pca"))).toEqual(expected(rows, [0, 1, 2]));
        expect(await data(view.varm.get("PCs"))).toEqual(expected(columns, [0, 1]));
        expect(await data(view.obsp.get("distances"))).toEqual(expected(rows, rows));
        expect(await data(view.varp.get("links"))).toEqual(expected(columns, columns));
        expect(await data(view.raw!.X!)).toEqual(expected(rows, [0, 1, 2, 3, 4], 0.5));
        expect(await view.obs.readFrame()).toEqual(toFrame(takeRows(tables.obs, rows)));
        expect(view.shape).toEqual([rows.length, columns.length]);
        const loaded = await view.load();
        expect(loaded.shape).toEqual(view.shape);
        expect(await loaded.X.read()).toEqual(await view.X.read());
        expect(await loaded.raw!.X!.read()).toEqual(await view.raw!.X!.read());
        expect(await view.elements.obsp.get("distances")!.read()).toEqual(await view.obsp.get("distances").read());
      }),
      { numRuns: 200 },
    );
  });

  it("reads nothing by itself, and the index and predicate columns once when it is resolved", async () => {
    const { adata, reads } = await recorded(sampleElements(table(10, "c"), table(4, "g")));
    const view = adata
      .select({ obs: { start: 2 }, var: ["g1", "g3"] })
      .select({ obs: where("cell_type").eq("B cell").and(where("n_genes").gt(300)) });
    expect(reads).toEqual([]);
    expect(() => view.shape).toThrowError(expect.objectContaining({ code: "INVALID_ARGUMENT" }));
    expect(String(view)).toMatch(/^View of AnnData object with n_obs × n_vars = \? × \?/);
    await view.resolve();
    await view.resolve();
    expect(reads).toEqual([
      { path: "obs", columns: ["cell_type", "n_genes"], count: 8 },
      { path: "var", columns: [], count: undefined },
    ]);
    expect(view.shape).toEqual([3, 2]);
    expect(((await view.X.read()) as DenseArray).data).toEqual(Float64Array.of(4001, 4003, 6001, 6003, 8001, 8003));
  });

  it("resolves slices, masks and positions without reading, and refuses bad ones at once", async () => {
    const { adata, reads } = await recorded(sampleElements(table(10, "c"), table(4, "g")));
    const view = adata.select({ obs: [-1, 0], var: Uint8Array.of(1, 0, 0, 1) }).select({ obs: { step: -1 } });
    expect(view.shape).toEqual([2, 2]);
    expect(() => view.select({ obs: [2] })).toThrowError(/Position 2 is outside obs of length 2/);
    expect(reads).toEqual([]);
  });

  it("looks names up within the view, in the index or a column", async () => {
    const adata = await AnnData.fromElements(sampleElements(table(4, "c"), table(4, "g")));
    const view = adata.select({ obs: { stop: 2 } });
    expect(await view.select({ obs: ["c1", "c0", "c1"] }).obsNames()).toEqual(["c1", "c0", "c1"]);
    await expect(view.select({ obs: ["c3"] }).resolve()).rejects.toMatchObject({ code: "NOT_FOUND", path: "obs" });
    expect(await view.select({ obs: ["c3", "c1"] }, { missing: "ignore" }).obsNames()).toEqual(["c1"]);
    const typed = adata.select({ obs: names("cell_type", ["T cell"], { duplicates: "all" }) });
    expect(await typed.obsNames()).toEqual(["c1", "c3"]);
    const unknown = adata.select({ obs: where("celltype").eq("T cell") });
    await expect(unknown.resolve()).rejects.toMatchObject({ code: "NOT_FOUND", path: "obs/celltype" });
  });

  it("takes selectors in a read, within the view", async () => {
    const adata = await AnnData.fromElements(sampleElements(table(4, "c"), table(4, "g")));
    const X = await adata.select({ obs: [3, 1] }).X.read({ obs: [0], var: ["g2"] });
    expect(X).toMatchObject({ shape: [1, 1], data: Float64Array.of(3002) });
    const raw = await adata.raw!.X!.read({ obs: ["c1"], var: ["e", "a"] });
    expect(raw).toMatchObject({ shape: [1, 2], data: Float64Array.of(1004.5, 1000.5) });
  });

  it("tries again after a read that was aborted", async () => {
    const adata = await AnnData.fromElements(sampleElements(table(4, "c"), table(4, "g")));
    const view = adata.select({ obs: ["c2"] });
    const aborted = AbortSignal.abort("stopped");
    await expect(view.X.read({ signal: aborted })).rejects.toBe("stopped");
    await expect(view.resolve({ signal: aborted })).rejects.toBe("stopped");
    expect(await view.X.read()).toEqual(await adata.X.read({ obs: [2] }));
  });
});

describe("explain", () => {
  it("counts chunks and bytes, and reads only the index and predicate columns", async () => {
    const { adata, reads } = await recorded(sampleElements(table(10, "c"), table(4, "g")));
    const view = adata.select({ obs: where("n_genes").ge(700), var: ["g3"] });
    const plan = await view.explain({ elements: ["X", "obs/n_genes"] });
    expect(reads).toEqual([
      { path: "obs", columns: ["n_genes"], count: undefined },
      { path: "var", columns: [], count: undefined },
    ]);
    // Rows 7, 8, 9 and column 3 of 2 × 2 chunks: two chunks of four doubles.
    expect(plan.elements[0]).toEqual({
      path: "X",
      selection: "3 of 10 (7:10) × 1 of 4 (3:4)",
      chunks: 2,
      bytes: 64,
      resultBytes: 24,
    });
    expect(plan.elements.map((element) => element.path)).toEqual(["X", "obs", "var"]);
    expect(plan.chunks).toBe(plan.elements.reduce((sum, element) => sum + element.chunks, 0));
    expect(plan.bytes).toBe(plan.elements.reduce((sum, element) => sum + element.bytes, 0));
    expect(plan.peakMemory).toBeGreaterThanOrEqual(64 + 24);
  });
});

describe("tables", () => {
  it("come as Arrow, as typed arrays and as plain strings", async () => {
    const adata = await AnnData.fromElements(sampleElements(table(4, "c"), table(4, "g")));
    const view = adata.select({ obs: [2, 1] });
    const arrow = await view.obs.read({ columns: ["cell_type"] });
    expect(arrow.schema.fields.map((field) => field.name)).toEqual(["_index", "cell_type"]);
    expect(arrow.schema.metadata.get("index")).toBe("_index");
    expect(arrow.toArray().map((row) => row.toJSON())).toEqual([
      { _index: "c2", cell_type: "B cell" },
      { _index: "c1", cell_type: "T cell" },
    ]);
    expect(await view.obs.column("n_genes")).toEqual(Float64Array.of(200, 100));
    expect(await view.obs.column("cell_type")).toEqual(["B cell", "T cell"]);
    expect(await view.obs.column("_index")).toEqual(["c2", "c1"]);
    expect(await view.obs.names()).toEqual(["c2", "c1"]);
    expect(view.obs.columnNames).toEqual(["n_genes", "cell_type"]);
    await expect(view.obs.column("n_gene")).rejects.toMatchObject({ code: "NOT_FOUND", path: "obs/n_gene" });
    await expect(view.obs.read({ columns: ["x"] })).rejects.toMatchObject({ code: "NOT_FOUND" });
    const frame: Frame = await view.obs.readFrame({ columns: [] });
    expect(frame.columns.size).toBe(0);
  });
});
