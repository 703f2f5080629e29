import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { DenseArray } from "../../src/elements/dense.js";
import { RecordArray } from "../../src/elements/record.js";
import { StringArray } from "../../src/elements/strings.js";
import type { AxisSelection } from "../../src/selection/axis.js";
import { openH5wasm } from "../../src/storage/h5wasm.js";
import type { ArrayNode, GroupNode, Storage, StoredValue } from "../../src/storage/types.js";

const PATH = fileURLToPath(new URL("../fixtures/h5ad/odd-types.h5", import.meta.url));

let storage: Storage;

beforeAll(async () => {
  storage = await openH5wasm(PATH, { threads: 2 });
});

afterAll(() => storage.close());

async function array(name: string): Promise<ArrayNode> {
  const node = await storage.root.get(name);
  expect(node?.kind).toBe("array");
  return node as ArrayNode;
}

async function group(name: string): Promise<GroupNode> {
  const node = await storage.root.get(name);
  expect(node?.kind).toBe("group");
  return node as GroupNode;
}

/** Values as plain JavaScript. */
function plain(value: StoredValue): unknown {
  if (value instanceof RecordArray) return Object.fromEntries([...value.fields].map(([k, field]) => [k, plain(field)]));
  return value instanceof DenseArray ? Array.from(value.data as ArrayLike<number>) : value.values;
}

const EXPECTED = Array.from({ length: 35 }, (_, i) => (i % 2) + i);
/** Bits of the halves 0…36 as numpy writes them. */
const half = (value: number): number => {
  if (value === 0) return 0;
  const exponent = Math.floor(Math.log2(value));
  return ((exponent + 15) << 10) | Math.round((value / 2 ** exponent - 1) * 1024);
};

describe("numbers", () => {
  const codes = {
    i1: "int8",
    u1: "uint8",
    i2: "int16",
    u2: "uint16",
    i4: "int32",
    u4: "uint32",
    f4: "float32",
    f8: "float64",
  };

  it.each(
    Object.entries(codes).flatMap(([code, dtype]) => [`le_${code}`, `be_${code}`].map((n) => [n, dtype] as const)),
  )("%s reads as %s", async (name, dtype) => {
    const node = await array(name);
    const value = (await node.read()) as DenseArray;
    expect([node.dtype, value.dtype, value.shape]).toEqual([dtype, dtype, [7, 5]]);
    expect(plain(value)).toEqual(EXPECTED);
  });

  it.each(["le_i8", "be_i8", "le_u8", "be_u8"])("%s reads as 64-bit integers", async (name) => {
    const value = (await (await array(name)).read()) as DenseArray;
    expect(value.dtype).toBe(name.includes("u8") ? "uint64" : "int64");
    expect(plain(value)).toEqual(EXPECTED.map(BigInt));
  });

  it.each(["le_f2", "be_f2"])("%s reads as halves", async (name) => {
    const value = (await (await array(name)).read()) as DenseArray;
    expect(value.dtype).toBe("float16");
    const values = "Float16Array" in globalThis ? EXPECTED : EXPECTED.map(half);
    expect(plain(value)).toEqual(values);
  });

  it.each([
    ["le_c8", "complex64"],
    ["be_c8", "complex64"],
    ["le_c16", "complex128"],
    ["be_c16", "complex128"],
  ])("%s reads as pairs of %s", async (name, dtype) => {
    const value = (await (await array(name)).read()) as DenseArray;
    expect([value.dtype, value.shape]).toEqual([dtype, [7, 5]]);
    expect(plain(value)).toEqual(EXPECTED.flatMap((re) => [re, 0]));
  });

  it("h5py's booleans read as bool", async () => {
    const value = (await (await array("bool")).read()) as DenseArray;
    expect(value.dtype).toBe("bool");
    expect(plain(value)).toEqual(EXPECTED.map((number) => Number(number % 3 === 0)));
  });

  it("a scalar has no dimensions, a null data space no value, and no rows are no rows", async () => {
    const scalar = (await (await array("scalar")).read()) as DenseArray;
    expect([scalar.shape, plain(scalar)]).toEqual([[], [3.5]]);
    expect((await array("null")).empty).toBe(true);
    expect((await (await array("empty")).read()).shape).toEqual([0, 4]);
  });
});

describe("strings", () => {
  it.each([
    ["variable", ["a", "ü", "", "日本"], false],
    ["variable_2d", ["a", "b", "c", "dd"], false],
    ["fixed", ["ab", "cü", ""], true],
    ["fixed_utf8", ["ü", "b"], false],
    ["space_padded", ["ab", "a b"], true],
    ["string_scalar", ["héllo"], false],
  ])("%s", async (name, expected, fixedText) => {
    const node = await array(name);
    const value = await node.read();
    expect(value).toBeInstanceOf(StringArray);
    expect([node.dtype, node.fixedText, plain(value)]).toEqual(["string", fixedText, expected]);
  });

  it("that are not UTF-8 are CORRUPT", async () => {
    await expect((await array("bad_utf8")).read()).rejects.toMatchObject({ code: "CORRUPT" });
  });

  it("are selected in any order", async () => {
    const selection: AxisSelection = { kind: "positions", positions: Int32Array.of(3, 0, 3), count: 3 };
    expect(plain(await (await array("variable")).read([selection]))).toEqual(["日本", "a", "日本"]);
  });
});

describe("records", () => {
  it("read field by field: numbers of either byte order, strings, sub-arrays, complex numbers, booleans", async () => {
    expect(plain(await (await array("records")).read())).toEqual({
      a: [1, 3],
      b: [2.5, 4.5],
      s: ["x", "yy"],
      v: [1, 2, 3, 4],
      c: [1, 2, 0, 2],
      flag: [1, 0],
    });
    expect((await array("records")).dtype).toMatchObject({ fields: [{}, {}, {}, { name: "v", shape: [2] }, {}, {}] });
  });

  it("of one byte order are turned round by the library", async () => {
    expect(plain(await (await array("records_be")).read())).toEqual({ a: [1, 3], b: [2.5, 4.5] });
  });

  it("hold variable strings, and are selected backwards", async () => {
    const backwards: AxisSelection = { kind: "range", start: 1, step: -1, count: 2 };
    expect(plain(await (await array("records_text")).read([backwards]))).toEqual({ a: [3, 1], s: ["bb", "é"] });
  });
});

describe("filters", () => {
  const grid = Array.from({ length: 10_000 }, (_, i) => i);

  it.each(["lzf", "lzf_shuffle_checksum", "contiguous"])("%s", async (name) => {
    expect(plain(await (await array(name)).read())).toEqual(grid.map(BigInt));
  });

  it("gzip and scaleoffset", async () => {
    expect(plain(await (await array("gzip")).read())).toEqual(grid.map((i) => i * 0.5));
    expect(plain(await (await array("scaleoffset")).read())).toEqual(grid.slice(0, 100).map(BigInt));
  });

  it("are named by the layout", async () => {
    const layouts = await Promise.all(["lzf_shuffle_checksum", "gzip", "contiguous"].map(array));
    expect(layouts.map((node) => node.layout)).toEqual([
      { chunks: [30, 30], shards: null, codec: "shuffle+lzf+fletcher32" },
      { chunks: [17, 13], shards: null, codec: "gzip" },
      { chunks: null, shards: null, codec: null },
    ]);
  });

  it("that are not there are UNSUPPORTED by name", async () => {
    const bytes = await readFile(PATH);
    // The number of Zstandard, 32015, becomes one that nobody has.
    bytes.writeUInt16LE(31_999, bytes.indexOf(Buffer.from([0x0f, 0x7d])));
    const folder = await mkdtemp(join(tmpdir(), "ats-h5-"));
    await writeFile(join(folder, "unknown.h5"), bytes);
    const unknown = await openH5wasm(join(folder, "unknown.h5"));
    const node = (await unknown.root.get("unknown_filter")) as ArrayNode;
    await expect(node.read()).rejects.toMatchObject({ code: "UNSUPPORTED", message: expect.stringContaining("31999") });
    await unknown.close();
    await rm(folder, { recursive: true });
  });
});

describe("what cannot be read", () => {
  it.each([
    ["lists", "UNSUPPORTED"],
    ["dates", "UNSUPPORTED"],
    ["references", "UNSUPPORTED"],
    ["virtual", "UNSUPPORTED"],
    ["huge_chunk", "LIMIT_EXCEEDED"],
    ["huge", "LIMIT_EXCEEDED"],
  ])("%s opens, and reading it is %s", async (name, code) => {
    await expect((await array(name)).read()).rejects.toMatchObject({ code });
  });

  it("values kept in another file stay there", async () => {
    await expect((await array("external_storage")).read()).rejects.toMatchObject({ code: "UNSAFE_PATH" });
  });

  it("a selection that is not on the array is INVALID_ARGUMENT", async () => {
    const node = await array("le_i4");
    const beyond: AxisSelection = { kind: "range", start: 5, step: 1, count: 3 };
    await expect(node.read([beyond])).rejects.toMatchObject({ code: "INVALID_ARGUMENT" });
  });

  it("a read beyond maxReadBytes is LIMIT_EXCEEDED", async () => {
    const small = await openH5wasm(PATH, { limits: { maxReadBytes: 1000 } });
    const node = (await small.root.get("gzip")) as ArrayNode;
    await expect(node.read()).rejects.toMatchObject({ code: "LIMIT_EXCEEDED" });
    const some: AxisSelection = { kind: "range", start: 0, step: 1, count: 1 };
    expect((await node.read([some])).shape).toEqual([1, 100]);
    await small.close();
  });

  it("chunks beyond maxChunkBytes are LIMIT_EXCEEDED", async () => {
    const small = await openH5wasm(PATH, { limits: { maxChunkBytes: 1000 } });
    await expect(((await small.root.get("gzip")) as ArrayNode).read()).rejects.toMatchObject({
      code: "LIMIT_EXCEEDED",
    });
    await small.close();
  });

  it("attributes beyond maxMetadataBytes are LIMIT_EXCEEDED", async () => {
    const small = await openH5wasm(PATH, { limits: { maxMetadataBytes: 8 } });
    await expect(small.root.get("attributes")).rejects.toMatchObject({ code: "LIMIT_EXCEEDED" });
    await small.close();
  });
});

describe("links", () => {
  it("soft ones are followed, absolute and relative", async () => {
    const links = await group("links");
    for (const name of ["soft", "relative"]) {
      const node = (await links.get(name)) as ArrayNode;
      expect([node.path, node.shape]).toEqual([`links/${name}`, [7, 5]]);
    }
  });

  it("dangling ones and named types are no members", async () => {
    const links = await group("links");
    expect(await links.get("dangling")).toBeUndefined();
    expect(await links.get("named_type")).toBeUndefined();
    expect(await links.get("no such name")).toBeUndefined();
    expect(await links.get("self/soft")).toBeUndefined();
  });

  it.each(["loop", "there", "back"])("that lead in a circle (%s) are LIMIT_EXCEEDED", async (name) => {
    await expect((await group("links")).get(name)).rejects.toMatchObject({ code: "LIMIT_EXCEEDED" });
  });

  it("into other files are UNSAFE_PATH", async () => {
    await expect((await group("links")).get("external")).rejects.toMatchObject({ code: "UNSAFE_PATH" });
  });

  it("of a group to itself end at maxDepth", async () => {
    let links = await group("links");
    const descend = async () => {
      for (let depth = 0; depth < 100; depth++) links = (await links.get("self")) as GroupNode;
    };
    await expect(descend()).rejects.toMatchObject({ code: "LIMIT_EXCEEDED" });
    expect(links.path.split("/").length).toBe(64);
  });
});

describe("attributes", () => {
  it("are JSON-like values", async () => {
    expect({ ...(await group("attributes")).attributes }).toEqual({
      text: "strü",
      fixed: "fix",
      big: 2n ** 60n,
      int: 5,
      float: 2.5,
      half: 1.5,
      true: true,
      list: [0, 1, 2],
      grid: [
        [0, 1],
        [2, 3],
      ],
      texts: ["x", "y"],
      fixed_texts: ["a", "bb"],
      none: null,
      nothing: [],
      reference: "/links",
    });
  });
});
