import { inspect } from "node:util";
import { tableFromArrays } from "apache-arrow";
import { describe, expect, it } from "vitest";
import { AnnData, type AnnDataInput, CsrMatrix, DenseArray } from "../../src/index.js";
import { recorded, sampleElements } from "./sample.js";

describe("AnnData.fromMemory", () => {
  it("takes typed arrays, plain columns and names", async () => {
    const adata = AnnData.fromMemory({
      X: { data: Float32Array.of(1, 2, 3, 4, 5, 6), shape: [2, 3] },
      obs: { cell_type: ["B", null], n: [1, 2], share: [0.5, null], ok: [true, false], id: BigInt64Array.of(1n, 2n) },
      obsNames: ["c0", "c1"],
      varNames: ["g0", "g1", "g2"],
      obsm: { X_umap: { data: new Float64Array(4), shape: [2, 2] } },
      uns: { title: "t" },
    });
    expect(adata.shape).toEqual([2, 3]);
    expect(await adata.X.read()).toEqual(new DenseArray("float32", [2, 3], Float32Array.of(1, 2, 3, 4, 5, 6)));
    expect(await adata.obs.column("cell_type")).toEqual(["B", null]);
    expect(await adata.obs.column("n")).toEqual(Int32Array.of(1, 2));
    expect(await adata.obs.column("share")).toEqual(Float64Array.of(0.5, Number.NaN));
    expect(await adata.obs.column("ok")).toEqual(Uint8Array.of(1, 0));
    expect(await adata.obs.column("id")).toEqual(BigInt64Array.of(1n, 2n));
    expect(await adata.obsNames()).toEqual(["c0", "c1"]);
    expect(await adata.varNames()).toEqual(["g0", "g1", "g2"]);
    expect(await adata.uns.get("title")).toBe("t");
    await expect(adata.uns.get("titel")).rejects.toMatchObject({ code: "NOT_FOUND", path: "uns/titel" });
  });

  it("takes scipy's parts of sparse matrices and Arrow tables", async () => {
    const adata = AnnData.fromMemory({
      X: {
        format: "csr",
        data: Int32Array.of(7),
        indices: Int32Array.of(1),
        indptr: Int32Array.of(0, 0, 1),
        shape: [2, 2],
      },
      var: tableFromArrays({ _index: ["g0", "g1"], length: Int32Array.of(5, 6) }),
    });
    expect(await adata.X.read()).toBeInstanceOf(CsrMatrix);
    expect(adata.X.sparse).toBe("csr");
    expect(await adata.varNames()).toEqual(["g0", "g1"]);
    expect(await adata.var.column("length")).toEqual(Int32Array.of(5, 6));
    expect(await adata.obsNames()).toEqual(["0", "1"]);
  });

  it.each<[string, AnnDataInput, string]>([
    ["nothing to tell the shape", {}, "obs"],
    ["an X that does not fit", { X: { data: new Float32Array(6), shape: [2, 3] }, obs: { n: [1, 2, 3] } }, "X"],
    ["an X of three dimensions", { X: { data: new Float32Array(8), shape: [2, 2, 2] } }, "X"],
    ["data that does not fill the shape", { X: { data: new Float32Array(5), shape: [2, 3] } }, ""],
    ["names of another number", { obs: { n: [1, 2] }, obsNames: ["a"], varNames: [] }, ""],
    [
      "a layer that does not fit",
      { obsNames: ["a"], varNames: ["b"], layers: { counts: { data: new Int8Array(2), shape: [2, 1] } } },
      "layers/counts",
    ],
    [
      "an obsp that is not square",
      { obsNames: ["a"], varNames: ["b", "c"], obsp: { d: { data: new Int8Array(2), shape: [1, 2] } } },
      "obsp/d",
    ],
    ["a column of mixed types", { obs: { x: [1, "a"] as never }, varNames: [] }, "obs/x"],
    ["a column that is none", { obs: { x: 7 as never }, varNames: [] }, "obs/x"],
    ["a table that is none", { obs: "c0" as never, varNames: [] }, "obs"],
    ["a matrix that is none", { X: [[1]] as never }, "X"],
    [
      "an indptr that does not fit",
      {
        X: {
          format: "csr",
          data: Int8Array.of(1),
          indices: Int32Array.of(0),
          indptr: Int32Array.of(0, 1),
          shape: [2, 1],
        },
      },
      "X",
    ],
  ])("refuses %s", (_, input, path) => {
    expect(() => AnnData.fromMemory(input)).toThrowError(
      expect.objectContaining({ code: "INVALID_ARGUMENT", ...(path !== "" && { path }) }),
    );
  });
});

describe("AnnData", () => {
  const numbers = (values: number[]) => ({ kind: "numeric" as const, values });
  const elements = () =>
    sampleElements(
      { names: ["c0", "c1"], columns: { n: numbers([1, 2]), "it's": numbers([1, 2]) } },
      { names: ["g0"], columns: {} },
    );

  it("prints as Python prints it", async () => {
    const adata = await AnnData.fromElements(elements());
    const lines = [
      "    obs: 'n', \"it's\"",
      "    uns: 'title'",
      "    obsm: 'X_pca'",
      "    varm: 'PCs'",
      "    layers: 'counts'",
      "    obsp: 'distances'",
      "    varp: 'links'",
    ].join("\n");
    expect(String(adata)).toBe(`AnnData object with n_obs × n_vars = 2 × 1\n${lines}`);
    expect(inspect(adata.select({ obs: [1] }))).toBe(`View of AnnData object with n_obs × n_vars = 1 × 1\n${lines}`);
  });

  it("closes its store once for itself and all views, after which reads reject with CLOSED", async () => {
    const { adata, closed } = await recorded(elements());
    const view = adata.select({ obs: [0] });
    await adata[Symbol.asyncDispose]();
    expect(closed()).toBe(1);
    const failure = { code: "CLOSED", path: "sample.ats" };
    await expect(view.X.read()).rejects.toMatchObject(failure);
    await expect(view.obs.read()).rejects.toMatchObject(failure);
    await expect(adata.uns.read()).rejects.toMatchObject(failure);
    await expect(view.load()).rejects.toMatchObject(failure);
    await expect(view.explain()).rejects.toMatchObject(failure);
    await expect(view.batches().next()).rejects.toMatchObject(failure);
  });

  it("names near members where one is not there", async () => {
    const adata = await AnnData.fromElements(elements());
    expect(() => adata.obsm.get("X_PCA")).toThrowError(
      expect.objectContaining({ code: "NOT_FOUND", message: 'obsm has no member "X_PCA" (did you mean "X_pca"?).' }),
    );
    expect(adata.obsm.has("X_PCA")).toBe(false);
    expect([...adata.obsm].map(([name, handle]) => [name, handle.shape])).toEqual([["X_pca", [2, 3]]]);
    const bare = AnnData.fromMemory({ obsNames: ["a"], varNames: ["b"] });
    expect(bare.hasX).toBe(false);
    expect(() => bare.X).toThrowError(expect.objectContaining({ code: "NOT_FOUND", path: "X" }));
  });

  it("loads only the elements that are asked for", async () => {
    const { adata, reads } = await recorded(elements());
    const loaded = await adata.load({ elements: ["obs/n", "obsm"] });
    expect(loaded.obs.columnNames).toEqual(["n"]);
    expect(loaded.obsm.keys()).toEqual(["X_pca"]);
    expect([loaded.hasX, loaded.layers.size, loaded.raw, loaded.uns.keys()]).toEqual([false, 0, null, []]);
    expect(reads.map((read) => [read.path, read.columns])).toEqual([
      ["obs", ["n"]],
      ["var", []],
    ]);
    await expect(adata.load({ elements: ["obsn"] })).rejects.toMatchObject({ code: "NOT_FOUND", path: "obsn" });
  });

  it("rejects with the signal's reason, before and while it reads", async () => {
    const { adata } = await recorded(elements());
    await expect(adata.load({ signal: AbortSignal.abort("before") })).rejects.toBe("before");
    const controller = new AbortController();
    const loading = adata.load({ signal: controller.signal });
    controller.abort("meanwhile");
    await expect(loading).rejects.toBe("meanwhile");
  });
});
