import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { parseCodec } from "../../src/codec-name.js";
import { DenseArray } from "../../src/elements/dense.js";
import { RecordArray } from "../../src/elements/record.js";
import { StringArray } from "../../src/elements/strings.js";
import type { GroupNode, RawFiles } from "../../src/storage/types.js";
import { zarrTreeWriter } from "../../src/storage/zarr-write.js";
import { Spelled, zarrJson } from "../../src/storage/zarr-write-json.js";
import { chooseCut } from "../../src/storage/zarr-write-layout.js";
import { memberPath } from "../../src/storage/zarr-write-names.js";
import { packRecords, recordLayout } from "../../src/storage/zarr-write-records.js";
import { writeContext, ZarrWriteSession } from "../../src/storage/zarr-write-session.js";
import { directorySink } from "../../src/storage/zarr-write-sink.js";
import { zarr2Dialect } from "../../src/storage/zarr-write-v2.js";
import { zarr3Dialect } from "../../src/storage/zarr-write-v3.js";
import { zarr2Compressor } from "../../src/storage/zarr2-codec.js";
import { zarr3Compressors } from "../../src/storage/zarr3-codec.js";

const failsWith = (code: string) => expect.objectContaining({ name: "AtsError", code });

describe("zarrJson", () => {
  it.each([
    [2n ** 63n - 1n, "9223372036854775807"],
    [Number.NaN, "NaN"],
    [Number.NEGATIVE_INFINITY, "-Infinity"],
    [-0, "-0.0"],
    [new Spelled("0.0"), "0.0"],
    [{ "ß\n": ["a", null, true, 1.5], gone: undefined }, '{"ß\\n":["a",null,true,1.5]}'],
    ["\ud800", '"\\ud800"'],
  ])("writes %o as %s", (value, text) => {
    expect(zarrJson(value)).toBe(text);
  });
});

describe("codec names", () => {
  it.each([
    ["none", { name: "none" }],
    ["zstd", { name: "zstd", level: 1 }],
    ["gzip:9", { name: "gzip", level: 9 }],
    ["blosc-lz4", { name: "blosc", cname: "lz4", level: 5, shuffle: undefined }],
    ["blosc-zstd:3:bitshuffle", { name: "blosc", cname: "zstd", level: 3, shuffle: "bitshuffle" }],
  ])("reads %s", (text, codec) => {
    expect(parseCodec(text)).toEqual(codec);
  });

  it.each([
    "",
    "lz4",
    "zstd:",
    "zstd:x",
    "zstd:99",
    "gzip:10",
    "zstd:3:shuffle",
    "blosc-lz4:5:up",
    "none:1",
    "toString",
  ])("refuses %j", (text) => {
    expect(() => parseCodec(text)).toThrow(failsWith("INVALID_ARGUMENT"));
  });

  it("becomes what each version of Zarr stores", () => {
    expect(zarr2Compressor("blosc-lz4", 1)).toEqual({ id: "blosc", cname: "lz4", clevel: 5, shuffle: 1, blocksize: 0 });
    // Streams that few rows fill, where there is no shuffle to keep readers from decoding them by themselves.
    expect(zarr2Compressor("blosc-lz4:5:noshuffle", 1)).toMatchObject({ shuffle: 0, blocksize: 16_384 });
    expect(zarr2Compressor("blosc-zstd:5:noshuffle", 1)).toMatchObject({ shuffle: 0, blocksize: 0 });
    expect(zarr2Compressor("none")).toBeNull();
    expect(zarr3Compressors("zstd:3", 4)).toEqual([{ name: "zstd", configuration: { level: 3, checksum: false } }]);
    expect(zarr3Compressors("blosc-lz4", 1)[0]?.configuration).toMatchObject({ shuffle: "noshuffle", typesize: 1 });
    expect(() => zarr3Compressors("bz2", 4)).toThrow(failsWith("INVALID_ARGUMENT"));
  });
});

describe("chooseCut", () => {
  it("cuts runs of 1 MiB and puts them into shards of 16 MiB", () => {
    const cut = chooseCut([20_000_000], 4, {}, true, "data");
    expect(cut).toEqual({ chunks: [262_144], shards: [4_194_304] });
  });

  it("lets no array have more than about 1,024 files, sharded or not", () => {
    for (const sharded of [true, false]) {
      const { chunks, shards } = chooseCut([2 ** 34], 4, {}, sharded, "data");
      expect(2 ** 34 / ((shards ?? chunks)[0] as number)).toBeLessThanOrEqual(1025);
    }
  });

  it("never makes chunks larger than the array, and none empty", () => {
    expect(chooseCut([5, 0], 8, { chunks: [100, 100] }, true, "x")).toEqual({ chunks: [5, 1], shards: null });
    expect(chooseCut([], 8, {}, true, "x")).toEqual({ chunks: [], shards: null });
  });

  it("rounds shards up to whole chunks, grown along rows", () => {
    expect(chooseCut([1000, 2000], 4, { chunks: [30, 500], shards: [100, 600] }, true, "x").shards).toEqual([
      120, 1000,
    ]);
    expect(chooseCut([1000, 2000], 4, { chunks: [30, 500], shardRows: 61 }, true, "x").shards).toEqual([90, 2000]);
    expect(chooseCut([100_000, 2000], 4, { chunks: [128, 500] }, true, "x").shards).toEqual([2048, 2000]);
  });

  it("measures shards of a sparse matrix in its rows, and cuts them into pieces", () => {
    const wish = { chunks: [262_144], pieces: [8192], shardRows: 1000, perRow: 100 };
    expect(chooseCut([1_000_000], 4, wish, true, "data")).toEqual({ chunks: [8192], shards: [13 * 8192] });
    expect(chooseCut([1_000_000], 4, { ...wish, shardRows: 0 }, true, "data").chunks).toEqual([262_144]);
    expect(chooseCut([1_000_000], 4, wish, false, "data").chunks).toEqual([262_144]);
  });

  it("makes no shards where none are asked for, or the version has none", () => {
    expect(chooseCut([1000], 4, { chunks: [10], shards: [] }, true, "x").shards).toBeNull();
    expect(chooseCut([1000], 4, { chunks: [10], shardRows: 0 }, true, "x").shards).toBeNull();
    expect(chooseCut([1000], 4, { chunks: [10], shards: [100] }, false, "x").shards).toBeNull();
  });

  it.each([[[0]], [[1.5]], [[1, 1]], [[-1]]])("refuses chunks of %j for one dimension", (chunks) => {
    expect(() => chooseCut([10], 4, { chunks }, true, "x")).toThrow(failsWith("INVALID_ARGUMENT"));
  });
});

describe("names of members", () => {
  it.each(["a", "ä ö", "a.b", ".hidden", "c", "0.0", "CON", "__x", "__lock"])("keeps %j", (name) => {
    expect(memberPath("obs", name)).toBe(`obs/${name}`);
  });

  it.each(["", ".", "..", "a/b", "a\\b", "a\0b", ".zarray", "zarr.json", "x.__lock", "x".repeat(256), "\ud800"])(
    "refuses %j",
    (name) => {
      expect(() => memberPath("", name)).toThrow(failsWith("UNSAFE_PATH"));
    },
  );
});

describe("records as bytes", () => {
  const layout = recordLayout([
    { name: "a", dtype: "uint16" },
    { name: "v", dtype: "uint8", shape: [2] },
    { name: "s", dtype: "string", characters: 2 },
  ]);

  it("are packed without gaps, strings in UTF-32", () => {
    const records = new RecordArray(
      new Map<string, DenseArray | StringArray>([
        ["a", new DenseArray("uint16", [2], Uint16Array.of(1, 0x203))],
        ["v", new DenseArray("uint8", [2, 2], Uint8Array.of(7, 8, 9, 10))],
        ["s", new StringArray(["🧬", null])],
      ]),
      2,
    );
    const expected = [1, 0, 7, 8, 0xec, 0xf9, 1, 0, 0, 0, 0, 0, 3, 2, 9, 10, 0, 0, 0, 0, 0, 0, 0, 0];
    expect([...packRecords(layout, records, "r")]).toEqual(expected);
  });

  it("are refused where a string is too long or a field is missing", () => {
    const of = (s: string) => new Map([["s", new StringArray([s])]]);
    const strings = recordLayout([{ name: "s", dtype: "string", characters: 2 }]);
    expect(() => packRecords(strings, new RecordArray(of("abc"), 1), "r")).toThrow(failsWith("INVALID_ARGUMENT"));
    expect(() => packRecords(layout, new RecordArray(of("ab"), 1), "r")).toThrow(failsWith("INVALID_ARGUMENT"));
  });
});

describe("a tree", () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "ats-tree-"));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  const dialects = {
    2: zarr2Dialect({ codec: "none", fill: "zero", shuffle: 1 }),
    3: zarr3Dialect("none"),
  };
  const tree = (format: 2 | 3) =>
    zarrTreeWriter(new ZarrWriteSession(directorySink(folder), dialects[format], writeContext(1)), { a: 1 });
  const text = (name: string) => readFile(join(folder, name), "utf8");

  it("writes each chunk once for blocks that are aligned, and nothing for one that is zeros", async () => {
    const { root } = tree(2);
    const writer = await root.array("x", { dtype: "int32", shape: [5], chunks: [2] });
    expect(writer.chunks).toEqual([2]);
    await writer.write([0], new DenseArray("int32", [4], Int32Array.of(1, 2, 0, 0)));
    await writer.write([4], new DenseArray("int32", [1], Int32Array.of(5)));
    expect((await readdir(join(folder, "x"))).sort()).toEqual([".zarray", "0", "2"]);
    expect([...(await readFile(join(folder, "x", "2")))]).toEqual([5, 0, 0, 0, 0, 0, 0, 0]);
  });

  it("asks for blocks of whole shards", async () => {
    const { root } = tree(3);
    const writer = await root.array("x", { dtype: "int8", shape: [10], chunks: [2], shards: [4] });
    expect(writer.chunks).toEqual([4]);
  });

  it("refuses a block that does not fit", async () => {
    const writer = await tree(2).root.array("x", { dtype: "int8", shape: [4] });
    const block = new DenseArray("int8", [3], new Int8Array(3));
    await expect(writer.write([2], block)).rejects.toEqual(failsWith("INVALID_ARGUMENT"));
    await expect(writer.write([0, 0], block)).rejects.toEqual(failsWith("INVALID_ARGUMENT"));
  });

  it("refuses a second member of the same name", async () => {
    const { root } = tree(3);
    await root.group("a");
    await expect(root.group("a")).rejects.toEqual(failsWith("UNSAFE_PATH"));
  });

  it("refuses records that no type of the version can hold", async () => {
    const array = { dtype: { fields: [{ name: "v", dtype: "int8", shape: [2] }] }, shape: [1] } as const;
    await expect(tree(3).root.array("r", array)).rejects.toEqual(failsWith("UNSUPPORTED"));
    await expect(tree(2).root.array("r", { ...array, shape: [1, 1] })).rejects.toEqual(failsWith("UNSUPPORTED"));
  });

  it("has the metadata of all nodes in version 2's .zmetadata", async () => {
    const writer = tree(2);
    const group = await writer.root.group("g", { b: 2n ** 60n });
    await group.array("x", { dtype: "int8", shape: [0] });
    await writer.end();
    expect(await text("g/.zattrs")).toBe('{"b":1152921504606846976}');
    const { metadata } = JSON.parse(await text(".zmetadata"));
    expect(Object.keys(metadata)).toEqual([".zgroup", ".zattrs", "g/.zgroup", "g/.zattrs", "g/x/.zarray"]);
    expect(metadata["g/x/.zarray"]).toEqual(JSON.parse(await text("g/x/.zarray")));
  });

  it("copies nodes of its own version bit for bit, with their metadata, and no others", async () => {
    const files = [
      { path: "zarr.json", text: '{"zarr_format": 3, "node_type": "group", "attributes": {"n": NaN}}\n' },
      { path: "x/zarr.json", text: '{"zarr_format": 3, "node_type": "array"}' },
      { path: "x/c/0", text: "chunk" },
    ];
    const node = (zarrFormat: 2 | 3, list: readonly { path: string; text: string }[]): GroupNode => ({
      kind: "group",
      path: "uns/odd",
      attributes: {},
      keys: async () => ["x"],
      get: async () => undefined,
      raw: {
        zarrFormat,
        async *files() {
          for (const { path, text } of list) yield { path, bytes: async () => Buffer.from(text) };
        },
      } as RawFiles,
    });
    const writer = tree(3);
    expect(await writer.root.copy?.("odd", node(2, files))).toBe(false);
    expect(await writer.root.copy?.("odd", node(3, files))).toBe(true);
    await writer.end();
    for (const file of files) expect(await text(`odd/${file.path}`)).toBe(file.text);
    const root = await text("zarr.json");
    expect(root).toContain(`"odd":${files[0]?.text}`);
    expect(root).toContain(`"odd/x":${files[1]?.text}`);
    await writeFile(join(folder, "outside"), "");
    const escaping = node(3, [{ path: "../outside", text: "" }]);
    await expect(writer.root.copy?.("bad", escaping)).rejects.toEqual(failsWith("UNSAFE_PATH"));
  });
});
