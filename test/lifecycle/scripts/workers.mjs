/**
 * Workers that are terminated, exit or throw in the middle of reads. Only workers load the addon: the main thread never
 * does, so that Node would unload it between them.
 */
import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { Worker } from "node:worker_threads";

const folder = process.argv[2];
const spec = { driver: "zarr", kvstore: `file://${folder}/x/` };

function startReader(end) {
  const worker = new Worker(new URL("./reader.mjs", import.meta.url), { workerData: { spec, end } });
  worker.on("error", () => {});
  return worker;
}

async function run(end, delay) {
  const worker = startReader(end);
  const exited = once(worker, "exit");
  await Promise.race([once(worker, "message"), exited]);
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
