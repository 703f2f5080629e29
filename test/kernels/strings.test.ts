/** Arrays of strings in a key-value store: what is written is read back, by any selection, and damage is named. */
import { deflateSync, gzipSync } from "node:zlib";
import { beforeEach, describe, expect, it } from "vitest";
import { sizeOf } from "../../src/elements/dense.js";
import { StringArray } from "../../src/elements/strings.js";
import { takeStrings } from "../../src/elements/take-dense.js";
import { readStringArray, type StringLayout, type StringRead, writeStringArray } from "../../src/kernels/strings.js";
import type { AxisSelection } from "../../src/selection/axis.js";
import { Context } from "../../src/tensorstore/context.js";
import { KvStore } from "../../src/tensorstore/kvstore.js";

let context: Context;
let store: KvStore;

beforeEach(async () => {
  context = new Context();
  store = await KvStore.open("memory://array/", { context });
});

const ALPHABET = ["", "a", "CD79A", "ü", "漢字", "😀 x", "a\0b", "x".repeat(300)];

/** Deterministic texts of every width. */
function texts(count: number): string[] {
  return Array.from({ length: count }, (_, i) => `${ALPHABET[i % ALPHABET.length]}${i % 3 === 0 ? "" : i}`);
}

function layout(shape: number[], chunks: number[], extra: Partial<StringLayout> = {}): StringLayout {
  return {
    path: "t.zarr/names",
    store,
    context,
    shape,
    chunks,
    keys: { encoding: "v2", separator: "." },
    text: { kind: "vlen-utf8" },
    codecs: { zarrFormat: 2, compressor: null },
    order: "C",
    fill: "",
    ...extra,
  };
}

const LIMITS = { maxChunkBytes: 2 ** 30, maxReadBytes: Number.POSITIVE_INFINITY };

async function read(array: StringLayout, extra: Partial<StringRead> = {}): Promise<StringArray> {
  const block = await readStringArray({ ...array, missing: "corrupt", limits: LIMITS, ...extra });
  return StringArray.fromUtf8(block, block.shape);
}

async function write(array: StringLayout, values: StringArray, origin?: number[]): Promise<void> {
  const block = { ...values.utf8(), shape: values.shape };
  await writeStringArray({ ...array, origin: origin ?? array.shape.map(() => 0), block });
}

const GZIP = { name: "gzip", configuration: { level: 5 } };
const ZSTD = { name: "zstd", configuration: { level: 3, checksum: true } };
const BLOSC = { name: "blosc", configuration: { cname: "lz4", clevel: 5, shuffle: "noshuffle", blocksize: 0 } };
const INDEX = [{ name: "bytes", configuration: { endian: "little" } }, { name: "crc32c" }];

const CODECS: readonly (readonly [string, StringLayout["codecs"]])[] = [
  ["no codec", { zarrFormat: 2, compressor: null }],
  ["blosc", { zarrFormat: 2, compressor: { id: "blosc", cname: "lz4", clevel: 5, shuffle: 1, blocksize: 0 } }],
  ["zlib", { zarrFormat: 2, compressor: { id: "zlib", level: 1 } }],
  ["gzip", { zarrFormat: 2, compressor: { id: "gzip", level: 1 } }],
  ["bz2", { zarrFormat: 2, compressor: { id: "bz2", level: 1 } }],
  ["zstd", { zarrFormat: 2, compressor: { id: "zstd", level: 1 } }],
  ["version 3 gzip", { zarrFormat: 3, codecs: [GZIP] }],
  ["version 3 zstd and crc32c", { zarrFormat: 3, codecs: [ZSTD, { name: "crc32c" }] }],
  ["version 3 blosc in gzip", { zarrFormat: 3, codecs: [BLOSC, GZIP] }],
  ["version 3 crc32c alone", { zarrFormat: 3, codecs: [{ name: "crc32c" }] }],
  ["version 3 without codecs", { zarrFormat: 3, codecs: [] }],
];

describe.each(CODECS)("strings through %s", (_, codecs) => {
  it("come back as they were, also in chunks that reach over the end", async () => {
    const array = layout([1000], [64], { codecs });
    const values = new StringArray(texts(1000));
    await write(array, values);
    expect((await read(array)).values).toEqual(values.values);
    expect((await store.list()).length).toBe(16);
  });

  it("are CORRUPT once a chunk is cut", async () => {
    const array = layout([200], [64], { codecs });
    await write(array, new StringArray(texts(200)));
    const chunk = await store.get("2");
    await store.set("2", (chunk as { value: Uint8Array }).value.slice(0, -3));
    await expect(read(array)).rejects.toMatchObject({
      code: "CORRUPT",
      path: "t.zarr/names",
      message: expect.stringContaining('"2"'),
    });
  });
});

const RANGE = (start: number, step: number, count: number): AxisSelection => ({ kind: "range", start, step, count });
const AT = (...positions: number[]): AxisSelection => ({
  kind: "positions",
  positions: Int32Array.from(positions),
  count: positions.length,
});

const LAYOUTS: readonly (readonly [string, (shape: number[]) => Partial<StringLayout>])[] = [
  ["C order", () => ({})],
  ["F order", () => ({ order: "F" })],
  ["nested default keys", () => ({ keys: { encoding: "default", separator: "/" } })],
  ["UTF-32", () => ({ text: { kind: "utf32", length: 310, endian: "little" } })],
  ["big-endian UTF-32", () => ({ text: { kind: "utf32", length: 310, endian: "big" }, order: "F" })],
  ["fixed bytes", () => ({ text: { kind: "bytes", length: 320 } })],
  [
    "shards",
    (shape) => ({
      keys: { encoding: "default", separator: "/" },
      codecs: { zarrFormat: 3, codecs: [ZSTD] },
      shards: { shape: shape.map(() => 12), indexLocation: "end", indexCodecs: INDEX },
    }),
  ],
  [
    "shards with their index first",
    (shape) => ({
      codecs: { zarrFormat: 3, codecs: [GZIP, { name: "crc32c" }] },
      shards: { shape: shape.map(() => 6), indexLocation: "start", indexCodecs: INDEX },
    }),
  ],
];

describe.each(LAYOUTS)("selections in %s", (_, extra) => {
  it.each([
    ["the whole", [50], []],
    ["a range", [50], [RANGE(5, 1, 30)]],
    ["a range backwards", [50], [RANGE(48, -3, 15)]],
    ["steps beyond a chunk", [50], [RANGE(1, 13, 4)]],
    ["scattered positions with duplicates", [50], [AT(49, 0, 7, 7, 33, 1, 49)]],
    ["nothing", [50], [AT()]],
    ["one of a matrix", [20, 15], [AT(19), AT(14)]],
    ["rows and columns of a matrix", [20, 15], [RANGE(18, -2, 9), AT(3, 14, 0, 3)]],
    ["all rows of some columns", [20, 15], [undefined, AT(5, 4)]],
    ["three dimensions", [5, 7, 9], [AT(4, 1), RANGE(6, -1, 7), undefined]],
  ] as [string, number[], (AxisSelection | undefined)[]][])("take %s", async (_name, shape, selection) => {
    const array = layout(
      shape,
      shape.map(() => 3),
      extra(shape),
    );
    const values = new StringArray(
      texts(sizeOf(shape)).map((text) => text.replace("\0", "")),
      shape,
    );
    await write(array, values);
    const taken = await read(array, { selection });
    const expected = takeStrings(values, selection);
    expect(taken.shape).toEqual(expected.shape);
    expect(taken.values).toEqual(expected.values);
  });
});

it("reads and writes a single string of rank 0", async () => {
  for (const encoding of ["v2", "default"] as const) {
    const array = layout([], [], { keys: { encoding, separator: "." } });
    await write(array, new StringArray([encoding], []));
    expect((await read(array)).at(0)).toBe(encoding);
  }
  expect((await store.list()).sort()).toEqual(["0", "c"]);
});

it("reads an array without strings, and one whose strings have no length", async () => {
  expect((await read(layout([0], [10]))).values).toEqual([]);
  const none = layout([3], [10], { text: { kind: "utf32", length: 0, endian: "little" } });
  expect((await read(none)).values).toEqual(["", "", ""]);
});

it("gives missing chunks the fill value where that is allowed", async () => {
  const array = layout([10], [4], { fill: "nö" });
  await write(array, new StringArray(["a", "b", "c", "d"]), [0]);
  expect((await read(array, { missing: "fill" })).values).toEqual([..."abcd", ...new Array(6).fill("nö")]);
  await expect(read(array)).rejects.toMatchObject({ code: "CORRUPT" });
});

it("writes blocks of whole chunks one after the other, and refuses parts of chunks", async () => {
  const array = layout([10], [4]);
  await write(array, new StringArray(["i", "j"]), [8]);
  await write(array, new StringArray([..."abcdefgh"]), [0]);
  expect((await read(array)).values.join("")).toBe("abcdefghij");
  await expect(write(array, new StringArray(["x"]), [0])).rejects.toMatchObject({ code: "INVALID_ARGUMENT" });
  await expect(write(array, new StringArray([..."wxyz"]), [2])).rejects.toMatchObject({ code: "INVALID_ARGUMENT" });
});

it("refuses texts that a fixed length cannot hold", async () => {
  const short = layout([1], [1], { text: { kind: "utf32", length: 3, endian: "little" } });
  await write(short, new StringArray(["äöü"]));
  await expect(write(short, new StringArray(["äöüß"]))).rejects.toMatchObject({ code: "INVALID_ARGUMENT" });
  await expect(write(short, new StringArray(["a\0"]))).rejects.toMatchObject({ code: "INVALID_ARGUMENT" });
});

it("refuses offsets that leave the bytes", async () => {
  const array = layout([2], [2]);
  for (const offsets of [
    [0, 3, 2],
    [0, 1, 9],
    [-1, 0, 1],
  ]) {
    const block = { offsets: Int32Array.from(offsets), bytes: new Uint8Array(4), shape: [2] };
    await expect(writeStringArray({ ...array, origin: [0], block })).rejects.toMatchObject({
      code: "INVALID_ARGUMENT",
    });
  }
});

/** A chunk of variable-length strings as its bytes. */
function vlen(count: number, ...parts: (number | Uint8Array | string)[]): Uint8Array {
  const word = (value: number) => {
    const bytes = Buffer.alloc(4);
    bytes.writeUInt32LE(value);
    return bytes;
  };
  return Buffer.concat([
    word(count),
    ...parts.map((part) => (typeof part === "number" ? word(part) : Buffer.from(part as string))),
  ]);
}

describe("hostile chunks", () => {
  const plain = (): StringLayout => layout([2], [2]);
  const compressed = (id: string) => (): StringLayout =>
    layout([2], [2], { codecs: { zarrFormat: 2, compressor: { id } } });
  const small = { maxChunkBytes: 1 << 20, maxReadBytes: 2 ** 30 };
  const bloscBomb = (): Uint8Array => {
    const header = Buffer.from([2, 1, 0x21, 1, 0, 0, 0, 0, 0, 0, 0x10, 0, 24, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
    header.writeUInt32LE(0x70000000, 4);
    return header;
  };

  it.each([
    ["an empty file", plain, new Uint8Array(0), "CORRUPT"],
    ["another count", plain, vlen(3, 1, "a", 1, "b"), "CORRUPT"],
    ["a count of 2^32 - 1", plain, vlen(0xffffffff, 1, "a"), "CORRUPT"],
    ["a length of 2^32 - 1", plain, vlen(2, 1, "a", 0xffffffff, "b"), "CORRUPT"],
    ["a length that ends behind the chunk", plain, vlen(2, 1, "a", 2, "b"), "CORRUPT"],
    ["a missing string", plain, vlen(2, 1, "a"), "CORRUPT"],
    ["bytes left over", plain, vlen(2, 1, "a", 1, "b", "x"), "CORRUPT"],
    ["half a character", plain, vlen(2, 1, "a", 1, Uint8Array.of(0xc3)), "CORRUPT"],
    ["a surrogate", plain, vlen(2, 1, "a", 3, Uint8Array.of(0xed, 0xa0, 0x80)), "CORRUPT"],
    ["an overlong form", plain, vlen(2, 1, "a", 2, Uint8Array.of(0xc0, 0x80)), "CORRUPT"],
    [
      "a short fixed chunk",
      () => layout([2], [2], { text: { kind: "bytes", length: 4 } }),
      Buffer.from("abcdabc"),
      "CORRUPT",
    ],
    [
      "no code point",
      () => layout([1], [1], { text: { kind: "utf32", length: 1, endian: "little" } }),
      Uint8Array.of(0, 0, 0x11, 0),
      "CORRUPT",
    ],
    ["no gzip", compressed("gzip"), Buffer.from("certainly not"), "CORRUPT"],
    ["a gzip bomb", compressed("gzip"), gzipSync(Buffer.alloc(1 << 24)), "LIMIT_EXCEEDED"],
    ["a zlib bomb", compressed("zlib"), deflateSync(Buffer.alloc(1 << 24)), "LIMIT_EXCEEDED"],
    ["a blosc bomb", compressed("blosc"), bloscBomb(), "LIMIT_EXCEEDED"],
    ["a plain chunk beyond the limit", plain, Buffer.alloc((1 << 20) + 1), "LIMIT_EXCEEDED"],
  ])("%s is named", async (_, array, bytes, code) => {
    await store.set("0", bytes);
    await expect(read(array(), { limits: small })).rejects.toMatchObject({
      code,
      path: "t.zarr/names",
      message: expect.stringContaining('"0"'),
    });
  });

  it("more text than a read may have is LIMIT_EXCEEDED", async () => {
    const array = layout([100], [10]);
    await write(array, new StringArray(texts(100)));
    const limits = { maxChunkBytes: 1 << 20, maxReadBytes: 1000 };
    await expect(read(array, { limits })).rejects.toMatchObject({ code: "LIMIT_EXCEEDED" });
    const huge = layout([2 ** 50], [10]);
    await expect(read(huge, { missing: "fill", limits })).rejects.toMatchObject({ code: "LIMIT_EXCEEDED" });
  });

  it("a damaged shard is CORRUPT, whichever byte of its index is wrong", async () => {
    const array = layout([8], [2], {
      codecs: { zarrFormat: 3, codecs: [] },
      shards: { shape: [8], indexLocation: "end", indexCodecs: INDEX },
    });
    await write(array, new StringArray([..."abcdefgh"]));
    const sound = ((await store.get("0")) as { value: Uint8Array }).value;
    for (let i = 1; i <= 68; i += 11) {
      const bytes = sound.slice();
      bytes[bytes.length - i] = (bytes.at(-i) as number) ^ 0x10;
      await store.set("0", bytes);
      await expect(read(array)).rejects.toMatchObject({ code: "CORRUPT" });
    }
  });

  it("an unknown codec is UNSUPPORTED", async () => {
    await expect(read(compressed("lzma")())).rejects.toMatchObject({ code: "UNSUPPORTED" });
    const array = layout([2], [2], { codecs: { zarrFormat: 3, codecs: [{ name: "numcodecs.lz4" }] } });
    await expect(read(array)).rejects.toMatchObject({ code: "UNSUPPORTED" });
  });

  it("selections outside of the array are INVALID_ARGUMENT", async () => {
    const array = layout([4], [2]);
    for (const selection of [RANGE(0, 1, 5), RANGE(3, -1, 5), RANGE(0, 0, 2), AT(4), AT(-1)]) {
      await expect(read(array, { selection: [selection] })).rejects.toMatchObject({ code: "INVALID_ARGUMENT" });
    }
  });
});

it("rejects with the signal's reason", async () => {
  const array = layout([4], [2]);
  const reason = new Error("enough");
  const signal = AbortSignal.abort(reason);
  await expect(readStringArray({ ...array, missing: "fill", limits: LIMITS }, { signal })).rejects.toBe(reason);
  const stop = new AbortController();
  const reading = readStringArray({ ...array, missing: "fill", limits: LIMITS }, { signal: stop.signal });
  stop.abort(reason);
  await expect(reading).rejects.toBe(reason);
});
