import { execFileSync } from "node:child_process";
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { deflateSync, gzipSync } from "node:zlib";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { DenseArray } from "../../src/elements/dense.js";
import type { StringArray } from "../../src/elements/strings.js";
import type { ArrayNode, GroupNode } from "../../src/storage/types.js";
import { openZarrStorage, type ZarrOptions } from "../../src/storage/zarr.js";
import { fileBytesRead } from "../../src/tensorstore/index.js";
import { type Files, V2_GROUP, V3_GROUP, v2, v3, writeFiles, zarray, zarrJson } from "./zarr-build.js";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "ats-zarr-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const failsWith = (code: string) => expect.objectContaining({ name: "AtsError", code });
const bytes = (...values: number[]) => Uint8Array.from(values);

async function open(files: Files, options: ZarrOptions = {}): Promise<GroupNode> {
  return (await openZarrStorage(writeFiles(folder, files), options)).root;
}

async function arrayOf(files: Files, options: ZarrOptions = {}): Promise<ArrayNode> {
  return (await (await open(files, options)).get("a")) as ArrayNode;
}

/** The values of the array `a`, or the failure to open or to read it. */
async function read(files: Files, options: ZarrOptions = {}): Promise<unknown> {
  const value = await (await arrayOf(files, options)).read();
  return [...((value as DenseArray).data ?? (value as StringArray).values)];
}

describe("groups", () => {
  it.each([2, 3])("of version %i list their members, and give what is there", async (version) => {
    const files: Files =
      version === 2
        ? { ...v2(), ".zattrs": { colour: "blue" }, "g/.zgroup": V2_GROUP, "g/.zattrs": { deep: [1, { x: null }] } }
        : {
            ...v3(),
            "zarr.json": { ...V3_GROUP, attributes: { colour: "blue" } },
            "g/zarr.json": { ...V3_GROUP, attributes: { deep: [1, { x: null }] } },
          };
    const root = await open(files);
    expect(root.attributes).toEqual({ colour: "blue" });
    expect(await root.keys()).toEqual(["a", "g"]);
    expect(await root.get("missing")).toBeUndefined();
    const group = await root.get("g");
    expect([group?.kind, group?.path, group?.attributes]).toEqual(["group", "g", { deep: [1, { x: null }] }]);
    expect(await root.get("a")).toMatchObject({
      kind: "array",
      path: "a",
      shape: [6],
      dtype: "uint8",
      layout: { chunks: [4], shards: null, codec: null },
    });
  });

  it("of a store in both versions are read in the newer one, as zarr-python reads them", async () => {
    expect(await read({ ...v2(), ...v3(zarrJson({ fill_value: 3 })) })).toEqual([3, 3, 3, 3, 3, 3]);
  });

  it("give every file below them for copies", async () => {
    const root = await open(v3(zarrJson(), { "a/c/0": bytes(1, 2, 3, 4) }));
    const found: Record<string, number> = {};
    for await (const { path, bytes } of root.raw?.files() ?? []) found[path] = (await bytes()).length;
    expect(Object.keys(found).sort()).toEqual(["a/c/0", "a/zarr.json", "zarr.json"]);
    expect(found["a/c/0"]).toBe(4);
    expect(root.raw?.zarrFormat).toBe(3);
  });

  it("refuse names that lead out of them", async () => {
    const root = await open(v2());
    for (const name of ["..", ".", "", "a/b", "a\\b", "a\0b"]) {
      await expect(root.get(name)).rejects.toEqual(failsWith("UNSAFE_PATH"));
    }
  });

  it("nest only as deep as they may", async () => {
    const root = await open({ ".zgroup": V2_GROUP, "x/.zgroup": V2_GROUP, "x/x/.zgroup": V2_GROUP }, { maxDepth: 1 });
    const inner = (await root.get("x")) as GroupNode;
    await expect(inner.get("x")).rejects.toEqual(failsWith("LIMIT_EXCEEDED"));
  });

  it("are not a folder without metadata, nor one array", async () => {
    await expect(open({ "x.txt": "hello" })).rejects.toEqual(failsWith("UNSUPPORTED"));
    await expect(open({ "zarr.json": zarrJson() })).rejects.toEqual(failsWith("UNSUPPORTED"));
    const root = await open({ ".zgroup": V2_GROUP, "zarr.json": V3_GROUP, "g/x.txt": "hello" });
    await expect(root.get("g")).rejects.toEqual(failsWith("CORRUPT"));
  });
});

describe("arrays", () => {
  it("read the fill value where a chunk is not stored", async () => {
    expect(await read(v2(zarray(), { "a/1": bytes(5, 6, 7, 8) }))).toEqual([9, 9, 9, 9, 5, 6]);
    expect(await read(v3(zarrJson(), { "a/c/0": bytes(1, 2, 3, 4) }))).toEqual([1, 2, 3, 4, 9, 9]);
  });

  it.each([
    ["null", null, [0, 0]],
    ["a number", 7, [7, 7]],
    ["a boolean as a number", 1, [1, 1], "|b1"],
    ["not a number", "NaN", [Number.NaN, Number.NaN], "<f4"],
    ["bare NaN", "NaN!", [Number.NaN, Number.NaN], "<f8"],
    ["wider than a double", 18446744073709551615n, [2n ** 64n - 1n, 2n ** 64n - 1n], "<u8"],
    ["a number for a complex one", 2, [2, 0, 2, 0], "<c8"],
  ])("of version 2 have the fill value %s", async (_, fill, expected, dtype = "|u1") => {
    const text = JSON.stringify(zarray({ shape: [2], dtype, fill_value: "FILL" }));
    const written =
      typeof fill === "bigint" ? String(fill) : fill === "NaN!" ? "NaN" : (JSON.stringify(fill) as string);
    expect(await read(v2(text.replace('"FILL"', written)))).toEqual(expected);
  });

  it("keep every value of a selection in request order, and read no chunk beside it", async () => {
    const chunks = Object.fromEntries(
      Array.from({ length: 100 }, (_, i) => [`a/${i}`, new Uint8Array(1000).fill(i)] as const),
    );
    const array = await arrayOf(v2(zarray({ shape: [100_000], chunks: [1000] }), chunks));
    const before = fileBytesRead();
    const positions = Int32Array.of(50_001, 3, 50_001, 99_999);
    const value = (await array.read([{ kind: "positions", positions, count: 4 }])) as DenseArray;
    expect([...value.data]).toEqual([50, 0, 50, 99]);
    expect(fileBytesRead() - before).toBe(3000);
  });

  it("say what they lay out: chunks, shards and the codec", async () => {
    const inner = [{ name: "bytes" }, { name: "blosc", configuration: { cname: "zstd" } }];
    const index = [{ name: "bytes" }, { name: "crc32c" }];
    const codecs = [
      { name: "sharding_indexed", configuration: { chunk_shape: [2], codecs: inner, index_codecs: index } },
    ];
    expect((await arrayOf(v3(zarrJson({ codecs })))).layout).toEqual({ chunks: [2], shards: [4], codec: "blosc-zstd" });
    const zstd = zarrJson({ codecs: [{ name: "bytes" }, { name: "numcodecs.zstd" }, { name: "crc32c" }] });
    expect((await arrayOf(v3(zstd))).layout).toEqual({ chunks: [4], shards: null, codec: "zstd" });
  });

  it("count what they occupy", async () => {
    const metadata = JSON.stringify(zarray());
    const array = await arrayOf(v2(metadata, { "a/0": bytes(1, 2, 3, 4) }));
    expect(await array.storedBytes?.()).toBe(metadata.length + 4);
  });

  it("of a shape beyond all memory open, and refuse to be read whole", async () => {
    for (const shape of ["[4611686018427387904]", "[4611686018427387904, 4611686018427387904]"]) {
      const rank = shape.split(",").length;
      const text = JSON.stringify(zarray({ shape: "SHAPE", chunks: Array(rank).fill(4) })).replace('"SHAPE"', shape);
      const array = await arrayOf(v2(text));
      expect(array.shape[0]).toBe(2 ** 62);
      await expect(array.read()).rejects.toEqual(failsWith("LIMIT_EXCEEDED"));
    }
    const large = await arrayOf(v2(zarray({ shape: [2 ** 40], chunks: [4] }), { "a/0": bytes(1, 2, 3, 4) }));
    await expect(large.read()).rejects.toEqual(failsWith("LIMIT_EXCEEDED"));
    const start = (await large.read([{ kind: "range", start: 0, step: 1, count: 3 }])) as DenseArray;
    expect([...start.data]).toEqual([1, 2, 3]);
  });

  it("refuse a read beyond maxReadBytes, and any once the store is closed", async () => {
    await expect(read(v2(), { maxReadBytes: 5 })).rejects.toEqual(failsWith("LIMIT_EXCEEDED"));
    const storage = await openZarrStorage(writeFiles(folder, v2()));
    const array = (await storage.root.get("a")) as ArrayNode;
    await storage.close();
    await expect(array.read()).rejects.toEqual(failsWith("CLOSED"));
    await expect(storage.root.get("a")).rejects.toEqual(failsWith("CLOSED"));
  });
});

describe("metadata that nobody vouches for", () => {
  const deep = `{"zarr_format":2,"x":${"[".repeat(1e6)}`;
  it.each([
    ["empty", "", "CORRUPT"],
    ["cut", '{"zarr_format": 2, "sha', "CORRUPT"],
    ["with bytes behind it", `${JSON.stringify(zarray())}x`, "CORRUPT"],
    ["nested a million times", deep, "CORRUPT"],
    ["with a key twice", JSON.stringify(zarray()).replace("{", '{"shape":[1],'), "CORRUPT"],
    ["that is no object", "[1]", "CORRUPT"],
    ["of another version", zarray({ zarr_format: 1 }), "UNSUPPORTED"],
    ["with a negative shape", zarray({ shape: [-1] }), "CORRUPT"],
    ["with half a shape", zarray({ shape: [1.5] }), "CORRUPT"],
    ["without a shape", zarray({ shape: null }), "CORRUPT"],
    ["with a chunk of nothing", zarray({ chunks: [0] }), "CORRUPT"],
    ["with another rank of chunks", zarray({ chunks: [2, 2] }), "CORRUPT"],
    ["with a chunk of 2^62 bytes", zarray({ chunks: [2 ** 53 - 1] }), "LIMIT_EXCEEDED"],
    ["with chunks whose product overflows", zarray({ shape: [9, 9], chunks: [2 ** 40, 2 ** 40] }), "LIMIT_EXCEEDED"],
    ["of rank 100", zarray({ shape: Array(100).fill(1), chunks: Array(100).fill(1) }), "UNSUPPORTED"],
    ["without an order", zarray({ order: "K" }), "CORRUPT"],
    ["with another separator", zarray({ dimension_separator: ":" }), "CORRUPT"],
    ["with Python objects without a filter", zarray({ dtype: "|O" }), "UNSUPPORTED"],
    ["with pickled objects", zarray({ dtype: "|O", filters: [{ id: "vlen-utf8" }, { id: "pickle" }] }), "UNSUPPORTED"],
    ["with a filter", zarray({ filters: [{ id: "delta", dtype: "|u1" }] }), "UNSUPPORTED"],
    ["with an unknown codec", zarray({ compressor: { id: "lzma" } }), "UNSUPPORTED"],
    ["with a codec without a name", zarray({ compressor: {} }), "CORRUPT"],
    ["with dates", zarray({ dtype: "<M8[ns]" }), "UNSUPPORTED"],
    ["with an unknown element type", zarray({ dtype: "constructor" }), "UNSUPPORTED"],
    ["with texts of a gigabyte", zarray({ dtype: "<U999999999" }), "UNSUPPORTED"],
    ["with records without fields", zarray({ dtype: [] }), "CORRUPT"],
    [
      "with a field twice",
      zarray({
        dtype: [
          ["x", "<i4"],
          ["x", "<i4"],
        ],
      }),
      "CORRUPT",
    ],
    ["with nested records", zarray({ dtype: [["x", [["y", "<i4"]]]] }), "UNSUPPORTED"],
    ["with an impossible fill value", zarray({ fill_value: { a: 1 } }), "CORRUPT"],
    ["with a fill value that does not fit", zarray({ fill_value: 256 }), "CORRUPT"],
  ])("of version 2, %s", async (_, metadata, code) => {
    await expect(read(v2(metadata))).rejects.toEqual(failsWith(code));
  });

  const sharding = (configuration: object) => ({
    codecs: [
      {
        name: "sharding_indexed",
        configuration: {
          chunk_shape: [2],
          codecs: [{ name: "bytes" }],
          index_codecs: [{ name: "bytes" }],
          ...configuration,
        },
      },
    ],
  });
  const grid = (chunk_shape: unknown) => ({ chunk_grid: { name: "regular", configuration: { chunk_shape } } });
  it.each([
    ["with a key twice", JSON.stringify(zarrJson()).replace("{", '{"shape":[1],'), "CORRUPT"],
    ["of neither kind of node", { zarr_format: 3, node_type: "file" }, "CORRUPT"],
    ["with a negative shape", zarrJson({ shape: [-1] }), "CORRUPT"],
    ["with a chunk of nothing", zarrJson(grid([0])), "CORRUPT"],
    ["with another rank of chunks", zarrJson(grid([4, 4])), "CORRUPT"],
    ["with a chunk of 2^53 bytes", zarrJson(grid([2 ** 53 - 1])), "LIMIT_EXCEEDED"],
    ["with another grid", zarrJson({ chunk_grid: { name: "rectilinear", configuration: {} } }), "UNSUPPORTED"],
    ["with another key encoding", zarrJson({ chunk_key_encoding: { name: "hashed" } }), "UNSUPPORTED"],
    ["with an extension to be understood", zarrJson({ magic: { name: "x" } }), "UNSUPPORTED"],
    ["with a storage transformer", zarrJson({ storage_transformers: [{ name: "x" }] }), "UNSUPPORTED"],
    ["without codecs", zarrJson({ codecs: [] }), "CORRUPT"],
    ["with an unknown codec", zarrJson({ codecs: [{ name: "bytes" }, { name: "numcodecs.lz4" }] }), "UNSUPPORTED"],
    ["with a filter", zarrJson({ codecs: [{ name: "numcodecs.delta" }, { name: "bytes" }] }), "UNSUPPORTED"],
    ["with no codec to bytes", zarrJson({ codecs: [{ name: "gzip" }] }), "UNSUPPORTED"],
    [
      "with a transposition of other axes",
      zarrJson({ codecs: [{ name: "transpose", configuration: { order: [1] } }, { name: "bytes" }] }),
      "CORRUPT",
    ],
    ["with an unknown element type", zarrJson({ data_type: "int4" }), "UNSUPPORTED"],
    ["with an element type that objects inherit", zarrJson({ data_type: "constructor" }), "UNSUPPORTED"],
    ["with dates", zarrJson({ data_type: { name: "numpy.datetime64", configuration: { unit: "ns" } } }), "UNSUPPORTED"],
    [
      "with texts of 3 bytes in UTF-32",
      zarrJson({ data_type: { name: "fixed_length_utf32", configuration: { length_bytes: 3 } } }),
      "CORRUPT",
    ],
    ["without a fill value", zarrJson({ fill_value: null }), "CORRUPT"],
    ["with a fill value that does not fit", zarrJson({ fill_value: 256 }), "CORRUPT"],
    ["with shards that chunks do not divide", zarrJson(sharding({ chunk_shape: [3] })), "CORRUPT"],
    ["with shards within shards", zarrJson(sharding(sharding({}))), "UNSUPPORTED"],
    [
      "with an index of no fixed length",
      zarrJson(sharding({ index_codecs: [{ name: "bytes" }, { name: "gzip" }] })),
      "UNSUPPORTED",
    ],
    [
      "with a shard of too many chunks",
      zarrJson({ ...grid([2 ** 30]), ...sharding({ chunk_shape: [1] }) }),
      "LIMIT_EXCEEDED",
    ],
  ])("of version 3, %s", async (_, metadata, code) => {
    await expect(read(v3(metadata))).rejects.toEqual(failsWith(code));
  });

  it("ignores extensions that need not be understood", async () => {
    expect(await read(v3(zarrJson({ hint: { name: "x", must_understand: false } })))).toEqual([9, 9, 9, 9, 9, 9]);
  });

  it("is not read beyond maxMetadataBytes: 8 GiB of it", async () => {
    writeFiles(folder, v2());
    truncateSync(join(folder, "a", ".zarray"), 8 * 2 ** 30);
    const { root } = await openZarrStorage(folder);
    await expect(root.get("a")).rejects.toEqual(failsWith("LIMIT_EXCEEDED"));
  });

  it("cannot claim a huge chunk from a few bytes", async () => {
    const huge = { shape: [2 ** 29], chunks: [2 ** 29] };
    await expect(read(v2(zarray(huge), { "a/0": bytes(1, 2, 3, 4) }))).rejects.toEqual(failsWith("LIMIT_EXCEEDED"));
  });
});

describe("consolidated metadata", () => {
  const zmetadata = (array: object = zarray()) => ({
    zarr_consolidated_format: 1,
    metadata: {
      ".zgroup": V2_GROUP,
      ".zattrs": { x: 1 },
      "a/.zarray": array,
      "a/.zattrs": { y: 2 },
      "g/.zgroup": V2_GROUP,
    },
  });
  const inline = (array: object = zarrJson({ attributes: { y: 2 } })) => ({
    ...V3_GROUP,
    attributes: { x: 1 },
    consolidated_metadata: { kind: "inline", must_understand: false, metadata: { a: array, g: V3_GROUP } },
  });

  it.each<[number, Files]>([
    [2, { ".zmetadata": zmetadata(), "a/0": bytes(1, 2, 3, 4) }],
    [3, { "zarr.json": inline(), "a/c/0": bytes(1, 2, 3, 4) }],
  ])("of version %i is all that is read", async (_, files) => {
    const root = await open(files);
    expect(root.attributes).toEqual({ x: 1 });
    expect(await root.keys()).toEqual(["a", "g"]);
    const array = (await root.get("a")) as ArrayNode;
    expect(array.attributes).toEqual({ y: 2 });
    expect([...((await array.read()) as DenseArray).data]).toEqual([1, 2, 3, 4, 9, 9]);
    expect(await root.get("b")).toBeUndefined();
    expect((await root.get("g"))?.kind).toBe("group");
  });

  it.each<[number, Files]>([
    [2, { ...v2(zarray({ shape: [7] })), ".zmetadata": zmetadata() }],
    [3, { ...v3(zarrJson({ fill_value: 1 })), "zarr.json": inline() }],
    [3, { ...v3(V3_GROUP), "zarr.json": inline() }],
  ])("of version %i that contradicts an array's own file is corrupt", async (_, files) => {
    await expect(read(files)).rejects.toEqual(failsWith("CORRUPT"));
  });

  it("may say the same in other words", async () => {
    const own = { ...zarray({ filters: [], dimension_separator: "." }) };
    expect(await read({ ...v2(own), ".zmetadata": zmetadata() })).toEqual([9, 9, 9, 9, 9, 9]);
  });

  it.each<[string, Files]>([
    ["a path out of it", { ".zmetadata": { zarr_consolidated_format: 1, metadata: { "../a/.zarray": zarray() } } }],
    ["an absolute path", { ".zmetadata": { zarr_consolidated_format: 1, metadata: { "/a/.zarray": zarray() } } }],
    ["no metadata", { ".zmetadata": { zarr_consolidated_format: 1 } }],
    [
      "a path out of it, in version 3",
      { "zarr.json": { ...inline(), consolidated_metadata: { kind: "inline", metadata: { "../x": V3_GROUP } } } },
    ],
  ])("with %s is corrupt", async (_, files) => {
    await expect(open(files)).rejects.toEqual(failsWith("CORRUPT"));
  });
});

describe("chunks that nobody vouches for", () => {
  const zlib = zarray({ compressor: { id: "zlib" } });
  const gzip = zarrJson({ codecs: [{ name: "bytes" }, { name: "gzip", configuration: { level: 5 } }] });
  it.each<[string, Files]>([
    ["empty", v2(zarray(), { "a/0": bytes() })],
    ["short", v2(zarray(), { "a/0": bytes(1, 2, 3) })],
    ["long", v2(zarray(), { "a/0": bytes(1, 2, 3, 4, 5) })],
    ["empty and compressed", v2(zlib, { "a/0": bytes() })],
    ["cut", v2(zlib, { "a/0": deflateSync(bytes(1, 2, 3, 4)).subarray(0, 6) })],
    ["a zlib bomb", v2(zlib, { "a/0": deflateSync(new Uint8Array(2 ** 28)) })],
    ["a gzip bomb", v3(gzip, { "a/c/0": gzipSync(new Uint8Array(2 ** 28)) })],
    ["without blosc's header", v2(zarray({ compressor: { id: "blosc", cname: "lz4" } }), { "a/0": bytes(1, 2) })],
    ["no shard", v3(shards(), { "a/c/0": bytes(1, 2, 3) })],
    ["a shard whose entry lies beyond it", v3(shards(), { "a/c/0": shard([1000, 2], [2, 2]) })],
    ["a shard whose entry wraps around", v3(shards(), { "a/c/0": shard([2n ** 64n - 2n, 4], [2, 2]) })],
    ["a shard whose entry overlaps its index", v3(shards(), { "a/c/0": shard([3, 2], [2, 2]) })],
    ["a shard whose entry is its index", v3(shards(), { "a/c/0": shard([4, 32], [2, 2]) })],
    ["a shard of other lengths", v3(shards(), { "a/c/0": shard([0, 1], [2, 2]) })],
  ])("%s", async (_, files) => {
    const before = process.memoryUsage.rss();
    await expect(read(files)).rejects.toEqual(failsWith("CORRUPT"));
    expect(process.memoryUsage.rss() - before).toBeLessThan(2 ** 27);
  });

  it.each<[string, Files]>([
    ["of version 2", v2(zarray({ compressor: { id: "blosc", cname: "lz4" } }), { "a/0": bloscBomb() })],
    ["of version 3", v3(zarrJson({ codecs: blosc() }), { "a/c/0": bloscBomb() })],
    ["in a shard", v3(shards("end", blosc()), { "a/c/0": shardOf(bloscBomb(), [[0, 2 ** 14]]) })],
  ])("cannot claim with blosc's header to be huge: %s", async (_, files) => {
    await expect(read(files)).rejects.toEqual(failsWith("LIMIT_EXCEEDED"));
  });

  it.each(["start", "end"] as const)(
    "in shards with an index at the %s are within them, also one by one",
    async (location) => {
      const first = [{ kind: "range", start: 0, step: 1, count: 1 }] as const;
      const at = location === "start" ? 32 : 0;
      const good = shardOf(
        bytes(1, 2, 3, 4),
        [
          [at + 2, 2],
          [at, 2],
        ],
        location,
      );
      const array = await arrayOf(v3(shards(location), { "a/c/0": good }));
      expect([...((await array.read(first)) as DenseArray).data]).toEqual([3]);
      for (const entry of [
        location === "start" ? [31, 2] : [3, 2],
        location === "start" ? [0, 16] : [4, 32],
      ] as const) {
        const bad = shardOf(bytes(1, 2, 3, 4), [entry as [number, number], [at, 2]], location);
        const damaged = await arrayOf(v3(shards(location), { "a/c/0": bad }));
        await expect(damaged.read(first)).rejects.toEqual(failsWith("CORRUPT"));
      }
    },
  );

  function blosc(): object[] {
    return [{ name: "bytes" }, { name: "blosc", configuration: { cname: "lz4" } }];
  }

  /** A valid buffer by its header: 2^31 - 2^16 bytes in blocks of 1 MiB. */
  function bloscBomb(): Uint8Array {
    const buffer = Buffer.alloc(2 ** 14);
    buffer.set([2, 1, 0x21, 1]);
    buffer.writeUInt32LE(2 ** 31 - 2 ** 16, 4);
    buffer.writeUInt32LE(2 ** 20, 8);
    buffer.writeUInt32LE(buffer.length, 12);
    return buffer;
  }

  it("in shards are what their index says", async () => {
    expect(await read(v3(shards(), { "a/c/0": shard([2, 2], [0, 2]) }))).toEqual([3, 4, 1, 2, 9, 9]);
    const missing = [2n ** 64n - 1n, 2n ** 64n - 1n] as const;
    expect(await read(v3(shards(), { "a/c/0": shard(missing, [0, 2]) }))).toEqual([9, 9, 1, 2, 9, 9]);
  });

  function shards(location: "start" | "end" = "end", codecs: object[] = [{ name: "bytes" }]): object {
    const index = [{ name: "bytes", configuration: { endian: "little" } }];
    const configuration = { chunk_shape: [2], codecs, index_codecs: index, index_location: location };
    return zarrJson({ codecs: [{ name: "sharding_indexed", configuration }] });
  }

  type Entry = readonly [number | bigint, number | bigint];

  /** The bytes 1, 2, 3, 4 and an index of `entries`. */
  function shard(...entries: Entry[]): Uint8Array {
    return shardOf(bytes(1, 2, 3, 4), entries);
  }

  /** `data` and an index of two entries; those that are not given say that there is no such chunk. */
  function shardOf(data: Uint8Array, entries: readonly Entry[], location: "start" | "end" = "end"): Uint8Array {
    const all = [...entries.flat(), ...Array<bigint>(4).fill(2n ** 64n - 1n)].slice(0, 4);
    const index = new Uint8Array(BigUint64Array.from(all, (value) => BigInt(value)).buffer);
    return Buffer.concat(location === "end" ? [data, index] : [index, data]);
  }
});

describe("files that are none", () => {
  const stored = () => v2(zarray(), { "a/1": bytes(5, 6, 7, 8) });
  const chunk = () => join(folder, "a", "0");
  /** Reads the array after `change`; a read that waits for a pipe does not end. */
  async function readAfter(change: () => void): Promise<unknown> {
    writeFiles(folder, stored());
    change();
    const { root } = await openZarrStorage(folder);
    return ((await root.get("a")) as ArrayNode).read();
  }

  it("are refused as chunks: a FIFO, within a second", async () => {
    const start = performance.now();
    await expect(readAfter(() => execFileSync("mkfifo", [chunk()]))).rejects.toEqual(failsWith("UNSAFE_PATH"));
    expect(performance.now() - start).toBeLessThan(1000);
  });

  it("are refused as chunks: a socket", async () => {
    const server = createServer();
    writeFiles(folder, stored());
    await new Promise<void>((resolve) => server.listen(chunk(), resolve));
    const { root } = await openZarrStorage(folder);
    await expect(((await root.get("a")) as ArrayNode).read()).rejects.toEqual(failsWith("UNSAFE_PATH"));
    await new Promise((resolve) => server.close(resolve));
  });

  it.each<[string, () => void]>([
    ["a link to a file outside", () => symlinkSync("/etc/passwd", chunk())],
    ["a link to a file inside", () => symlinkSync("1", chunk())],
    ["a link to itself", () => symlinkSync("0", chunk())],
    ["a link to a device", () => symlinkSync("/dev/zero", chunk())],
    ["a directory", () => mkdirSync(chunk())],
  ])("are refused as chunks: %s", async (_, change) => {
    await expect(readAfter(change)).rejects.toEqual(failsWith("UNSAFE_PATH"));
  });

  it.each<[string, (aside: string) => void]>([
    ["metadata that is a link", (aside) => symlinkSync(aside, join(folder, "a", ".zattrs"))],
    ["metadata that is a FIFO", () => execFileSync("mkfifo", [join(folder, "a", ".zattrs")])],
    ["metadata that is a directory", () => mkdirSync(join(folder, "a", ".zattrs"))],
  ])("are refused: %s", async (_, change) => {
    const aside = join(folder, "aside.json");
    writeFileSync(aside, "{}");
    await expect(readAfter(() => change(aside))).rejects.toEqual(failsWith("UNSAFE_PATH"));
  });

  it("are refused as folders: a link, also where consolidated metadata leads through it", async () => {
    const files = {
      ...v2(),
      ".zmetadata": { zarr_consolidated_format: 1, metadata: { ".zgroup": V2_GROUP, "a/.zarray": zarray() } },
    };
    writeFiles(folder, files);
    renameSync(join(folder, "a"), join(folder, "elsewhere"));
    symlinkSync("elsewhere", join(folder, "a"));
    const { root } = await openZarrStorage(folder);
    await expect(((await root.get("a")) as ArrayNode).read()).rejects.toEqual(failsWith("UNSAFE_PATH"));
    rmSync(join(folder, ".zmetadata"));
    await expect((await openZarrStorage(folder)).root.get("a")).rejects.toEqual(failsWith("UNSAFE_PATH"));
  });

  it("but the store itself may be reached through a link, and another one in its place is not read instead", async () => {
    const real = join(folder, "real");
    writeFiles(real, v2(zarray(), { "a/0": bytes(1, 2, 3, 4), "a/1": bytes(5, 6, 7, 8) }));
    const link = join(folder, "link");
    symlinkSync(real, link);
    const { root } = await openZarrStorage(link);
    const array = (await root.get("a")) as ArrayNode;
    const first = (await array.read([{ kind: "range", start: 0, step: 1, count: 2 }])) as DenseArray;
    expect([...first.data]).toEqual([1, 2]);
    renameSync(real, join(folder, "old"));
    writeFiles(real, v2(zarray(), { "a/0": bytes(0, 0, 0, 0), "a/1": bytes(0, 0, 0, 0) }));
    expect([...((await array.read()) as DenseArray).data]).toEqual([1, 2, 3, 4, 5, 6]);
    const again = (await (await openZarrStorage(link)).root.get("a")) as ArrayNode;
    expect([...((await again.read()) as DenseArray).data]).toEqual([0, 0, 0, 0, 0, 0]);
    rmSync(join(folder, "old"), { recursive: true });
    await expect(array.read()).rejects.toEqual(failsWith("STALE"));
  });

  it("are not held open once a store is closed", async () => {
    const descriptors = () => readdirSync("/proc/self/fd").length;
    writeFiles(folder, v2(zarray(), { "a/0": bytes(1, 2, 3, 4) }));
    const before = descriptors();
    for (let i = 0; i < 50; i++) {
      const storage = await openZarrStorage(folder);
      await ((await storage.root.get("a")) as ArrayNode).read();
      await storage.close();
    }
    expect(descriptors() - before).toBeLessThan(10);
  });
});
