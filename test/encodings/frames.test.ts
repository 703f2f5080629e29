import { describe, expect, it } from "vitest";
import { Categorical } from "../../src/elements/categorical.js";
import type { DenseArray } from "../../src/elements/dense.js";
import { Frame } from "../../src/elements/frame.js";
import type { LazyArray, LazyDict, LazyElement, LazyFrame } from "../../src/elements/lazy.js";
import { RecordArray } from "../../src/elements/record.js";
import { Scalar } from "../../src/elements/scalar.js";
import { CsrMatrix } from "../../src/elements/sparse.js";
import { StringArray } from "../../src/elements/strings.js";
import { fieldArray, fieldsOf, recordFrame } from "../../src/encodings/records.js";
import { openContext, openNode } from "../../src/encodings/registry.js";
import type { AxisSelection } from "../../src/selection/axis.js";
import type { ArrayNode, Attributes } from "../../src/storage/types.js";
import {
  encoded,
  float64,
  int32,
  memoryNode,
  memoryRoot,
  numbers,
  type ReadCounts,
  type Sketch,
  texts,
} from "./memory-store.js";

async function open(x: Sketch, counts?: ReadCounts, beside: Record<string, Sketch> = {}): Promise<LazyElement> {
  const root = memoryRoot({ x, ...beside }, counts);
  return openNode((await root.get("x"))!, openContext(root));
}

const backwards: AxisSelection = { kind: "range", start: 2, step: -2, count: 2 };

const frame = (attributes: Attributes, members: Record<string, Sketch>, version = "0.2.0") =>
  encoded("dataframe", version, { attributes, members });

const people = frame(
  { _index: "cell", "column-order": ["n", "kind"] },
  {
    cell: encoded("string-array", "0.2.0", { value: texts("a", "b", "c") }),
    n: encoded("array", "0.2.0", { value: int32(1, 2, 3) }),
    kind: encoded("categorical", "0.2.0", {
      attributes: { ordered: false },
      members: {
        codes: { value: numbers(Int8Array.of(0, 1, -1), "int8") },
        categories: encoded("string-array", "0.2.0", { value: texts("x", "y") }),
      },
    }),
    stray: encoded("array", "0.2.0", { value: int32(9) }),
  },
);

describe("dataframe 0.2.0", () => {
  it("opens with its names and reads the asked columns of the asked rows, no others", async () => {
    const counts: ReadCounts = new Map();
    const element = (await open(people, counts)) as LazyFrame;
    expect(element).toMatchObject({ columnNames: ["n", "kind"], indexName: "cell", length: 3, shape: [3, 2] });
    expect(counts.size).toBe(0);
    const some = await element.readFrame(["n"], backwards);
    expect(some).toEqual(new Frame(texts("c", "a"), new Map([["n", int32(3, 1)]]), "cell"));
    expect(Object.fromEntries(counts)).toEqual({ "x/cell": 2, "x/n": 2 });
  });

  it("reads all columns in order, and by positions of columns", async () => {
    const element = (await open(people)) as LazyFrame;
    const all = await element.read();
    expect([...all.columns.keys()]).toEqual(["n", "kind"]);
    expect(all.columns.get("kind")).toEqual(new Categorical(Int8Array.of(0, 1, -1), texts("x", "y")));
    const second: AxisSelection = { kind: "positions", positions: Int32Array.of(1), count: 1 };
    expect([...(await element.read([backwards, second])).columns.keys()]).toEqual(["kind"]);
  });

  it("opens single columns, once", async () => {
    const element = (await open(people)) as LazyFrame;
    expect(await element.column!("n")).toBe(await element.column!("n"));
    expect(await (await element.column!("n")).read([backwards])).toEqual(int32(3, 1));
  });

  it("tells of an unknown column with near names", async () => {
    const element = (await open(people)) as LazyFrame;
    const unknown = { code: "NOT_FOUND", message: expect.stringContaining("kind") };
    await expect(element.readFrame(["kinf"])).rejects.toMatchObject(unknown);
    await expect(element.column!("stray")).rejects.toMatchObject({ code: "NOT_FOUND" });
  });

  it("has no index name where that is _index, and no columns where numpy wrote an empty array", async () => {
    const index = encoded("string-array", "0.2.0", { value: texts("a") });
    const element = (await open(frame({ _index: "_index", "column-order": [] }, { _index: index }))) as LazyFrame;
    expect([element.indexName, element.columnNames]).toEqual([null, []]);
    expect(await element.read()).toEqual(new Frame(texts("a"), new Map(), null));
  });

  it("has an index of nullable strings", async () => {
    const index = encoded("nullable-string-array", "0.1.0", {
      members: { values: { value: texts("a", "") }, mask: { value: numbers(Uint8Array.of(0, 1), "bool") } },
    });
    const element = (await open(frame({ _index: "i", "column-order": [] }, { i: index }))) as LazyFrame;
    expect((await element.read()).index).toEqual(new StringArray(["a", null], [2], "NA"));
  });

  it("stops with the signal's reason", async () => {
    const signal = AbortSignal.abort(new Error("enough"));
    await expect((await open(people)).read([], { signal })).rejects.toThrow("enough");
  });

  const index = encoded("string-array", "0.2.0", { value: texts("a") });

  it.each([
    ["_index", frame({ "column-order": [] }, { _index: index })],
    ["column-order", frame({ _index: "_index" }, { _index: index })],
    ["the index", frame({ _index: "gone", "column-order": [] }, { _index: index })],
  ])("does not open without %s", async (_, sketch) => {
    await expect(open(sketch)).rejects.toMatchObject({ code: "CORRUPT" });
  });

  it.each([
    ["that is missing", undefined],
    ["of another length", encoded("array", "0.2.0", { value: int32(1, 2) })],
    ["in two dimensions", encoded("array", "0.2.0", { value: numbers(Int8Array.of(0), "int8", [1, 1]) })],
    ["that is a dict", encoded("dict", "0.1.0", { members: {} })],
  ])("is CORRUPT with a column %s", async (_, column) => {
    const members = { _index: index, ...(column === undefined ? {} : { c: column }) };
    const element = (await open(frame({ _index: "_index", "column-order": ["c"] }, members))) as LazyFrame;
    await expect(element.read()).rejects.toMatchObject({ code: "CORRUPT" });
    expect((await element.readFrame([])).length).toBe(1);
  });
});

describe("dataframe 0.1.0", () => {
  const old = (categories: string) =>
    frame(
      { _index: "i", "column-order": ["kind"] },
      {
        i: { value: texts("a", "b") },
        kind: { value: numbers(Int8Array.of(1, 0), "int8"), attributes: { categories } },
        __categories: { members: { kind: { value: texts("x", "y"), attributes: { ordered: true } } } },
      },
      "0.1.0",
    );

  it.each(["/x/__categories/kind", "__categories/kind"])("finds categories at %s", async (path) => {
    const element = (await open(old(path))) as LazyFrame;
    const { columns, index } = await element.read();
    expect(index).toEqual(texts("a", "b"));
    expect(columns.get("kind")).toEqual(new Categorical(Int8Array.of(1, 0), texts("x", "y"), true));
    expect((await element.column!("kind")).info).toMatchObject({ encoding: "categorical", encodingVersion: "0.1.0" });
  });

  it("is CORRUPT where the categories are not there", async () => {
    const element = (await open(old("/nowhere"))) as LazyFrame;
    await expect(element.read()).rejects.toMatchObject({ code: "CORRUPT", path: "x/kind" });
  });

  it("keeps a column of one fixed-length string a column", async () => {
    const sketch = frame(
      { _index: "i", "column-order": ["c"] },
      { i: { value: texts("a") }, c: { value: texts("v"), fixedText: true } },
      "0.1.0",
    );
    expect((await ((await open(sketch)) as LazyFrame).read()).columns.get("c")).toEqual(texts("v"));
  });
});

describe("nodes without encoding attributes", () => {
  it.each([
    ["a dict", { members: { a: { value: int32(1, 2) } } }, { a: int32(1, 2) }],
    ["an array", { value: float64(1, 2) }, float64(1, 2)],
    ["strings", { value: texts("a", "b") }, texts("a", "b")],
    ["one variable string in an array", { value: texts("a") }, texts("a")],
    ["one fixed string in an array", { value: texts("a"), fixedText: true }, "a"],
    ["two fixed strings", { value: texts("a", "b"), fixedText: true }, texts("a", "b")],
    ["a string", { value: new StringArray(["a"], []) }, "a"],
    ["a number", { value: numbers(Float32Array.of(1.5), "float32", []) }, new Scalar("float32", 1.5)],
    ["nothing", { value: numbers(Float32Array.of(0), "float32", []), empty: true }, null],
    [
      "records",
      { value: new RecordArray(new Map([["a", int32(1)]]), 1) },
      new RecordArray(new Map([["a", int32(1)]]), 1),
    ],
  ] as [string, Sketch, unknown][])("%s is what it looks like", async (_, sketch, expected) => {
    expect(await (await open(sketch)).read()).toEqual(expected);
  });

  it.each(["csr", "csc"])("a group with h5sparse_format %s is a sparse matrix", async (format) => {
    const element = (await open({
      attributes: { h5sparse_format: format, h5sparse_shape: [2, 2] },
      members: { data: { value: float64(5) }, indices: { value: int32(1) }, indptr: { value: int32(0, 1, 1) } },
    })) as LazyArray;
    expect([element.sparse, element.info.encoding, element.info.encodingVersion]).toEqual([
      format,
      `${format}_matrix`,
      "",
    ]);
    expect(await element.read()).toMatchObject({ data: Float64Array.of(5) });
    expect((await element.read()) instanceof CsrMatrix).toBe(format === "csr");
  });

  it("dicts of them nest", async () => {
    const element = (await open({ members: { a: { members: { b: { value: int32(1, 2) } } } } })) as LazyDict;
    expect(await element.read()).toEqual({ a: { b: int32(1, 2) } });
  });
});

describe("records taken apart", () => {
  const value = new RecordArray(
    new Map<string, DenseArray | StringArray>([
      ["index", texts("a", "b", "c")],
      ["n", int32(1, 2, 3)],
      ["pca", numbers(Float32Array.of(1, 2, 3, 4, 5, 6), "float32", [3, 2])],
    ]),
    3,
  );
  const node = memoryNode({ value }, "obs") as ArrayNode;

  it("are a data frame whose first field is the index", async () => {
    const element = recordFrame(node);
    expect(element).toMatchObject({ columnNames: ["n", "pca"], indexName: "index", length: 3 });
    const some = await element.readFrame(["n"], backwards);
    expect(some).toEqual(new Frame(texts("c", "a"), new Map([["n", int32(3, 1)]]), "index"));
  });

  it("give each field as an array, sub-arrays as matrices", async () => {
    const [, , pca] = fieldsOf(node);
    const element = fieldArray(node, pca!);
    expect([element.shape, element.dtype, element.info.path]).toEqual([[3, 2], "float32", "obs/pca"]);
    const second: AxisSelection = { kind: "range", start: 1, step: 1, count: 1 };
    expect(await element.read([backwards, second])).toEqual(numbers(Float32Array.of(6, 2), "float32", [2, 1]));
  });

  it("are CORRUPT where there are no records", async () => {
    const plain = memoryNode({ value: int32(1) }, "obs") as ArrayNode;
    expect(() => recordFrame(plain)).toThrow(expect.objectContaining({ code: "CORRUPT", path: "obs" }));
  });
});
