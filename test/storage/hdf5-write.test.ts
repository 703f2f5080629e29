import { mkdtemp, readdir, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { DenseArray } from "../../src/elements/dense.js";
import { RecordArray } from "../../src/elements/record.js";
import { StringArray } from "../../src/elements/strings.js";
import { AnnData, open, write } from "../../src/index.js";
import { openHdf5Writer } from "../../src/storage/hdf5-write.js";
import { attributeSpecs } from "../../src/storage/hdf5-write-attributes.js";
import { blocksOf, chooseLayout, hdf5Codec } from "../../src/storage/hdf5-write-layout.js";
import type { AttributeValue, NewArray } from "../../src/storage/types.js";

const failsWith = (code: string) => expect.objectContaining({ name: "AtsError", code });

let folder: string;
let path: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "ats-hdf5-write-"));
  path = join(folder, "file.h5");
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const int32 = (values: readonly number[]) => new DenseArray("int32", [values.length], Int32Array.from(values));

describe("attributeSpecs", () => {
  it.each<[string, AttributeValue]>([
    ["an object", { a: 1 }],
    ["an object in a list", [{ a: 1 }]],
    ["lists of different lengths", [[1], [1, 2]]],
    ["a list and a number", [[1], 2]],
    ["different types", ["a", 1]],
    ["a bool among numbers", [1, true]],
    ["null among others", [1, null]],
    ["an integer beyond 64 bits", 2n ** 64n],
    ["integers that need both int64 and uint64", [-1n, 2n ** 63n]],
  ])("refuses %s", (_, value) => {
    expect(() => attributeSpecs({ a: value }, "obs")).toThrow(failsWith("UNSUPPORTED"));
  });

  it("keeps numbers exactly", () => {
    expect(attributeSpecs({ a: [1n, 2n ** 63n], b: 0.1, c: Number.POSITIVE_INFINITY, d: 2 ** 60 }, "")).toEqual([
      { name: "a", kind: "uint64", shape: [2], values: ["1", "9223372036854775808"] },
      { name: "b", kind: "float64", shape: [], values: ["0.1"] },
      { name: "c", kind: "float64", shape: [], values: ["Infinity"] },
      { name: "d", kind: "float64", shape: [], values: ["1152921504606847000"] },
    ]);
  });
});

describe("the layout of a new array", () => {
  const none = { codec: hdf5Codec("none"), sparsePart: false, takeChunks: false };
  const gzip = { ...none, codec: hdf5Codec("gzip:6") };
  const matrix: NewArray = { dtype: "float32", shape: [20_000, 2000], chunks: [100, 2000] };

  it("is one run of bytes without a codec, in blocks of some MiB", () => {
    const layout = chooseLayout(matrix, none);
    expect(layout).toMatchObject({ chunks: null, codec: "none", resizable: false });
    expect(blocksOf(matrix, layout)).toEqual([524, 2000]);
  });

  it("is chunked with a codec, small and balanced unless chunks are to be taken", () => {
    const { chunks } = chooseLayout(matrix, gzip);
    expect(chunks).toEqual([157, 250]);
    expect(chooseLayout(matrix, { ...gzip, takeChunks: true }).chunks).toEqual([100, 2000]);
    expect(chooseLayout({ dtype: "int32", shape: [10 ** 6] }, gzip)).toMatchObject({ chunks: [65_536], level: 6 });
    expect(chooseLayout({ dtype: "float32", shape: [5] }, gzip).chunks).toEqual([5]);
    const part: NewArray = { dtype: "float32", shape: [10 ** 6], chunks: [2 ** 18], pieces: [2 ** 13] };
    expect(chooseLayout(part, gzip).chunks).toEqual([2 ** 13]);
  });

  it("shuffles the bytes of integers only", () => {
    expect(chooseLayout({ dtype: "int64", shape: [9] }, gzip).shuffle).toBe(true);
    for (const dtype of ["float32", "int8", "bool", "string"] as const) {
      expect(chooseLayout({ dtype, shape: [9] }, gzip).shuffle).toBe(false);
    }
  });

  it("lets the parts of sparse matrices grow", () => {
    const part = { ...none, sparsePart: true };
    expect(chooseLayout({ dtype: "float32", shape: [0] }, part)).toMatchObject({ chunks: [65_536], resizable: true });
  });

  it.each(["zstd", "blosc-lz4", "bz2"])("refuses %s, which readers need a plugin for", (codec) => {
    expect(() => hdf5Codec(codec)).toThrow(failsWith("INVALID_ARGUMENT"));
  });
});

describe("openHdf5Writer", () => {
  it("refuses what is there, and a folder that is not", async () => {
    await writeFile(path, "mine");
    await expect(openHdf5Writer(path)).rejects.toEqual(failsWith("ALREADY_EXISTS"));
    await expect(openHdf5Writer(join(folder, "none", "x.h5"))).rejects.toEqual(failsWith("NOT_FOUND"));
    expect((await stat(path)).size).toBe(4);
  });

  it.each(["", ".", "a/b", "a\0b", "\ud800"])("refuses the name %j and goes on", async (name) => {
    const { root, close } = await openHdf5Writer(path);
    await expect(root.group(name)).rejects.toEqual(failsWith("UNSAFE_PATH"));
    await expect(root.array(name, { dtype: "int8", shape: [1] })).rejects.toEqual(failsWith("UNSAFE_PATH"));
    await root.group("fine");
    await close();
  });

  it("refuses bfloat16 and goes on", async () => {
    const { root, close } = await openHdf5Writer(path);
    await expect(root.array("x", { dtype: "bfloat16", shape: [1] })).rejects.toEqual(failsWith("UNSUPPORTED"));
    await close();
  });

  it("names what a block lacks", async () => {
    const writer = await openHdf5Writer(path);
    const array = await writer.root.array("x", { dtype: "int32", shape: [3] });
    const wrong = new DenseArray("float32", [3], new Float32Array(3));
    await expect(array.write([0], wrong)).rejects.toEqual(failsWith("INVALID_ARGUMENT"));
    await expect(array.write([1], int32([1, 2, 3]))).rejects.toEqual(failsWith("INVALID_ARGUMENT"));
    const fields = [{ name: "a", dtype: "int8" }] as const;
    const records = await openHdf5Writer(join(folder, "records.h5"));
    const table = await records.root.array("r", { dtype: { fields }, shape: [1] });
    await expect(table.write([0], new RecordArray(new Map(), 1))).rejects.toEqual(failsWith("INVALID_ARGUMENT"));
    await writer.abandon();
    await records.abandon();
  });

  it("refuses text that HDF5 would cut, and is of no use then", async () => {
    const writer = await openHdf5Writer(path);
    const array = await writer.root.array("x", { dtype: "string", shape: [2] });
    const cut = new StringArray(["fine", "a\0b"]);
    await expect(array.write([0], cut)).rejects.toThrow(/position 1 has a NUL/);
    await expect(writer.root.group("g")).rejects.toEqual(failsWith("CLOSED"));
    await expect(writer.close()).rejects.toEqual(failsWith("CLOSED"));
    await writer.abandon();
    await writer.abandon();
  });

  it("rejects with the signal's reason, and is of no use then", async () => {
    const writer = await openHdf5Writer(path, { codec: "gzip" });
    const size = 2 ** 22;
    const array = await writer.root.array("x", { dtype: "int32", shape: [size] });
    const stop = new AbortController();
    const block = new DenseArray(
      "int32",
      [size],
      new Int32Array(size).map((_, i) => i * 7919),
    );
    const written = array.write([0], block, { signal: stop.signal });
    stop.abort(new Error("enough"));
    await expect(written).rejects.toThrow("enough");
    await expect(writer.close()).rejects.toEqual(failsWith("CLOSED"));
    await writer.abandon();
    await expect(openHdf5Writer(join(folder, "y"), { signal: stop.signal })).rejects.toThrow("enough");
    expect(await readdir(folder)).toEqual(["file.h5"]);
  });

  it("closes a file that was forgotten or given up without an error", async () => {
    await (await openHdf5Writer(path)).abandon();
    const { root } = await openHdf5Writer(join(folder, "forgotten.h5"));
    await root.group("g");
  });
});

describe("writing .h5ad", () => {
  const small = () =>
    AnnData.fromMemory({ X: { shape: [2, 2], data: Float32Array.of(1, 0, 0, 2) }, obsNames: ["a", "b"] });

  it("leaves nothing behind after a failure", async () => {
    const adata = small();
    const target = join(folder, "x.h5ad");
    await expect(write(adata, target, { codec: "zstd" })).rejects.toEqual(failsWith("INVALID_ARGUMENT"));
    await expect(write(adata, target, { signal: AbortSignal.abort(new Error("no")) })).rejects.toThrow("no");
    expect((await readdir(folder)).filter((name) => !name.startsWith("."))).toEqual([]);
  });

  it("replaces a file only where it may, all or nothing", async () => {
    const target = join(folder, "x.h5ad");
    await write(small(), target);
    const { mtimeMs, size } = await stat(target);
    await expect(write(small(), target)).rejects.toEqual(failsWith("ALREADY_EXISTS"));
    expect(await stat(target)).toMatchObject({ mtimeMs, size });
    await write(small(), target, { overwrite: true, codec: "gzip" });
    const back = await open(target);
    expect(back.shape).toEqual([2, 2]);
    await back.close();
  });

  it("writes a million names", async () => {
    const names = Array.from({ length: 1_000_000 }, (_, i) => `cell-${i}-ü`);
    const writer = await openHdf5Writer(path);
    const array = await writer.root.array("names", { dtype: "string", shape: [names.length] });
    await array.write([0], new StringArray(names));
    await writer.close();
    expect((await stat(path)).size).toBeGreaterThan(26e6);
  });
});
