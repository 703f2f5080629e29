/** A worker that reads until it is terminated, or ends in the middle of reads, as its workerData says. */
import { parentPort, workerData } from "node:worker_threads";
import { Batch, open } from "./stores.mjs";

const { spec, end } = workerData;
const store = await open(spec);

// Reads of all kinds at once: whole, scattered, aborted, and some in a batch that nobody ever submits.
function start() {
  const controller = new AbortController();
  const batch = new Batch();
  const reads = [
    store.read(),
    store.oindex(Array.from({ length: 100 }, (_, i) => (i * 37) % store.shape[0])).read(),
    store.read({ signal: controller.signal }),
    store.slice(3).read({ batch }),
  ];
  for (const read of reads) read.catch(() => {});
  controller.abort();
  globalThis.kept = [globalThis.kept, batch];
  return reads[0];
}

start();
parentPort.postMessage("reading");
if (end === "exit") process.exit(0);
if (end === "throw") throw new Error("in the middle of reads");
while (true) await start();
