import { setTimeout as sleep } from "node:timers/promises";
import { expect, it } from "vitest";
import { Batch, Context, fileBytesRead, KvStore, open, type TensorStore } from "../../src/tensorstore/index.js";
import { tempFolder } from "./temp.js";

const folder = tempFolder();
const CHUNKS = 256;
const CHUNK = 1024 * 1024;

async function manyChunks(): Promise<TensorStore<"uint8">> {
  const spec = {
    driver: "zarr",
    kvstore: `file://${folder}many/`,
    metadata: { compressor: null, shape: [CHUNKS, CHUNK], chunks: [1, CHUNK], dtype: "|u1" },
  };
  const context = new Context({ file_io_concurrency: { limit: 1 }, file_io_sync: false });
  const store = await open(spec, { dtype: "uint8", create: true, deleteExisting: true, context });
  await store.write(1);
  return store;
}

it("an aborted read rejects at once with the reason, and no more bytes are read 200 ms later", async () => {
  const store = await manyChunks();
  const before = fileBytesRead();
  const controller = new AbortController();
  const reason = new Error("enough");
  const read = store.read({ signal: controller.signal });
  read.catch(() => {});
  while (fileBytesRead() === before) await sleep(1);
  const started = performance.now();
  controller.abort(reason);
  await expect(read).rejects.toBe(reason);
  expect(performance.now() - started).toBeLessThan(100);
  await sleep(200);
  const after = fileBytesRead();
  expect(after - before).toBeLessThan(CHUNKS * CHUNK);
  await sleep(400);
  expect(fileBytesRead()).toBe(after);
});

it("an aborted write rejects at once with the reason", async () => {
  const store = await manyChunks();
  const controller = new AbortController();
  const write = store.write(new Uint8Array(CHUNKS * CHUNK), { signal: controller.signal });
  controller.abort();
  await expect(write).rejects.toMatchObject({ name: "AbortError" });
  await expect(write.copied).rejects.toMatchObject({ name: "AbortError" });
});

it("a signal that has aborted already starts nothing", async () => {
  const store = await open({ driver: "array", dtype: "int8", array: [1] });
  const signal = AbortSignal.abort("done");
  await expect(store.read({ signal })).rejects.toBe("done");
  await expect(open("memory://x/|zarr3:", { signal })).rejects.toBe("done");
  await expect(KvStore.open("memory://x/", { signal })).rejects.toBe("done");
});

it("one signal cancels a thousand reads, without a warning, and spares those that have ended", async () => {
  const warnings: Error[] = [];
  const warn = (warning: Error) => warnings.push(warning);
  process.on("warning", warn);
  const store = await open(
    { driver: "zarr3", kvstore: "memory://signal/" },
    { dtype: "int32", shape: [4], create: true },
  );
  const controller = new AbortController();
  const { signal } = controller;
  const ended = await store.read({ signal });
  // In a batch that is not submitted yet nothing can end.
  const batch = new Batch();
  const reads = Array.from({ length: 1000 }, () => store.read({ signal, batch }));
  controller.abort();
  const results = await Promise.allSettled(reads);
  batch.submit();
  await sleep(10);
  process.off("warning", warn);
  expect(results.every((result) => result.status === "rejected" && result.reason === signal.reason)).toBe(true);
  expect(ended.data).toEqual(new Int32Array(4));
  expect(warnings).toEqual([]);
});
