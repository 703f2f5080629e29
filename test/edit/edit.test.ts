import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import {
  AnnData,
  Categorical,
  DenseArray,
  diff,
  edit,
  open,
  StringArray,
  validate,
  type WriteAnnDataOptions,
  write,
} from "../../src/index.js";
import { inodes } from "./inodes.js";

const folder = mkdtempSync(join(tmpdir(), "ats-edit-"));
afterAll(() => rmSync(folder, { recursive: true }));

const ROWS = 40;
const X = new DenseArray(
  "float32",
  [ROWS, 3],
  Float32Array.from({ length: ROWS * 3 }, (_, i) => i % 7),
);

async function sample(change: (columns: Record<string, never>) => object = () => ({})) {
  return AnnData.fromMemory({
    X: await X.toCsr(),
    obs: { size: Float32Array.from({ length: ROWS }, (_, i) => i), old: Array.from({ length: ROWS }, () => "x") },
    obsNames: Array.from({ length: ROWS }, (_, i) => `cell ${i}`),
    varNames: ["a", "b", "c"],
    layers: { counts: X },
    uns: { title: "t", nested: { a: 1, b: { c: "deep" } } },
    ...change({}),
  });
}

const STORES: [name: string, file: string, options: WriteAnnDataOptions][] = [
  [".ats", "store.ats", { x: "keep" }],
  ["Zarr v2", "store2.zarr", { zarrFormat: 2 }],
  ["Zarr v3", "store3.zarr", { zarrFormat: 3 }],
  ["zipped Zarr", "store.zarr.zip", {}],
  ["h5ad", "store.h5ad", {}],
  ["h5ad with gzip", "gzip.h5ad", { codec: "gzip" }],
];

describe.each(STORES)("an edit of a store in %s", (_, file, options) => {
  const path = join(folder, file);
  beforeEach(async () => {
    await write(await sample(), path, { ...options, overwrite: true });
  });

  /** Compares the store with `change` made in memory. */
  async function expectStore(change: object) {
    const adata = await open(path);
    try {
      expect((await diff(adata, await sample(() => change))).differences).toEqual([]);
    } finally {
      await adata.close();
    }
    expect((await validate(path, { deep: true })).findings).toEqual([]);
  }

  const names = Array.from({ length: ROWS }, (_, i) => `cell ${i}`);
  const size = Float32Array.from({ length: ROWS }, (_, i) => i);
  const old = Array.from({ length: ROWS }, () => "x");

  it("adds and replaces columns", async () => {
    const kind = new Categorical(new Int8Array(ROWS).fill(1), new StringArray(["a", "b"]));
    await edit(path, { set: { "obs/kind": kind, "obs/size": new Int16Array(ROWS) } });
    await expectStore({ obs: { size: new Int16Array(ROWS), old, kind }, obsNames: names });
  });

  it("removes a column", async () => {
    await edit(path, { remove: ["obs/old"] });
    await expectStore({ obs: { size }, obsNames: names });
  });

  it("adds, replaces and removes layers and obsm", async () => {
    const pca = new DenseArray("float64", [ROWS, 2], new Float64Array(2 * ROWS).fill(3));
    await edit(path, { set: { "obsm/X_pca": pca, "layers/other": X }, remove: ["layers/counts"] });
    await expectStore({ layers: { other: X }, obsm: { X_pca: pca } });
  });

  it("edits uns at any depth", async () => {
    await edit(path, {
      set: { "uns/nested/b/c": "new", "uns/list": ["p", "q"] },
      remove: ["uns/title", "uns/nested/a"],
    });
    await expectStore({ uns: { nested: { b: { c: "new" } }, list: ["p", "q"] } });
  });

  it("refuses what does not fit, and leaves the store as it was", async () => {
    const refused: [object, string][] = [
      [{ set: { "obs/short": [1, 2] } }, "INVALID_ARGUMENT"],
      [{ set: { "layers/short": new DenseArray("int8", [1, 1], new Int8Array(1)) } }, "INVALID_ARGUMENT"],
      [{ set: { "nowhere/x": 1 } }, "INVALID_ARGUMENT"],
      [{ remove: ["obs/none"] }, "NOT_FOUND"],
      [{ remove: ["uns/nested/none"] }, "NOT_FOUND"],
    ];
    for (const [edits, code] of refused) await expect(edit(path, edits)).rejects.toMatchObject({ code });
    await expectStore({});
    expect(readdirSync(folder).filter((name) => name.startsWith(`.${file}`))).toEqual([]);
  });
});

describe.each(STORES.slice(0, 3))("a directory in %s", (_, file, options) => {
  it("keeps the files of what is not edited, X above all", async () => {
    const path = join(folder, `linked-${file}`);
    await write(await sample(), path, options);
    const before = inodes(path);
    await edit(path, { set: { "uns/title": "other" } });
    const after = inodes(path);
    const chunks = [...before].filter(([name]) => /^(X|layers)\//.test(name) && !/\.z|zarr\.json/.test(name));
    expect(chunks.length).toBeGreaterThan(3);
    for (const [name, inode] of chunks) expect([name, after.get(name)]).toEqual([name, inode]);
  });
});

it("an edit of a store that is not there is NOT_FOUND", async () => {
  await expect(edit(join(folder, "none.zarr"), { remove: ["X"] })).rejects.toMatchObject({ code: "NOT_FOUND" });
});
