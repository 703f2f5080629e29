import { describe, expect, it } from "vitest";
import { DenseArray, type DType, open, type TensorStore } from "../../src/tensorstore/index.js";
import { codeOf, tempFolder } from "./temp.js";

const folder = tempFolder();
let count = 0;

async function create<D extends DType>(dtype: D, shape: number[], options = {}): Promise<TensorStore<D>> {
  const kvstore = `file://${folder}${count++}/`;
  return open({ driver: "zarr3", kvstore }, { dtype, shape, create: true, ...options });
}

describe("write", () => {
  it("is stored once it has been awaited", async () => {
    const store = await create("int16", [3]);
    await store.write(Int16Array.of(1, 2, 3));
    expect((await (await open(store.spec(), { dtype: "int16" })).read()).data).toEqual(Int16Array.of(1, 2, 3));
  });

  it("lets the source change once it is copied", async () => {
    const store = await create("float32", [64, 64]);
    const source = new Float32Array(64 * 64).fill(1);
    const write = store.write(source);
    await write.copied;
    source.fill(2);
    await write.committed;
    expect((await store.read()).data.every((value) => value === 1)).toBe(true);
  });

  it("takes a source that it may go on using", async () => {
    const store = await create("float32", [64, 64]);
    await store.write(new Float32Array(64 * 64).fill(3), { sourceIsImmutable: true });
    expect((await store.read()).data.every((value) => value === 3)).toBe(true);
  });

  it("broadcasts one value, and an array of fewer dimensions", async () => {
    const store = await create("int32", [2, 3]);
    await store.write(7);
    expect((await store.read()).data).toEqual(new Int32Array(6).fill(7));
    await store.write(new DenseArray("int32", [3], Int32Array.of(1, 2, 3)));
    expect((await store.read()).data).toEqual(Int32Array.of(1, 2, 3, 1, 2, 3));
    await store.slice(null, 1).write(0);
    expect((await store.read()).data).toEqual(Int32Array.of(1, 0, 3, 1, 0, 3));
  });

  it.each([
    ["bool", true, [1]],
    ["int8", -128, [-128]],
    ["uint64", 2n ** 64n - 1n, [2n ** 64n - 1n]],
    ["int64", -5, [-5n]],
    ["float32", 0.5, [0.5]],
    ["float64", Number.NEGATIVE_INFINITY, [Number.NEGATIVE_INFINITY]],
    ["bfloat16", 1.5, [0x3fc0]],
    ["complex64", -2, [-2, 0]],
  ] as const)("writes one %s", async (dtype, value, expected) => {
    const store = await create(dtype, [1]);
    await store.write(value);
    expect(Array.from((await store.read()).data as Iterable<unknown>)).toEqual(expected);
  });

  it.each([
    ["int8", 128],
    ["uint8", -1],
    ["int32", 0.5],
    ["int32", Number.NaN],
    ["int64", 2n ** 63n],
    ["uint64", -1n],
    ["bool", 2],
  ] as const)("refuses what %s cannot hold: %s", async (dtype, value) => {
    const store = await create(dtype, [1]);
    expect(await codeOf(() => store.write(value))).toBe("INVALID_ARGUMENT");
  });

  it("refuses booleans that are not 0 or 1, and a wrong length", async () => {
    const store = await create("bool", [2]);
    expect(await codeOf(() => store.write(Uint8Array.of(0, 2)))).toBe("INVALID_ARGUMENT");
    expect(await codeOf(() => store.write(Uint8Array.of(0)))).toBe("INVALID_ARGUMENT");
    expect(await codeOf(() => store.write(undefined as never))).toBe("INVALID_ARGUMENT");
    expect(await codeOf(() => store.write(new DataView(new ArrayBuffer(2)) as never))).toBe("INVALID_ARGUMENT");
  });

  it("converts where no value can change, and refuses where one could", async () => {
    const store = await create("float64", [2]);
    await store.write(Int32Array.of(1, -2));
    expect((await store.read()).data).toEqual(Float64Array.of(1, -2));
    const narrow = await create("int8", [2]);
    expect(await codeOf(() => narrow.write(Float64Array.of(1, 2)))).toBe("INVALID_ARGUMENT");
  });

  it("fails at once with the reason of a signal that has aborted", async () => {
    const store = await create("int8", [2]);
    const reason = new Error("no longer wanted");
    expect(() => store.write(1, { signal: AbortSignal.abort(reason) })).toThrow(reason);
  });
});

describe("readInto", () => {
  it("fills a view over a SharedArrayBuffer", async () => {
    const store = await create("int32", [4]);
    await store.write(Int32Array.of(1, 2, 3, 4));
    const shared = new Int32Array(new SharedArrayBuffer(24), 8, 4);
    await store.readInto(shared);
    expect(Array.from(shared)).toEqual([1, 2, 3, 4]);
  });

  it("fills in Fortran order", async () => {
    const store = await create("int32", [2, 3]);
    await store.write(Int32Array.of(1, 2, 3, 4, 5, 6));
    const target = new Int32Array(6);
    await store.readInto(target, { order: "F" });
    expect(target).toEqual(Int32Array.of(1, 4, 2, 5, 3, 6));
  });

  it("refuses a wrong length, a detached buffer, a resizable buffer and what is no typed array", async () => {
    const store = await create("int32", [4]);
    const detached = new Int32Array(4);
    structuredClone(detached.buffer, { transfer: [detached.buffer] });
    const Resizable = ArrayBuffer as unknown as new (length: number, options: { maxByteLength: number }) => ArrayBuffer;
    const resizable = new Int32Array(new Resizable(16, { maxByteLength: 64 }));
    for (const target of [new Int32Array(3), detached, resizable, new DataView(new ArrayBuffer(16)), [1, 2, 3, 4]]) {
      expect(await codeOf(() => store.readInto(target as ArrayBufferView))).toBe("INVALID_ARGUMENT");
    }
  });

  it("converts where no value can change", async () => {
    const store = await create("int16", [2]);
    await store.write(Int16Array.of(-3, 4));
    const target = new Float64Array(2);
    await store.readInto(target);
    expect(target).toEqual(Float64Array.of(-3, 4));
    expect(await codeOf(() => store.readInto(new Int8Array(2)))).toBe("INVALID_ARGUMENT");
  });
});

describe("resize", () => {
  it("changes the stored bounds; resolve sees what another has changed", async () => {
    const store = await create("int8", [4, 2]);
    const other = await open(store.spec(), { dtype: "int8" });
    const longer = await store.resize({ exclusiveMax: [6, null] });
    expect(longer.shape).toEqual([6, 2]);
    expect(store.shape).toEqual([4, 2]);
    expect((await other.resolve()).shape).toEqual([6, 2]);
    expect(await codeOf(() => longer.resize({ exclusiveMax: [3, null], expandOnly: true }))).toBe("INVALID_ARGUMENT");
  });
});

describe("what is known without reading", () => {
  it("is what the store was created with", async () => {
    const store = await create("float32", [100, 50], {
      chunkLayout: { readChunk: [10, 5], writeChunk: [20, 50] },
      codec: { driver: "zarr3", codecs: [{ name: "zstd", configuration: { level: 1 } }] },
      fillValue: Number.NaN,
      labels: ["x", "y"],
      dimensionUnits: ["4nm", null],
    });
    expect(store.chunkLayout).toMatchObject({ readChunk: [10, 5], writeChunk: [20, 50] });
    expect(store.codec).toMatchObject({ driver: "zarr3" });
    expect(store.fillValue?.data).toEqual(Float32Array.of(Number.NaN));
    expect(store.domain.labels).toEqual(["x", "y"]);
    expect(store.domain.implicitUpper).toEqual([true, true]);
    expect(store.dimensionUnits).toEqual([[4, "nm"], null]);
    expect(store.schema).toMatchObject({ dtype: "float32", rank: 2, dimensionUnits: [[4, "nm"], null] });
    expect(store.spec().dtype).toBe("float32");
    expect(store.spec().domain?.shape).toEqual([100, 50]);
    expect(store.url).toMatch(/^file:.*zarr3:$/);
    expect(store.kvstore?.path).toMatch(/\/$/);
    expect(store.readable && store.writable).toBe(true);
    expect(await store.storageStatistics()).toEqual({ notStored: true, fullyStored: false });
    await store.write(1);
    expect(await store.storageStatistics()).toEqual({ notStored: false, fullyStored: true });
  });
});
