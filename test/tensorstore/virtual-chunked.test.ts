import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import {
  AtsError,
  Context,
  concat,
  DenseArray,
  type DType,
  IndexDomain,
  open,
  type VirtualChunk,
  virtualChunked,
} from "../../src/tensorstore/index.js";

/** Values that tell their place: 1000 times the row and the column. */
function placed({ origin, shape }: VirtualChunk): Int32Array {
  const [rows = 0, columns = 0] = shape;
  const [row = 0, column = 0] = origin;
  return Int32Array.from(
    { length: rows * columns },
    (_, i) => 1000 * (row + Math.floor(i / columns)) + column + (i % columns),
  );
}

const options = { dtype: "int32", shape: [10, 7], chunkLayout: { readChunk: [4, 3] } } as const;

describe("a virtual array that is read", () => {
  it("asks for the chunks of the grid that are touched, cut at the ends, and for no other", async () => {
    const asked: string[] = [];
    const read = (chunk: VirtualChunk) => {
      asked.push(`${chunk.origin} ${chunk.shape}`);
      return placed(chunk);
    };
    const store = virtualChunked({ ...options, read });
    expect([store.dtype, store.shape, store.readable, store.writable]).toEqual(["int32", [10, 7], true, false]);
    const all = await store.read();
    expect(all).toEqual(new DenseArray("int32", [10, 7], placed({ origin: [0, 0], shape: [10, 7] })));
    expect(asked.sort()).toEqual(
      ["0,0 4,3", "0,3 4,3", "0,6 4,1", "4,0 4,3", "4,3 4,3", "4,6 4,1", "8,0 2,3", "8,3 2,3", "8,6 2,1"].sort(),
    );
    asked.length = 0;
    expect((await store.oindex([9, 0], 6).read()).data).toEqual(Int32Array.of(9006, 6));
    expect(asked.sort()).toEqual(["0,6 4,1", "8,6 2,1"]);
  });

  it("takes promises, out of order and several at once, and arrays with a shape", async () => {
    let [running, most] = [0, 0];
    const read = async (chunk: VirtualChunk) => {
      most = Math.max(most, ++running);
      await sleep(((chunk.origin[0] ?? 0) * 7919) % 23);
      running--;
      return new DenseArray("int32", chunk.shape, placed(chunk));
    };
    const store = virtualChunked({ ...options, read });
    expect((await store.read()).data).toEqual(placed({ origin: [0, 0], shape: [10, 7] }));
    expect(most).toBeGreaterThan(1);
    most = 0;
    const narrow = virtualChunked({ ...options, read, concurrency: 2 });
    expect((await narrow.read()).data).toEqual(placed({ origin: [0, 0], shape: [10, 7] }));
    expect(most).toBe(2);
  });

  it("is an array as every other: transposed, cast, concatenated, over itself", async () => {
    const store = virtualChunked({ ...options, read: placed });
    const turned = await store.transpose([1, 0]).slice({ start: 2, stop: 4 }, 5).read();
    expect(turned.data).toEqual(Int32Array.of(5002, 5003));
    expect((await store.cast("float64").slice(1, 1).read()).data).toEqual(Float64Array.of(1001));
    const stored = await open({ driver: "array", dtype: "int32", array: [[1, 2, 3, 4, 5, 6, 7]] }, { dtype: "int32" });
    expect((await concat([store, stored], 0).slice({ start: 9, stop: 11 }, 0).read()).data).toEqual(
      Int32Array.of(9000, 1),
    );
    const twice = virtualChunked({
      ...options,
      read: async ({ origin: [row = 0, column = 0], shape: [rows = 0, columns = 0] }) => {
        const part = store.slice({ start: row, stop: row + rows }, { start: column, stop: column + columns });
        return (await part.read()).data.map((value) => 2 * value);
      },
    });
    expect((await twice.slice(9).read()).data).toEqual(Int32Array.from({ length: 7 }, (_, i) => 2 * (9000 + i)));
  });

  it.each<[DType, object]>([
    ["bool", Uint8Array.of(1, 0)],
    ["uint8", Uint8Array.of(1, 255)],
    ["int64", BigInt64Array.of(-(2n ** 63n), 5n)],
    ["float16", Uint16Array.of(0x3c00, 0xc000)],
    ["bfloat16", Uint16Array.of(0x3f80, 0x4000)],
    ["complex64", Float32Array.of(1, 2, 3, 4)],
  ])("gives values of %s", async (dtype, data) => {
    const store = virtualChunked({ dtype, shape: [2], read: () => data as never });
    const { data: read } = await store.read();
    expect(Buffer.from(read.buffer, read.byteOffset, read.byteLength)).toEqual(
      Buffer.from((data as Uint8Array).buffer as ArrayBuffer),
    );
  });

  it("may begin anywhere", async () => {
    const domain = new IndexDomain({ origin: [-5, 100], shape: [3, 2], labels: ["y", "x"] });
    const store = virtualChunked({ dtype: "int32", domain, read: placed });
    expect(store.domain.labels).toEqual(["y", "x"]);
    expect((await store.read()).data).toEqual(Int32Array.of(-4900, -4899, -3900, -3899, -2900, -2899));
  });

  it("keeps chunks in a cache that it is given, unless it is to check them", async () => {
    let calls = 0;
    const read = () => Int32Array.of(++calls);
    const context = new Context({ cache_pool: { total_bytes_limit: 1e6 } });
    const kept = virtualChunked({ dtype: "int32", shape: [1], read, context, recheckCached: false });
    expect([(await kept.read()).data[0], (await kept.read()).data[0]]).toEqual([1, 1]);
    const fresh = virtualChunked({ dtype: "int32", shape: [1], read, context });
    expect([(await fresh.read()).data[0], (await fresh.read()).data[0]]).toEqual([2, 3]);
  });

  it("fails with what its function throws, and goes on after it", async () => {
    let failure: Error | undefined = new AtsError("NOT_FOUND", "There is no such tile.");
    const store = virtualChunked({
      dtype: "int32",
      shape: [1],
      read: async () => {
        if (failure !== undefined) throw failure;
        return Int32Array.of(3);
      },
    });
    await expect(store.read()).rejects.toMatchObject({
      code: "NOT_FOUND",
      message: expect.stringContaining("no such tile"),
    });
    failure = Object.create(null);
    await expect(store.read()).rejects.toMatchObject({
      code: "INTERNAL",
      message: expect.stringContaining("no error"),
    });
    failure = new TypeError("a bug");
    await expect(store.read()).rejects.toMatchObject({ code: "INTERNAL", message: expect.stringContaining("a bug") });
    failure = undefined;
    expect((await store.read()).data).toEqual(Int32Array.of(3));
  });

  it.each<[string, unknown, string]>([
    ["too few", new Int32Array(1), "have the shape [2] and 4 bytes, not [2] and 8"],
    ["another shape", new DenseArray("int32", [2, 1], new Int32Array(2)), "have the shape [2, 1]"],
    ["another type", new Float32Array(2), "are float32, not int32"],
    ["nothing", undefined, "are no typed array"],
    ["plain numbers", [1, 2], "are no typed array"],
  ])("refuses %s for a chunk", async (_, values, message) => {
    const store = virtualChunked({ dtype: "int32", shape: [2], read: () => values as never });
    await expect(store.read()).rejects.toMatchObject({
      code: "INVALID_ARGUMENT",
      message: expect.stringContaining(message),
    });
  });

  it("does not wait for its function when it is aborted", async () => {
    const stop = new AbortController();
    let finish: ((values: Int32Array) => void) | undefined;
    const read = () =>
      new Promise<Int32Array>((resolve) => {
        finish = resolve;
      });
    const store = virtualChunked({ dtype: "int32", shape: [1], read });
    const reading = store.read({ signal: stop.signal });
    while (finish === undefined) await sleep(1);
    stop.abort(new Error("enough"));
    await expect(reading).rejects.toThrow("enough");
    finish(Int32Array.of(1));
  });
});

describe("a virtual array that is written", () => {
  const make = () => {
    const held = new Map<string, Int32Array>();
    const key = ({ origin }: VirtualChunk) => origin.join();
    const store = virtualChunked({
      ...options,
      read: (chunk) => held.get(key(chunk)) ?? placed(chunk),
      write: async (chunk, values) => {
        await sleep(1);
        held.set(key(chunk), values.data);
      },
    });
    return { held, store };
  };

  it("hands each chunk that is touched to its function, changed and whole", async () => {
    const { held, store } = make();
    await store.slice({ start: 2, stop: 5 }, 1).write(Int32Array.of(-1, -2, -3));
    expect([...held.keys()].sort()).toEqual(["0,0", "4,0"]);
    expect(held.get("4,0")).toEqual(
      Int32Array.of(4000, -3, 4002, 5000, 5001, 5002, 6000, 6001, 6002, 7000, 7001, 7002),
    );
    expect((await store.slice({ start: 1, stop: 6 }, 1).read()).data).toEqual(Int32Array.of(1001, -1, -2, -3, 5001));
  });

  it("fails with what its function throws", async () => {
    const store = virtualChunked({
      dtype: "uint8",
      shape: [1],
      write: () => {
        throw new AtsError("LOCKED", "Somebody else has it.");
      },
    });
    expect([store.readable, store.writable]).toEqual([false, true]);
    await expect(store.write(Uint8Array.of(1))).rejects.toMatchObject({ code: "LOCKED" });
  });
});

it("virtual chunks need a function and numbers", () => {
  const refused = (message: string) =>
    expect.objectContaining({ code: "INVALID_ARGUMENT", message: expect.stringContaining(message) });
  expect(() => virtualChunked({ dtype: "int32", shape: [1] })).toThrow(refused("need a function"));
  const none = { dtype: "int32", shape: [1], read: () => new Int32Array(1), concurrency: 0 } as const;
  expect(() => virtualChunked(none)).toThrow(refused("concurrency is 0"));
  const read = () => new Int32Array(1);
  expect(() => virtualChunked({ dtype: "string" as never, shape: [1], read: read as never })).toThrow(
    refused("dtype of numbers"),
  );
  expect(() => virtualChunked({ dtype: "int32", read })).toThrow(expect.objectContaining({ code: "INVALID_ARGUMENT" }));
});
