/** Arguments that no caller should pass: each is refused with INVALID_ARGUMENT, and the process lives on. */
import { describe, expect, it } from "vitest";
import {
  Batch,
  Context,
  concat,
  IndexTransform,
  KvStore,
  open,
  overlay,
  StringArray,
  stack,
  Transaction,
} from "../../src/tensorstore/index.js";
import { codeOf, tempFolder } from "./temp.js";

const folder = tempFolder();
const array = () =>
  open(
    {
      driver: "array",
      dtype: "int32",
      array: [
        [1, 2],
        [3, 4],
      ],
    },
    { dtype: "int32" },
  );
type Store = Awaited<ReturnType<typeof array>>;

function nested(depth: number): unknown {
  let value: unknown = 0;
  for (let i = 0; i < depth; i++) value = [value];
  return value;
}

const circular: Record<string, unknown> = { driver: "zarr" };
circular.self = circular;

const onAStore: Record<string, (store: Store) => unknown> = {
  "an interval from the least index": (s) => s.slice({ start: -(2n ** 62n) + 1n }),
  "a step beyond the index range": (s) => s.slice({ step: -(2n ** 63n) }),
  "an origin beyond the index range": (s) => s.translateTo([2n ** 62n - 2n, 0]),
  "a transform of another rank": (s) => s.apply(IndexTransform.identity({ shape: [3] })),
  "new bounds of another rank": (s) => s.resize({ exclusiveMax: [9] }),
  "new bounds that are not numbers": (s) => s.resize({ exclusiveMax: [Number.NaN, null] }),
  "an element type that does not exist": (s) => s.cast("nothing" as never),
  "downsampling by zero": (s) => s.downsample([0, 0], "mean"),
  "downsampling in another rank": (s) => s.downsample([2], "mean"),
  "a dimension twice": (s) => s.transpose([1, 1]),
  "joining nothing": () => concat([], 0),
  "stacking nothing": () => stack([], 0),
  "laying nothing over nothing": () => overlay([]),
  "stacking along a dimension that does not exist": (s) => stack([s, s], 99),
  "joining along half a dimension": (s) => concat([s, s], 1.5),
  "a batch that has been submitted": (s) => {
    const batch = new Batch();
    batch.submit();
    return s.read({ batch });
  },
  "a second transaction": (s) => s.withTransaction(new Transaction()).withTransaction(new Transaction()),
  "a native handle that JavaScript makes": (s) => Reflect.construct(s.handle.constructor as () => void, []),
  "no arguments": (s) => (s.handle.readInto as () => Promise<void>)(),
  "a shape that overflows": (s) => s.handle.readInto(new Uint8Array(0), "int32", [2 ** 61, 8], "C", false, null, 0),
  "a negative shape": (s) => s.handle.readInto(new Uint8Array(16), "int32", [-2, -2], "C", false, null, 0),
  "memory that is not aligned": (s) =>
    s.handle.readInto(new Uint8Array(new ArrayBuffer(32), 1, 16), "int32", [2, 2], "C", false, null, 0),
  "strings into a typed array": (s) => s.handle.readInto(new Uint8Array(16), "string", [2, 2], "C", false, null, 0),
  "a source of 33 dimensions": (s) => s.handle.write(new Int32Array(1), "int32", Array<number>(33).fill(1), "C", false),
};

describe("a store refuses", () => {
  it.each(Object.keys(onAStore))("%s", async (name) => {
    const store = await array();
    expect(await codeOf(() => onAStore[name]!(store))).toBe("INVALID_ARGUMENT");
    expect((await store.read()).data).toEqual(Int32Array.of(1, 2, 3, 4));
  });

  it("strings of a shape that does not exist", async () => {
    const store = await open({ driver: "array", dtype: "string", array: ["a"] }, { dtype: "string" });
    for (const shape of [[-1, -1], [2 ** 61, 8], [0], [2]]) {
      const source = Object.assign(new StringArray(["x"]), { shape });
      expect(await codeOf(() => store.write(source))).toBe("INVALID_ARGUMENT");
    }
  });
});

describe("opening refuses", () => {
  it.each([
    ["a spec that contains itself", circular],
    ["a spec nested far too deeply", { driver: "zarr", metadata: nested(100_000) }],
    ["metadata nested deeply", { driver: "zarr3", kvstore: "memory://x/", metadata: nested(500) }],
  ])("%s", async (_, spec) => {
    expect(await codeOf(() => open(spec as never))).toBe("INVALID_ARGUMENT");
  });

  it.each([
    { data_copy_concurrency: { limit: 0 } },
    { data_copy_concurrency: { limit: -1 } },
    { cache_pool: { total_bytes_limit: -1 } },
    { cache_pool: { total_bytes_limit: 2 ** 70 } },
    { nothing: {} },
    { data_copy_concurrency: 5 },
  ])("a context of %j", (spec) => {
    expect(() => new Context(spec as never)).toThrow(expect.objectContaining({ code: "INVALID_ARGUMENT" }));
  });

  it.each([
    null,
    { input_rank: 40 },
    { input_shape: [2], output: [{ input_dimension: 7 }] },
    {
      input_shape: [2],
      output: [
        {
          index_array: [
            [1, 2],
            [3, 4],
          ],
        },
      ],
    },
  ])("a transform of %j", (json) => {
    expect(() => IndexTransform.fromJSON(json)).toThrow(expect.objectContaining({ code: "INVALID_ARGUMENT" }));
  });
});

describe("a folder refuses", () => {
  it.each(["../../etc/x", "/abs", "", "a\0b", "a//b", "./a", "a/", "..", "."])("the key %j", async (key) => {
    const kvstore = await KvStore.open(`file://${folder}kv/`);
    expect(await codeOf(() => kvstore.set(key, "1"))).toBe("INVALID_ARGUMENT");
    expect(await codeOf(() => kvstore.get(key))).toBe("INVALID_ARGUMENT");
  });

  it.each([{ suffixLength: -1 }, { start: -3, end: 2 }, { start: 9 }, { start: 1.5 }])(
    "the range %j",
    async (byteRange) => {
      const kvstore = await KvStore.open(`file://${folder}ranges/`);
      await kvstore.set("a", "12345");
      expect(await codeOf(() => kvstore.get("a", { byteRange }))).toBe("INVALID_ARGUMENT");
    },
  );
});
