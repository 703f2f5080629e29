/** Workers that are terminated, exit or throw while their virtual chunks are being made, some of which never are, and arrays that are collected before their functions are asked. */
import { setTimeout as sleep } from "node:timers/promises";
import { isMainThread, parentPort, Worker, workerData } from "node:worker_threads";
import { virtualChunked } from "../../../dist/tensorstore/index.js";

function makeStore(delay) {
  return virtualChunked({
    dtype: "int32",
    shape: [64, 64],
    chunkLayout: { readChunk: [8, 8] },
    read: async ({ origin, shape }) => {
      if (delay === undefined) await new Promise(() => {});
      await sleep((origin[0] + origin[1]) % delay);
      return new Int32Array(shape[0] * shape[1]).fill(origin[0]);
    },
    write: async () => {
      if (delay === undefined) await new Promise(() => {});
    },
  });
}

async function work({ end, delay }) {
  const store = makeStore(delay);
  const target = new Int32Array(64 * 64);
  const pending = [store.read(), store.readInto(target), store.write(1).committed];
  for (const operation of pending) operation.catch(() => undefined);
  parentPort.postMessage("begun");
  await sleep(5);
  if (end === "exit") process.exit(0);
  if (end === "throw") throw new Error("on purpose");
  await Promise.all(pending);
}

async function run(end, delay) {
  const worker = new Worker(new URL(import.meta.url), { workerData: { end, delay } });
  worker.on("error", () => undefined); // "throw" does
  const exited = new Promise((resolve) => worker.once("exit", resolve));
  await Promise.race([new Promise((resolve) => worker.once("message", resolve)), exited]);
  if (end === "terminate") await worker.terminate();
  await exited;
}

if (!isMainThread) await work(workerData);
else {
  for (let round = 0; round < 4; round++) {
    for (const delay of [undefined, 7]) await Promise.all(["terminate", "exit", "throw"].map((end) => run(end, delay)));
  }
  // Nothing holds the arrays but what is read of them.
  let sum = 0;
  for (let i = 0; i < 300; i++) {
    makeStore(3);
    const reading = makeStore(3).read();
    if (i % 50 === 0) globalThis.gc();
    if (i % 10 === 0) sum += (await reading).data[64 * 64 - 1];
    else reading.catch(() => undefined);
  }
  globalThis.gc();
  await sleep(20);
  console.log(sum === 30 * 56 ? "ok" : `sum ${sum}`);
}
