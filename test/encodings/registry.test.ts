import { describe, expect, it } from "vitest";
import { Categorical } from "../../src/elements/categorical.js";
import type { DenseArray } from "../../src/elements/dense.js";
import type { LazyArray, LazyDict, LazyElement } from "../../src/elements/lazy.js";
import { NullableArray } from "../../src/elements/nullable.js";
import { RecordArray } from "../../src/elements/record.js";
import { Scalar } from "../../src/elements/scalar.js";
import { StringArray } from "../../src/elements/strings.js";
import { ENCODINGS, openContext, openNode } from "../../src/encodings/registry.js";
import type { AxisSelection } from "../../src/selection/axis.js";
import { encoded, float64, int32, memoryRoot, numbers, type ReadCounts, type Sketch, texts } from "./memory-store.js";

async function open(x: Sketch, counts?: ReadCounts): Promise<LazyElement> {
  const root = memoryRoot({ x }, counts);
  return openNode((await root.get("x"))!, openContext(root));
}

const backwards: AxisSelection = { kind: "range", start: 2, step: -2, count: 2 };

describe("the registry", () => {
  it("knows every encoding of the specification, and the versions that are met", () => {
    const versions = [...ENCODINGS].map(([type, encoding]) => `${type} ${encoding.versions.join(" ")}`).sort();
    expect(versions).toEqual([
      "anndata 0.1.0",
      "array 0.2.0",
      "awkward-array 0.1.0",
      "bytes 0.2.0",
      "categorical 0.2.0",
      "csc_matrix 0.1.0",
      "csr_matrix 0.1.0",
      "dataframe 0.2.0 0.1.0",
      "dict 0.1.0",
      "null 0.1.0",
      "nullable-boolean 0.1.0",
      "nullable-integer 0.1.0",
      "nullable-string 0.1.0",
      "nullable-string-array 0.1.0",
      "numeric-scalar 0.2.0",
      "raw 0.1.0",
      "rec-array 0.2.0",
      "string 0.2.0",
      "string-array 0.2.0",
    ]);
  });

  it.each([
    ["hologram", "1.0.0"],
    ["array", "9.0.0"],
    ["awkward-array", "0.2.0"],
  ])("opens %s %s, lists it, and says on reading that it cannot", async (type, version) => {
    const element = await open(encoded(type, version, { value: int32(1) }));
    expect(element.info).toMatchObject({ path: "x", encoding: type, encodingVersion: version });
    await expect(element.read()).rejects.toMatchObject({ code: "UNSUPPORTED", path: "x" });
    expect(await element.storedBytes()).toBeUndefined();
  });

  it.each(["awkward-array", "categorical", "dict", "csr_matrix", "dataframe", "nullable-integer", "anndata", "raw"])(
    "calls an array that says it is a %s CORRUPT",
    async (type) => {
      const version = ENCODINGS.get(type)!.versions[0]!;
      await expect(open(encoded(type, version, { value: int32(1) }))).rejects.toMatchObject({
        code: "CORRUPT",
        path: "x",
      });
    },
  );

  it.each(["array", "string-array", "rec-array", "string", "numeric-scalar", "null", "bytes"])(
    "calls a group that says it is a %s CORRUPT",
    async (type) => {
      const version = ENCODINGS.get(type)!.versions[0]!;
      await expect(open(encoded(type, version, { members: {} }))).rejects.toMatchObject({ code: "CORRUPT", path: "x" });
    },
  );
});

describe("arrays", () => {
  it.each([
    ["array", numbers(Float32Array.of(1, 2, 3, 4, 5, 6), "float32", [3, 2])],
    ["string-array", texts("a", "b", "c")],
    ["rec-array", new RecordArray(new Map([["a", int32(1, 2, 3)]]), 3)],
  ])("%s reads its selection only", async (type, value) => {
    const counts: ReadCounts = new Map();
    const element = (await open(encoded(type, "0.2.0", { value }), counts)) as LazyArray;
    expect(counts.size).toBe(0);
    expect(await element.read()).toEqual(value);
    counts.clear();
    const part = await element.read([backwards, undefined, backwards]);
    expect(counts.get("x")).toBe(value.shape.slice(1).reduce((product, extent) => product * extent, 2));
    expect((part as StringArray).shape[0]).toBe(2);
  });
});

describe("single values", () => {
  const scalar = (data: DenseArray["data"], dtype: DenseArray["dtype"]) =>
    encoded("numeric-scalar", "0.2.0", { value: numbers(data, dtype, []) });

  it.each([
    ["an integer", scalar(BigInt64Array.of(-5n), "int64"), -5],
    ["a large integer", scalar(BigInt64Array.of(2n ** 60n), "int64"), 2n ** 60n],
    ["a number", scalar(Float64Array.of(2.5), "float64"), 2.5],
    ["NaN", scalar(Float64Array.of(Number.NaN), "float64"), Number.NaN],
    ["a float without a fraction", scalar(Float64Array.of(3), "float64"), new Scalar("float64", 3)],
    ["a boolean", scalar(Uint8Array.of(1), "bool"), true],
    ["a numpy scalar", scalar(Float32Array.of(1.5), "float32"), new Scalar("float32", 1.5)],
    ["an unsigned integer", scalar(BigUint64Array.of(7n), "uint64"), new Scalar("uint64", 7n)],
    ["a half", scalar(Uint16Array.of(0x3e00), "bfloat16"), new Scalar("bfloat16", 0.125)],
    ["a complex number", scalar(Float64Array.of(1, -2), "complex128"), new Scalar("complex128", { re: 1, im: -2 })],
    ["a string", encoded("string", "0.2.0", { value: new StringArray(["ü"], []) }), "ü"],
    ["a string of old", encoded("string", "0.2.0", { value: texts("ü") }), "ü"],
    ["bytes", encoded("bytes", "0.2.0", { value: new StringArray(["ü"], []) }), Uint8Array.of(0xc3, 0xbc)],
    ["null", encoded("null", "0.1.0", { value: numbers(Uint8Array.of(0), "bool", []), empty: true }), null],
  ])("%s", async (_, sketch, expected) => {
    const element = await open(sketch);
    expect(element.kind).toBe("lazy-value");
    expect(await element.read([backwards])).toEqual(expected);
  });

  it.each([
    ["two numbers", encoded("numeric-scalar", "0.2.0", { value: int32(1, 2) })],
    ["a string for a number", encoded("numeric-scalar", "0.2.0", { value: texts("1") })],
    ["two strings", encoded("string", "0.2.0", { value: texts("a", "b") })],
    ["a number for a string", encoded("string", "0.2.0", { value: int32(1) })],
  ])("%s is CORRUPT", async (_, sketch) => {
    await expect((await open(sketch)).read()).rejects.toMatchObject({ code: "CORRUPT", path: "x" });
  });
});

describe("dict", () => {
  const nested = encoded("dict", "0.1.0", {
    members: {
      a: encoded("array", "0.2.0", { value: int32(1, 2, 3) }),
      b: encoded("dict", "0.1.0", { members: { __proto__x: encoded("string", "0.2.0", { value: texts("s") }) } }),
    },
  });

  it("opens members when they are asked for, once", async () => {
    const counts: ReadCounts = new Map();
    const element = (await open(nested, counts)) as LazyDict;
    expect(await element.keys()).toEqual(["a", "b"]);
    expect(await element.get("a")).toBe(await element.get("a"));
    expect(await element.get("toString")).toBeUndefined();
    expect(counts.size).toBe(0);
    expect(await element.storedBytes()).toBeUndefined();
  });

  it("reads all, or the selected rows of each member", async () => {
    const element = (await open(nested)) as LazyDict;
    expect(await element.read()).toEqual({ a: int32(1, 2, 3), b: { __proto__x: "s" } });
    expect(await element.read([backwards])).toEqual({ a: int32(3, 1), b: { __proto__x: "s" } });
    const signal = AbortSignal.abort(new Error("enough"));
    await expect(element.read([], { signal })).rejects.toThrow("enough");
  });

  it.each(["anndata", "raw"])("is what a nested %s opens as", async (type) => {
    const element = await open(encoded(type, "0.1.0", { members: nested.members! }));
    expect([element.kind, element.info.encoding]).toEqual(["lazy-dict", type]);
    expect(await element.read()).toEqual({ a: int32(1, 2, 3), b: { __proto__x: "s" } });
  });
});

describe("categorical", () => {
  const categorical = (codes: DenseArray, categories: Sketch, ordered: boolean | number = false) =>
    encoded("categorical", "0.2.0", { attributes: { ordered }, members: { codes: { value: codes }, categories } });
  const words = encoded("string-array", "0.2.0", { value: texts("x", "y") });

  it("reads the selected codes, and the categories once", async () => {
    const counts: ReadCounts = new Map();
    const codes = numbers(Int8Array.of(0, -1, 1), "int8");
    const element = (await open(categorical(codes, words, true), counts)) as LazyArray;
    expect(element).toMatchObject({ shape: [3], dtype: "string", info: { encoding: "categorical", dtype: "string" } });
    expect(await element.read()).toEqual(new Categorical(Int8Array.of(0, -1, 1), texts("x", "y"), true));
    expect(await element.read([backwards])).toEqual(new Categorical(Int8Array.of(1, 0), texts("x", "y"), true));
    expect(Object.fromEntries(counts)).toEqual({ "x/codes": 5, "x/categories": 2 });
  });

  it.each([
    ["uint8", Uint8Array.of(0, 1), Int16Array.of(0, 1)],
    ["uint16", Uint16Array.of(0, 1), Int32Array.of(0, 1)],
    ["int64", BigInt64Array.of(0n, -1n), Int32Array.of(0, -1)],
    ["uint32", Uint32Array.of(0, 1), Int32Array.of(0, 1)],
    ["int32", Int32Array.of(0, 1), Int32Array.of(0, 1)],
  ] as const)("takes codes of %s", async (dtype, stored, codes) => {
    const element = await open(categorical(numbers(stored, dtype), words, 1));
    expect(await element.read()).toEqual(new Categorical(codes, texts("x", "y"), true));
  });

  it("has categories of numbers, and of nullable strings", async () => {
    const numeric = encoded("array", "0.2.0", { value: float64(0.5, 1.5) });
    const nullable = encoded("nullable-string-array", "0.1.0", {
      members: { values: { value: texts("x", "y") }, mask: { value: numbers(Uint8Array.of(0, 0), "bool") } },
    });
    const codes = numbers(Int8Array.of(1), "int8");
    expect(await (await open(categorical(codes, numeric))).read()).toMatchObject({ categories: float64(0.5, 1.5) });
    expect(await (await open(categorical(codes, nullable))).read()).toMatchObject({
      categories: { values: ["x", "y"] },
    });
  });

  it.each([
    ["a code beyond the categories", categorical(numbers(Int8Array.of(2), "int8"), words)],
    ["a code below -1", categorical(numbers(Int8Array.of(-2), "int8"), words)],
    ["a code of more than 32 bits", categorical(numbers(BigInt64Array.of(2n ** 40n), "int64"), words)],
    ["codes that are no integers", categorical(float64(0), words)],
    ["codes in two dimensions", categorical(numbers(Int8Array.of(0), "int8", [1, 1]), words)],
    [
      "categories in two dimensions",
      categorical(int32(0), encoded("array", "0.2.0", { value: numbers(Int8Array.of(0), "int8", [1, 1]) })),
    ],
  ])("with %s is CORRUPT", async (_, sketch) => {
    await expect((await open(sketch)).read()).rejects.toMatchObject({ code: "CORRUPT", path: "x" });
  });

  it("without its parts does not open", async () => {
    const none = encoded("categorical", "0.2.0", { members: { codes: { value: int32(0) } } });
    await expect(open(none)).rejects.toMatchObject({ code: "CORRUPT", message: expect.stringContaining("categories") });
  });
});

describe("nullable arrays", () => {
  const nullable = (type: string, values: DenseArray | StringArray, mask: DenseArray) =>
    encoded(type, "0.1.0", { members: { values: { value: values }, mask: { value: mask } } });
  const mask = numbers(Uint8Array.of(0, 1, 0), "bool");

  it("read values and mask", async () => {
    const element = await open(nullable("nullable-integer", int32(1, 2, 3), mask));
    expect(element).toMatchObject({
      shape: [3],
      dtype: "int32",
      info: { encoding: "nullable-integer", dtype: "int32" },
    });
    expect(await element.read()).toEqual(new NullableArray(int32(1, 2, 3), Uint8Array.of(0, 1, 0)));
    expect(await element.read([backwards])).toEqual(new NullableArray(int32(3, 1), Uint8Array.of(0, 0)));
    expect(await element.storedBytes()).toBe(15);
  });

  it.each(["nullable-string-array", "nullable-string"])(
    "of strings (%s) have null where one is missing",
    async (type) => {
      const element = await open(nullable(type, texts("a", "", "c"), mask));
      expect(await element.read()).toEqual(new StringArray(["a", null, "c"], [3], "NA"));
    },
  );

  it("keep booleans", async () => {
    const values = numbers(Uint8Array.of(1, 0, 0), "bool");
    const value = await (await open(nullable("nullable-boolean", values, mask))).read();
    expect(value).toEqual(new NullableArray(values, Uint8Array.of(0, 1, 0)));
  });

  it("with a mask of another length do not open, with one of floats cannot be read", async () => {
    const short = nullable("nullable-integer", int32(1, 2), mask);
    await expect(open(short)).rejects.toMatchObject({ code: "CORRUPT" });
    const floats = await open(nullable("nullable-integer", int32(1, 2, 3), float64(0, 1, 0)));
    await expect(floats.read()).rejects.toMatchObject({ code: "CORRUPT" });
  });
});
