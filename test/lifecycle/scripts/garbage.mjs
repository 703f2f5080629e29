/** Drops handles, results, batches and unfinished reads by the thousand under a garbage collector that runs all the time. */
import { setTimeout as sleep } from "node:timers/promises";
import { Batch, check, storedArray } from "./stores.mjs";

const { store } = await storedArray(64);
const collected = { stores: 0, buffers: 0 };
const registry = new FinalizationRegistry((kind) => {
  collected[kind]++;
});

for (let round = 0; round < 20; round++) {
  for (let i = 0; i < 200; i++) registry.register(store.slice(i % 64).translateTo(0).transform, "stores");
  const controller = new AbortController();
  const aborted = Array.from({ length: 10 }, () => store.read({ signal: controller.signal }).catch(() => {}));
  // Reads whose promises nobody keeps, a batch that is only collected, a write that is dropped.
  for (let i = 0; i < 10; i++) store.slice(i).read();
  store.slice(1).read({ batch: new Batch() });
  store.slice(2).write(1);
  controller.abort();
  await Promise.all(aborted);
  const { data } = await store.slice({ start: 32, stop: 64 }).read();
  check(
    data[5] === (32 * 4096 + 5) % 1000 && data.at(-1) === (64 * 4096 - 1) % 1000,
    "a read is right whatever is collected around it",
  );
  registry.register(data.buffer, "buffers");
  globalThis.gc();
}
for (let i = 0; i < 20 && collected.buffers < 15; i++) {
  await sleep(20);
  globalThis.gc();
}
check(collected.stores > 3000, `views are collected (${collected.stores} of 4000)`);
check(collected.buffers >= 15, `results are collected (${collected.buffers} of 20)`);
console.log("ok");
