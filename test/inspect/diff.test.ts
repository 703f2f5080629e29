import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import {
  AnnData,
  type AnnDataInput,
  Categorical,
  convert,
  DenseArray,
  open,
  Scalar,
  StringArray,
} from "../../src/index.js";
import { type DiffOptions, diff } from "../../src/inspect/diff.js";

const FIXTURE = new URL("../fixtures/h5ad/10x_pbmc68k_reduced.h5ad", import.meta.url);
const folder = mkdtempSync(join(tmpdir(), "ats-diff-"));
afterAll(() => rmSync(folder, { recursive: true }));

const X = [
  [0, 1.5, 0],
  [2, 0, Number.NaN],
];

function dense(rows: readonly (readonly number[])[] = X): DenseArray<"float64"> {
  return new DenseArray("float64", [rows.length, 3], Float64Array.from(rows.flat()));
}

async function made(change: Partial<AnnDataInput> = {}): Promise<AnnData> {
  return AnnData.fromMemory({
    X: dense(),
    obs: { kind: ["a", "b"], size: Float32Array.of(1, 2) },
    obsNames: ["c1", "c2"],
    varNames: ["g1", "g2", "g3"],
    obsm: { pca: new DenseArray("float32", [2, 1], Float32Array.of(1, 2)) },
    uns: { list: [1, 2], nested: { none: null, text: "t", z: new Scalar("complex128", { re: 1, im: 2 }) } },
    ...change,
  });
}

async function differences(change: Partial<AnnDataInput>, options: DiffOptions = {}): Promise<string[]> {
  const report = await diff(await made(), await made(change), options);
  expect(report.equal).toBe(report.differences.length === 0);
  return report.differences.map(({ path, what }) => `${path} ${what}`);
}

describe("diff", () => {
  it("finds nothing between equal ones, NaN included", async () => {
    expect(await differences({})).toEqual([]);
  });

  it("takes dense, CSR and CSC matrices of the same values as equal", async () => {
    expect(await differences({ X: await dense().toCsr() })).toEqual([]);
    expect(await differences({ X: await dense().toCsc() })).toEqual([]);
    const [csr, csc] = [await made({ X: await dense().toCsr() }), await made({ X: await dense().toCsc() })];
    expect((await diff(csr, csc)).differences).toEqual([]);
  });

  it("says where matrices differ, in whichever way they are stored", async () => {
    const other = dense([
      [0, 1.5, 0],
      [2, 3, 4],
    ]);
    const expected = ["X 2 values differ, the first at [1, 1]: 0 != 3"];
    expect(await differences({ X: other })).toEqual(expected);
    expect(await differences({ X: await other.toCsr() })).toEqual(expected);
    const sparse = await made({ X: await dense().toCsr() });
    const report = await diff(sparse, await made({ X: await other.toCsr() }));
    expect(report.differences.map(({ what }) => what)).toEqual(["2 values differ, the first at [1, 1]: 0 != 3"]);
  });

  it("takes numbers within the tolerance as equal", async () => {
    const near = dense(X.map((row) => row.map((value) => value * 1.001)));
    expect(await differences({ X: near })).toHaveLength(1);
    expect(await differences({ X: near }, { rtol: 0.01 })).toEqual([]);
    expect(await differences({ X: near }, { atol: 0.01 })).toEqual([]);
  });

  it.each([
    [
      "types",
      { X: new DenseArray("float32", [2, 3], Float32Array.from(X.flat())) },
      "X has the type float64 in one, float32 in the other",
    ],
    ["missing elements", { obsm: {} }, "obsm/pca is missing in the second"],
    ["names", { varNames: ["g1", "g2", "gX"] }, 'var index: 1 values differ, the first at [2]: "g3" != "gX"'],
    [
      "columns",
      { obs: { kind: ["a", "c"], size: Float32Array.of(1, 2) } },
      'obs/kind 1 values differ, the first at [1]: "b" != "c"',
    ],
    [
      "the order of columns",
      { obs: { size: Float32Array.of(1, 2), kind: ["a", "b"] } },
      "obs has its columns in another order",
    ],
    [
      "kinds",
      {
        obs: {
          kind: new Categorical(Int8Array.of(0, 1), new StringArray(["a", "b"])),
          size: Float32Array.of(1, 2),
        },
      },
      "obs/kind is a strings in one, a categorical in the other",
    ],
    [
      "single values",
      { uns: { list: [1, 2], nested: { none: null, text: "u", z: new Scalar("complex128", { re: 1, im: 2 }) } } },
      'uns/nested/text "t" != "u"',
    ],
    [
      "keys",
      { uns: { list: [1, 2], nested: { none: null, z: new Scalar("complex128", { re: 1, im: 2 }) } } },
      "uns/nested/text is missing in the second",
    ],
    [
      "complex numbers",
      { uns: { list: [1, 2], nested: { none: null, text: "t", z: new Scalar("complex128", { re: 1, im: 3 }) } } },
      "uns/nested/z 1+2j != 1+3j",
    ],
  ] as [string, Partial<AnnDataInput>, string][])("tells %s that differ", async (_, change, expected) => {
    expect(await differences(change)).toEqual([expected]);
  });

  it("tells categories and order of categoricals", async () => {
    const column = (categories: string[], ordered: boolean) => ({
      obs: { kind: new Categorical(Int8Array.of(0, -1), new StringArray(categories), ordered) },
    });
    const [a, b] = [await made(column(["a", "b"], false)), await made(column(["a", "c"], true))];
    expect((await diff(a, b)).differences.map(({ what }) => what)).toEqual([
      "is ordered in one, not in the other",
      'categories: 1 values differ, the first at [1]: "b" != "c"',
    ]);
  });

  it("takes a list and an array of the same values as equal", async () => {
    const array = new DenseArray("int64", [2], BigInt64Array.of(1n, 2n));
    const uns = { list: array, nested: { none: null, text: "t", z: new Scalar("complex128", { re: 1, im: 2 }) } };
    expect(await differences({ uns })).toEqual([]);
  });

  it("finds a converted store equal to its source, and a subset of it not", async () => {
    const target = join(folder, "pbmc.ats");
    await convert(FIXTURE, target);
    const [a, b] = [await open(FIXTURE), await open(target)];
    try {
      expect((await diff(a, b)).differences).toEqual([]);
      const some = b.select({ obs: { start: 0, stop: 100 } });
      expect((await diff(a, some)).differences[0]).toEqual({
        path: "",
        what: "has the shape [700,765] in one, [100,765] in the other",
      });
    } finally {
      await Promise.all([a.close(), b.close()]);
    }
  });
});
