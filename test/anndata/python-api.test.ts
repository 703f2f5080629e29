import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  AnnData,
  ATS_FILE_NAME,
  loadAnnDataFromTensorstore,
  open,
  previewAnnDataFromTensorstore,
  read,
  saveAnnDataToTensorstore,
  where,
  write,
} from "../../src/index.js";
import { categorical } from "../selection/frames.js";
import { numbered } from "./sample.js";

const X = numbered(6, 4);
const adata = AnnData.fromMemory({
  X,
  obs: {
    cell_type: categorical(["B", "T", "B", null, "T", "B"], ["B", "T"]),
    n_genes: Int32Array.of(1, 2, 3, 4, 5, 6),
  },
  obsNames: ["c0", "c1", "c2", "c3", "c4", "c1"],
  varNames: ["g0", "g1", "g2", "g3"],
  obsm: { X_pca: numbered(6, 2) },
  uns: { title: "sample" },
  raw: { X: numbered(6, 5), varNames: ["a", "b", "c", "d", "e"] },
});

describe("the functions of the Python package", () => {
  let directory: string;
  let store: string;
  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), "python-api-"));
    store = join(directory, "sample.ats");
    await saveAnnDataToTensorstore(adata, store);
  });
  afterAll(() => rm(directory, { recursive: true }));

  it("save the files that Python names", async () => {
    expect(await readdir(store)).toEqual(expect.arrayContaining(["X", ATS_FILE_NAME.obs, ATS_FILE_NAME.var, "uns"]));
    await expect(saveAnnDataToTensorstore(adata, store)).rejects.toMatchObject({ code: "ALREADY_EXISTS" });
    await saveAnnDataToTensorstore(adata, pathToFileURL(store), { overwrite: true });
  });

  it("load everything as it was saved", async () => {
    const loaded = await loadAnnDataFromTensorstore(store);
    expect(String(loaded)).toBe(String(adata));
    expect(await loaded.X.read()).toEqual(X);
    expect(await loaded.obs.readFrame()).toEqual(await adata.obs.readFrame());
    expect(await loaded.obsm.get("X_pca").read()).toEqual(numbered(6, 2));
    expect(await loaded.uns.get("title")).toBe("sample");
    expect(await loaded.raw!.X!.read()).toEqual(numbered(6, 5));
  });

  it("select by indices: slices, masks and positions in request order", async () => {
    const loaded = await loadAnnDataFromTensorstore(store, {
      obsIndices: [4, -6, 4],
      varIndices: { start: -2 },
    });
    expect(await loaded.X.read()).toEqual(await adata.X.read({ obs: [4, 0, 4], var: [2, 3] }));
    expect(await loaded.raw!.X!.read()).toEqual(await adata.raw!.X!.read({ obs: [4, 0, 4] }));
    const masked = await loadAnnDataFromTensorstore(store, { varIndices: [false, true, false, true] });
    expect(await masked.varNames()).toEqual(["g1", "g3"]);
    const none = await loadAnnDataFromTensorstore(store, { obsIndices: [] });
    expect(none.shape).toEqual([0, 4]);
  });

  it("select by names in the order of the store, every occurrence", async () => {
    const loaded = await loadAnnDataFromTensorstore(store, { obsNames: ["c4", "c1"], varNames: ["g3", "g0"] });
    expect(await loaded.obsNames()).toEqual(["c1", "c4", "c1"]);
    expect(await loaded.varNames()).toEqual(["g0", "g3"]);
    expect(await loaded.X.read()).toEqual(await adata.X.read({ obs: [1, 4, 5], var: [0, 3] }));
    await expect(loadAnnDataFromTensorstore(store, { obsNames: ["c9"] })).rejects.toMatchObject({ code: "NOT_FOUND" });
    const some = await loadAnnDataFromTensorstore(store, { obsNames: ["c9", "c2"], missing: "ignore" });
    expect(await some.obsNames()).toEqual(["c2"]);
  });

  it("select by conditions that all have to hold, or one of which has to", async () => {
    const obsSelection = [
      ["cell_type", ["B", "T"]],
      ["n_genes", 5],
    ] as const;
    const both = await loadAnnDataFromTensorstore(store, { obsSelection });
    expect(await both.obsNames()).toEqual(["c4"]);
    const either = await loadAnnDataFromTensorstore(store, { obsSelection, combine: "or" });
    expect(await either.obsNames()).toEqual(["c0", "c1", "c2", "c4", "c1"]);
    expect((await loadAnnDataFromTensorstore(store, { varSelection: [] })).shape).toEqual([6, 4]);
    await expect(loadAnnDataFromTensorstore(store, { varSelection: [["symbol", "x"]] })).rejects.toMatchObject({
      code: "NOT_FOUND",
      path: "var/symbol",
    });
  });

  it("refuse an axis that is selected in two ways", async () => {
    await expect(loadAnnDataFromTensorstore(store, { obsNames: ["c0"], obsIndices: [0] })).rejects.toMatchObject({
      code: "INVALID_ARGUMENT",
      path: "obs",
    });
  });

  it("make X sparse on request", async () => {
    const loaded = await loadAnnDataFromTensorstore(store, { obsIndices: [0, 1], asSparse: true });
    const sparse = await loaded.X.read();
    expect(sparse.kind).toBe("csr");
    expect(await sparse.toDense()).toEqual(await adata.X.read({ obs: [0, 1] }));
  });

  it("preview a store as Python prints it", async () => {
    const preview = await previewAnnDataFromTensorstore(store);
    expect(String(preview)).toBe(
      "AnnData object with n_obs × n_vars = 6 × 4\n    obs: cell_type, n_genes\n    var: \n",
    );
    expect(preview.shape).toEqual([6, 4]);
  });

  it("leave views to open, read and write, too", async () => {
    const target = join(directory, "view.ats");
    await using opened = await open(store);
    await write(opened.select({ obs: where("cell_type").eq("B"), var: ["g2", "g0"] }), target);
    const copy = await read(target);
    expect(copy.shape).toEqual([3, 2]);
    expect(await copy.X.read()).toEqual(await adata.X.read({ obs: [0, 2, 5], var: [2, 0] }));
    await expect(write(adata, join(directory, "copy.xyz"))).rejects.toMatchObject({ code: "INVALID_ARGUMENT" });
    await expect(open(join(directory, "nowhere.ats"))).rejects.toMatchObject({ code: "NOT_FOUND" });
    await expect(open(new URL("https://example.org/x.ats"))).rejects.toMatchObject({ code: "UNSUPPORTED" });
  });
});
