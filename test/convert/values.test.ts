import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Progress } from "../../src/formats/types.js";
import { AnnData, type CsrMatrix, convert, DenseArray, open, type WriteOptions, write } from "../../src/index.js";

const ROWS = 400;
const COLUMNS = 30;

const counts = new DenseArray(
  "float64",
  [ROWS, COLUMNS],
  Float64Array.from({ length: ROWS * COLUMNS }, (_, i) => (i % 7 === 0 ? i % 251 : 0)),
);
const halves = new DenseArray(
  "float64",
  [ROWS, COLUMNS],
  counts.data.map((value) => value / 2),
);

let folder: string;
let source: string;
const at = (name: string) => join(folder, name);

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "ats-dtype-"));
  source = at("source.zarr");
  const names = Array.from({ length: ROWS }, (_, i) => `cell${i}`);
  const obs = { label: names };
  const layers = { halves, csc: await counts.toCsc() };
  await write(AnnData.fromMemory({ X: await counts.toCsr(), layers, obs }), source, {});
});
afterAll(() => rm(folder, { recursive: true }));

async function typesOf(path: string): Promise<Record<string, unknown>> {
  const adata = await open(path);
  const { X, layers } = adata.elements;
  const found = { X: X?.dtype, ...Object.fromEntries([...layers].map(([key, layer]) => [key, layer.info.dtype])) };
  await adata.close();
  return found;
}

async function valuesOf(path: string): Promise<number[][]> {
  const adata = await open(path);
  try {
    const { X, layers } = adata.elements;
    const read = async (element: typeof X | undefined) => {
      const value = (await element?.read()) as CsrMatrix | DenseArray;
      return Array.from((await value.toDense()).data as Float64Array, Number);
    };
    return [await read(X), await read(layers.get("halves") as typeof X), await read(layers.get("csc") as typeof X)];
  } finally {
    await adata.close();
  }
}

const wanted = [counts, halves, counts].map(({ data }) => [...data]);

describe("a read", () => {
  it("gives the type of indices that is asked for, of what is sparse", async () => {
    const adata = await open(source);
    try {
      const X = (await adata
        .select({ obs: [3, 0] })
        .X.read({ indexType: "int64", var: { start: 0, stop: 7 } })) as CsrMatrix;
      expect([X.shape, X.indices.constructor, X.indptr.constructor]).toEqual([[2, 7], BigInt64Array, BigInt64Array]);
      const narrow = (await adata.X.read({ indexType: "int32" })) as CsrMatrix;
      expect(narrow.indices).toBeInstanceOf(Int32Array);
      expect(await adata.layers.get("halves")?.read({ indexType: "int64" })).toEqual(halves);
    } finally {
      await adata.close();
    }
  });
});

describe("memory", () => {
  it("is bytes or a size, and anything else is refused before anything is there", async () => {
    await convert(source, at("sized.zarr"), { memory: "64KiB" });
    const before = await readdir(folder);
    for (const memory of ["much", 0, -1, Number.NaN, "0.1"]) {
      await expect(convert(source, at("unsized.zarr"), { memory })).rejects.toMatchObject({
        code: "INVALID_ARGUMENT",
        message: expect.stringContaining(`memory: "${memory}" is no size`),
      });
    }
    expect(await readdir(folder)).toEqual(before);
  });
});

describe("the types of values", () => {
  it.each<[string, WriteOptions]>([
    ["a.ats", {}],
    ["keep.ats", { x: "keep" }],
    ["dual.ats", { x: "dual" }],
    ["a.zarr", { shardRows: 64 }],
    ["stored.zarr", { asStored: true }],
    ["a.v2.zarr", { zarrFormat: 2, x: "sparse" }],
    ["a.zarr.zip", { x: "dense" }],
    ["a.h5ad", { codec: "lzf" }],
    ["little.h5ad", { memory: 4096, x: "sparse" }],
    ["dense.zarr", { memory: 4096, x: "dense" }],
  ])("are the narrowest in %s, and the values are the same", async (name, options) => {
    await convert(source, at(name), { ...options, dtype: "narrowest" });
    expect(await typesOf(at(name))).toEqual({ X: "uint8", halves: "float32", csc: "uint8" });
    expect(await valuesOf(at(name))).toEqual(wanted);
  });

  it("are looked for in what is selected alone", async () => {
    const tenths = new DenseArray("float64", [2, 2], Float64Array.of(0.1, 1, 0.2, 2));
    await write(AnnData.fromMemory({ X: tenths }), at("tenths.h5ad"), {});
    await convert(at("tenths.h5ad"), at("whole.h5ad"), {
      view: (adata) => adata.select({ var: [1] }),
      dtype: "narrowest",
    });
    expect(await typesOf(at("whole.h5ad"))).toEqual({ X: "uint8" });
  });

  it("leave what is not named as it is, also where it is copied", async () => {
    await convert(source, at("named.zarr"), { dtype: { "layers/csc": "int16" }, asStored: true });
    expect(await typesOf(at("named.zarr"))).toEqual({ X: "float64", halves: "float64", csc: "int16" });
    expect(await valuesOf(at("named.zarr"))).toEqual(wanted);
  });

  it("tell how far the search is, and then how far the writing is", async () => {
    const seen: Progress[] = [];
    const onProgress = (progress: Progress) => void seen.push(progress);
    await convert(source, at("progress.h5ad"), { dtype: "narrowest", memory: 4096, onProgress });
    const of = (element: string) => seen.filter((progress) => progress.element === element);
    for (const element of ["type of X", "X", "type of layers/halves", "layers/halves"]) {
      const last = of(element).at(-1);
      expect(last?.done, element).toBe(last?.total);
    }
    expect(seen.indexOf(of("type of X").at(-1) as Progress)).toBeLessThan(seen.indexOf(of("X")[0] as Progress));
  });

  it.each<[string, NonNullable<WriteOptions["dtype"]>, string]>([
    [
      "a type that there is none of",
      "uint7" as never,
      'dtype: "uint7" is no type of values; take one of narrowest, bool, int8',
    ],
    [
      "a path of nothing",
      { "layers/none": "uint8" },
      "dtype: layers/none is no matrix of numbers here; those are X, layers/",
    ],
    ["a path of a table", { obs: "uint8" }, "dtype: obs is no matrix of numbers here"],
    ["complex numbers", { X: "complex64" }, "X is float64, which cannot become complex64"],
    ["all of them, where one does not fit", "uint8", "layers/halves: the value at row"],
  ])("are refused before anything is there: %s", async (_, dtype, message) => {
    const before = await readdir(folder);
    for (const name of ["never.ats", "never.zarr", "never.h5ad"]) {
      await expect(convert(source, at(name), { dtype })).rejects.toMatchObject({
        code: "INVALID_ARGUMENT",
        message: expect.stringContaining(message),
      });
    }
    expect(await readdir(folder)).toEqual(before);
  });

  it("leave what is at the target where a value would change", async () => {
    await convert(source, at("there.zarr"), { dtype: "float32" });
    await expect(convert(source, at("there.zarr"), { dtype: "int8", overwrite: true })).rejects.toMatchObject({
      code: "INVALID_ARGUMENT",
    });
    expect(await typesOf(at("there.zarr"))).toMatchObject({ X: "float32" });
    expect(await valuesOf(at("there.zarr"))).toEqual(wanted);
  });
});
