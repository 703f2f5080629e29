/**
 * Workers that are terminated, exit or throw in the middle of reads. Only workers load the addon: the main thread never
 * does, so that Node would unload it between them.
 */
import { setTimeout as sleep } from "node:timers/promises";
import { Worker } from "node:worker_threads";

const folder = process.argv[2];
const spec = { driver: "zarr", kvstore: `file://${folder}/x/` };

async function run(end, delay) {
  const worker = new Worker(new URL("./reader.mjs", import.meta.url), { workerData: { spec, end } });
  worker.on("error", () => {}); // "throw" does
  const exited = new Promise((resolve) => worker.once("exit", resolve));
  await Promise.race([new Promise((resolve) => worker.once("message", resolve)), exited]);
  await sleep(delay);
  if (end === "terminate") await worker.terminate();
  await exited;
}

for (let round = 0; round < 4; round++) {
  await Promise.all(["terminate", "exit", "throw"].map((end) => run(end, round * 4)));
  await run("terminate", round);
}
await sleep(50);
console.log("ok");
