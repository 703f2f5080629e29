/** Values in another form: numpy's conversions as the oracle of what is lossless, and stock anndata as the reader of what was narrowed. */
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { DenseArray } from "../../src/elements/dense.js";
import type { LazyArray } from "../../src/elements/lazy.js";
import { asDType } from "../../src/encodings/as-dtype.js";
import { type ConvertOptions, convert, type DType, open } from "../../src/index.js";
import { type PythonServer, startPython } from "./python.js";

let folder: string;
let python: PythonServer;
const at = (name: string) => join(folder, name);

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "matrix-values-"));
  python = startPython("matrix_values.py", folder);
  await python.ask({ make: "made.h5ad" });
}, 120_000);
afterAll(async () => {
  await python.close();
  await rm(folder, { recursive: true });
});

const TARGETS: readonly (readonly [name: string, options: ConvertOptions])[] = [
  ["narrow.ats", {}],
  ["narrow.v2.zarr", { zarrFormat: 2 }],
  ["narrow.v3.zarr", { shardRows: 0 }],
  ["narrow.sharded.zarr", { shardRows: 16 }],
  ["dual.zarr", { x: "dual" }],
  ["sparse.zarr", { x: "sparse" }],
  ["narrow.h5ad", { codec: "gzip" }],
  ["dense.h5ad", { x: "dense" }],
];

/** The narrowest type of each matrix of matrix_values.py. */
const NARROWEST: Readonly<Record<string, DType>> = {
  X: "uint16",
  "raw/X": "uint8",
  "layers/csc": "int16",
  "layers/dense": "uint8",
  "layers/halves": "float32",
  "layers/tenths": "float64",
  "layers/duplicates": "uint16",
  "layers/unsorted": "uint8",
  "layers/extremes": "int64",
  "layers/flags": "bool",
};

describe("dtype: narrowest", () => {
  it.each(TARGETS)("gives anndata the values that were there, in narrower types: %s", async (name, options) => {
    await convert(at("made.h5ad"), at(name), { ...options, dtype: "narrowest" });
    expect(await python.ask({ compare: name })).toEqual(NARROWEST);
  });
});

describe("dtype by name", () => {
  it("is that of the matrices that are named, and of no other", async () => {
    const dtype = { X: "float32", "layers/csc": "int32", "layers/halves": "float16" } as const;
    await convert(at("made.h5ad"), at("named.zarr"), { dtype });
    const others = { "raw/X": "float32", "layers/dense": "int64", "layers/tenths": "float64" };
    expect(await python.ask({ compare: "named.zarr" })).toMatchObject({ ...dtype, ...others });
  });

  it("may be wider than the stored one", async () => {
    await convert(at("made.h5ad"), at("wide.h5ad"), { dtype: { "raw/X": "float64", "layers/flags": "int8" } });
    expect(await python.ask({ compare: "wide.h5ad" })).toMatchObject({ "raw/X": "float64", "layers/flags": "int8" });
  });

  it.each(["refused.ats", "refused.zarr", "refused.zarr.zip", "refused.h5ad"])(
    "leaves nothing at %s where a value would change, and names the first one",
    async (name) => {
      const before = await readdir(folder);
      const { row, column, value } = await python.ask<Record<string, string>>({ tenths: "float32" });
      await expect(convert(at("made.h5ad"), at(name), { dtype: { "layers/tenths": "float32" } })).rejects.toMatchObject(
        {
          code: "INVALID_ARGUMENT",
          path: "layers/tenths",
          message: expect.stringContaining(`row ${row}, column ${column} would not stay ${value} as float32`),
        },
      );
      expect(await readdir(folder)).toEqual(before);
    },
  );
});

describe("a matrix of each type as another one", () => {
  it("has numpy's bytes where numpy's way back gives the same bits, and is refused elsewhere", async () => {
    const cases = await python.ask<{ name: string; to: DType; data: string | null }[]>({ random: [600, 11] });
    const adata = await open(at("random.h5ad"));
    try {
      for (const { name, to, data } of cases) {
        const source = adata.elements.layers.get(name) as LazyArray;
        const reading = asDType(source, to).read() as Promise<DenseArray>;
        const what = `${name}, ${source.dtype} as ${to}`;
        if (data === null) await expect(reading, what).rejects.toMatchObject({ code: "INVALID_ARGUMENT" });
        else expect(Buffer.from((await reading).data.buffer).toString("base64"), what).toBe(data);
      }
    } finally {
      await adata.close();
    }
    const exact = cases.filter(({ data }) => data !== null).length;
    expect(exact).toBeGreaterThan(150);
    expect(exact).toBeLessThan(500);
  });
});

describe("canonical", () => {
  it.each(["canonical.v2.zarr", "canonical.h5ad"])(
    "gives scipy what its sum_duplicates makes of it: %s",
    async (name) => {
      const options = name === "canonical.v2.zarr" ? { zarrFormat: 2 as const, asStored: true } : { memory: "1MiB" };
      await convert(at("made.h5ad"), at(name), { ...options, canonical: true });
      const tidy = { canonical: true, same: true };
      expect(await python.ask({ canonical: name })).toEqual({
        X: tidy,
        "raw/X": tidy,
        "layers/csc": tidy,
        "layers/duplicates": tidy,
        "layers/unsorted": tidy,
      });
    },
  );
});
