import { setTimeout as sleep } from "node:timers/promises";
import { expect, it } from "vitest";
import { Batch, Context, fileBytesRead, open } from "../../src/tensorstore/index.js";
import { tempFolder } from "./temp.js";

const folder = tempFolder();

it("a thousand reads in flight all come back, while timers go on", async () => {
  const store = await open(
    { driver: "zarr3", kvstore: `file://${folder}thousand/` },
    { dtype: "int32", shape: [1000, 256], chunkLayout: { readChunk: [10, 256] }, create: true },
  );
  await store.write(Int32Array.from({ length: 1000 * 256 }, (_, i) => i));
  let ticks = 0;
  const timer = setInterval(() => ticks++, 1);
  const rows = await Promise.all(Array.from({ length: 1000 }, (_, row) => store.slice(row).read()));
  await sleep(5);
  clearInterval(timer);
  expect(ticks).toBeGreaterThan(0);
  rows.forEach(({ data }, row) => {
    expect(data[0]).toBe(row * 256);
    expect(data[255]).toBe(row * 256 + 255);
  });
});

it("a batch reads neighbouring inner chunks of a shard in few requests", async () => {
  const spec = { driver: "zarr3", kvstore: `file://${folder}sharded/` };
  const options = {
    dtype: "int32",
    shape: [64, 64],
    chunkLayout: { readChunk: [4, 64], writeChunk: [64, 64] },
    create: true,
  } as const;
  const store = await open(spec, options);
  await store.write(Int32Array.from({ length: 64 * 64 }, (_, i) => i));
  const reads = [];
  {
    const batch = new Batch();
    for (let row = 0; row < 64; row += 4) reads.push(store.slice({ start: row, stop: row + 4 }).read({ batch }));
    batch.submit();
  }
  const parts = await Promise.all(reads);
  expect(parts.flatMap(({ data }) => Array.from(data))).toEqual(Array.from({ length: 64 * 64 }, (_, i) => i));
});

it("a context with a cache pool reads chunks once", async () => {
  const spec = { driver: "zarr3", kvstore: `file://${folder}cached/` };
  const codec = { driver: "zarr3", codecs: ["bytes"] };
  const writer = await open(spec, { dtype: "int32", shape: [1000], codec, create: true });
  await writer.write(5);
  const context = new Context({ cache_pool: { total_bytes_limit: 1e8 } });
  const store = await open(spec, { dtype: "int32", context, recheckCached: "open" });
  const before = fileBytesRead();
  await store.read();
  const once = fileBytesRead();
  expect(once - before).toBe(4000);
  expect((await store.read()).data[999]).toBe(5);
  expect(fileBytesRead()).toBe(once);
  expect(context.toJSON()).toMatchObject({ cache_pool: { total_bytes_limit: 1e8 } });
});

it("stores in memory belong to a context", async () => {
  const spec = { driver: "zarr3", kvstore: "memory://own/" };
  const create = { dtype: "int8", shape: [1], create: true } as const;
  const context = new Context();
  await open(spec, { ...create, context });
  await expect(open(spec, { ...create, context })).rejects.toMatchObject({ code: "ALREADY_EXISTS" });
  await expect(open(spec, { context: new Context() })).rejects.toMatchObject({ code: "NOT_FOUND" });
  expect((await open(spec, { context })).shape).toEqual([1]);
});
