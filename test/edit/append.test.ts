import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import type { LazyArray } from "../../src/elements/lazy.js";
import {
  AnnData,
  type AnnDataInput,
  append,
  Categorical,
  DenseArray,
  diff,
  NullableArray,
  open,
  StringArray,
  validate,
  type WriteAnnDataOptions,
  write,
} from "../../src/index.js";
import { inodes } from "./inodes.js";

const folder = mkdtempSync(join(tmpdir(), "ats-append-"));
afterAll(() => rmSync(folder, { recursive: true }));

const VARS = ["a", "b", "c"];

function matrix(start: number, stop: number, columns = 3): DenseArray<"float32"> {
  const data = Float32Array.from({ length: (stop - start) * columns }, (_, i) => (start * columns + i) % 5);
  return new DenseArray("float32", [stop - start, columns], data);
}

/** Observations `start`…`stop`: what they hold depends on their number alone. */
async function cells(start: number, stop: number, sparse: boolean, change: AnnDataInput = {}): Promise<AnnData> {
  const count = stop - start;
  const numbers = Array.from({ length: count }, (_, i) => start + i);
  const kinds = start === 0 ? ["a", "b"] : ["c", "a"];
  const values = new DenseArray("int64", [count], BigInt64Array.from(numbers, BigInt));
  const X = matrix(start, stop);
  return AnnData.fromMemory({
    X: sparse ? await X.toCsr() : X,
    obs: {
      text: numbers.map((i) => `t${i}`),
      kind: new Categorical(
        Int8Array.from(numbers, (i) => (i % 3) - 1),
        new StringArray(kinds),
      ),
      maybe: new NullableArray(
        values,
        Uint8Array.from(numbers, (i) => i % 2),
      ),
    },
    obsNames: numbers.map((i) => `cell ${i}`),
    varNames: VARS,
    layers: { counts: matrix(start, stop) },
    obsm: { X_pca: matrix(start, stop, 2) },
    uns: { title: "t" },
    raw: { X: matrix(start, stop, 4), varNames: ["p", "q", "r", "s"] },
    ...change,
  });
}

/** All of them, with the categories as appending leaves them. */
async function both(split: number, stop: number, sparse: boolean): Promise<AnnData> {
  const label = (i: number) => (i % 3 === 0 ? null : (i < split ? ["a", "b"] : ["c", "a"])[(i % 3) - 1]);
  const categories = ["a", "b", "c"];
  const codes = Int8Array.from({ length: stop }, (_, i) => categories.indexOf(label(i) ?? ""));
  const all = await cells(0, stop, sparse);
  const obs = await all.elements.obs.readFrame();
  const columns = Object.fromEntries(obs.columns);
  columns.kind = new Categorical(codes, new StringArray(categories));
  return cells(0, stop, sparse, { obs: columns as never });
}

const STORES: [name: string, file: string, sparse: boolean, options: WriteAnnDataOptions][] = [
  [".ats, dense", "dense.ats", false, { chunkRows: 8 }],
  [".ats, sparse", "sparse.ats", true, { x: "keep", chunkRows: 8 }],
  ["Zarr v2, dense", "dense2.zarr", false, { zarrFormat: 2, chunkRows: 8 }],
  ["Zarr v2, sparse", "sparse2.zarr", true, { zarrFormat: 2, chunkRows: 8 }],
  ["Zarr v3, dense", "dense3.zarr", false, { chunkRows: 4, shardRows: 8 }],
  ["Zarr v3, sparse", "sparse3.zarr", true, { chunkRows: 4, shardRows: 8 }],
  ["h5ad, dense", "dense.h5ad", false, {}],
  ["h5ad, dense chunks", "chunks.h5ad", false, { chunkRows: 8, codec: "gzip" }],
  ["h5ad, sparse", "sparse.h5ad", true, {}],
  ["h5ad, sparse with lzf", "lzf.h5ad", true, { codec: "lzf" }],
];

describe.each(STORES)("appending to %s", (_, file, sparse, options) => {
  it.each([
    [20, 33],
    [16, 17],
    [3, 3],
  ])("%i observations and then more, up to %i, gives what writing them at once gives", async (split, stop) => {
    const path = join(folder, file);
    await write(await cells(0, split, sparse), path, { ...options, overwrite: true });
    const directory = statSync(path).isDirectory();
    const before = directory ? inodes(join(path, "layers/counts")) : new Map();
    await append(path, await cells(split, stop, sparse));
    const adata = await open(path);
    try {
      expect((await diff(adata, await both(split, stop, sparse))).differences).toEqual([]);
    } finally {
      await adata.close();
    }
    expect((await validate(path, { deep: true })).findings).toEqual([]);
    if (split < 8 || !directory) return;
    const after = inodes(join(path, "layers/counts"));
    const whole = [...before.keys()].filter((name) => /^(c\/)?[01][./]0$/.test(name));
    expect(whole).toHaveLength(2);
    for (const name of whole) expect([name, after.get(name)]).toEqual([name, before.get(name)]);
  });

  it("takes rows in another layout and with their variables in another order", async () => {
    const path = join(folder, `other-${file}`);
    await write(await cells(0, 10, sparse), path, options);
    const rows = (await cells(10, 15, !sparse)).select({ var: ["c", "a", "b"] });
    await append(path, rows);
    const adata = await open(path);
    try {
      expect((await diff(adata, await both(10, 15, sparse))).differences).toEqual([]);
    } finally {
      await adata.close();
    }
  });
});

/** Pairs of observations `start`…`stop`, some of them near each other. */
function pairs(start: number, stop: number): DenseArray<"float64"> {
  const count = stop - start;
  const data = Float64Array.from({ length: count * count }, (_, i) => ((start + i * 7) % 11 === 0 ? i + 1 : 0));
  return new DenseArray("float64", [count, count], data);
}

/** The pairs of both, and zeros for those between them. */
function blockDiagonal(split: number, stop: number): DenseArray<"float64"> {
  const all = DenseArray.zeros("float64", [stop, stop]);
  for (const [start, block] of [[0, pairs(0, split)] as const, [split, pairs(split, stop)] as const]) {
    for (let row = 0; row < block.length; row++) all.data.set(block.row(row), (start + row) * stop + start);
  }
  return all;
}

describe.each(STORES)("appending to %s with obsp", (_, file, sparse, options) => {
  const path = join(folder, `pairs-${file}`);
  const [split, stop] = [20, 33];
  const layouts = async (block: DenseArray<"float64">) => ({
    dense: block,
    rows: await block.toCsr(),
    columns: await block.toCsc(),
  });

  it("makes each matrix block-diagonal where pairwise is true, in its own layout", async () => {
    const obsp = await layouts(pairs(0, split));
    await write(await cells(0, split, sparse, { obsp }), path, { ...options, overwrite: true });
    const { dense, rows, columns } = await layouts(pairs(split, stop));
    const more = { dense: rows, rows: columns, columns: dense };
    await append(path, await cells(split, stop, sparse, { obsp: more }), { pairwise: true });
    const adata = await open(path);
    try {
      const want = blockDiagonal(split, stop);
      for (const key of ["dense", "rows", "columns"]) {
        const element = adata.elements.obsp.get(key) as LazyArray;
        expect([key, element.sparse]).toEqual([key, { dense: null, rows: "csr", columns: "csc" }[key]]);
        const value = (await element.read()) as DenseArray;
        expect([key, (await value.toDense()).data]).toEqual([key, want.data]);
        const some = (await element.read([
          { kind: "positions", positions: Int32Array.of(30, 2, 20), count: 3 },
          { kind: "range", start: 15, step: 1, count: 10 },
        ])) as DenseArray;
        const picked = [30, 2, 20].flatMap((row) => [...want.row(row).subarray(15, 25)]);
        expect([key, [...(await some.toDense()).data]]).toEqual([key, picked]);
      }
    } finally {
      await adata.close();
    }
    expect((await validate(path, { deep: true })).findings).toEqual([]);
  });

  it("leaves obsp out, with a warning, where pairwise is false", async () => {
    const obsp = { near: pairs(0, split) };
    await write(await cells(0, split, sparse, { obsp }), path, { ...options, overwrite: true });
    const warnings: string[] = [];
    await append(path, await cells(split, stop, sparse), { pairwise: false, onWarning: (text) => warnings.push(text) });
    expect(warnings.filter((text) => text.startsWith("obsp"))).toEqual([
      "obsp is left out (near): it has no values for new observations.",
    ]);
    const adata = await open(path);
    try {
      expect((await diff(adata, await both(split, stop, sparse))).differences).toEqual([]);
    } finally {
      await adata.close();
    }
  });
});

describe("append", () => {
  const path = join(folder, "refusing.zarr");

  it.each([
    ["variables that the rows lack", { varNames: ["a", "b", "x"] }, "NOT_FOUND"],
    ["layers that the rows lack", { layers: {} }, "INVALID_ARGUMENT"],
    ["layers that the store lacks", { layers: { counts: matrix(20, 22), more: matrix(20, 22) } }, "INVALID_ARGUMENT"],
    ["other types", { obsm: { X_pca: new DenseArray("float64", [2, 2], new Float64Array(4)) } }, "INVALID_ARGUMENT"],
    ["other columns", { obs: { text: ["x", "y"] } }, "INVALID_ARGUMENT"],
    ["no raw", { raw: null }, "INVALID_ARGUMENT"],
  ] as [string, AnnDataInput, string][])("refuses %s, and leaves the store as it was", async (_, change, code) => {
    await write(await cells(0, 20, true), path, { overwrite: true });
    await expect(append(path, await cells(20, 22, true, change))).rejects.toMatchObject({ code });
    const adata = await open(path);
    expect((await diff(adata, await cells(0, 20, true))).differences).toEqual([]);
    await adata.close();
  });

  it("refuses a store with obsp, and one by columns", async () => {
    const obsp = { near: new DenseArray("float32", [20, 20], new Float32Array(400)) };
    await write(await cells(0, 20, true, { obsp }), path, { overwrite: true });
    const lacking = append(path, await cells(20, 22, true));
    await expect(lacking).rejects.toMatchObject({ code: "UNSUPPORTED", path: "obsp/near" });
    await expect(lacking).rejects.toThrow(/pairwise: true/);
    const others = { far: pairs(20, 22) };
    const unlike = append(path, await cells(20, 22, true, { obsp: others }), { pairwise: true });
    await expect(unlike).rejects.toMatchObject({ code: "INVALID_ARGUMENT", path: "obsp/far" });
    const wide = { near: new DenseArray("int8", [2, 2], new Int8Array(4)) };
    const mixed = append(path, await cells(20, 22, true, { obsp: wide }), { pairwise: true });
    await expect(mixed).rejects.toMatchObject({ code: "INVALID_ARGUMENT", path: "obsp/near" });
    const X = await matrix(0, 20).toCsc();
    await write(await cells(0, 20, true, { X }), path, { overwrite: true });
    await expect(append(path, await cells(20, 22, true))).rejects.toMatchObject({ code: "UNSUPPORTED", path: "X" });
  });
});
