/**
 * Workers that are terminated while they write HDF5 files, files that are forgotten, and an exit in the middle of a write: `hdf5-writers.mjs FOLDER`.
 */
import { setTimeout as sleep } from "node:timers/promises";
import { isMainThread, parentPort, Worker, workerData } from "node:worker_threads";
import { DenseArray } from "../../../out/modules/elements/matrices.js";
import { openHdf5Writer } from "../../../out/modules/storage/hdf5-write.js";

const SIZE = 2 ** 21;
const BLOCKS = 16;

/** Starts more writes than can be done at once; none has ended when this does. */
async function startWrites(path, codec) {
  const { root } = await openHdf5Writer(path, { codec });
  const array = await root.array("x", { dtype: "int32", shape: [SIZE * BLOCKS] });
  const block = new DenseArray(
    "int32",
    [SIZE],
    Int32Array.from({ length: SIZE }, (_, i) => i * 7919),
  );
  return Array.from({ length: BLOCKS }, (_, i) => array.write([i * SIZE], block));
}

async function main(folder) {
  for (const [round, codec] of ["none", "gzip", "lzf", "gzip"].entries()) {
    const data = { path: `${folder}/worker-${round}.h5`, codec };
    const worker = new Worker(new URL(import.meta.url), { workerData: data });
    await new Promise((resolve) => worker.once("message", resolve));
    await sleep(round * 10);
    await worker.terminate();
  }
  for (let i = 0; i < 20; i++) await openHdf5Writer(`${folder}/forgotten-${i}.h5`);
  globalThis.gc();
  await sleep(10);
  for (const write of await startWrites(`${folder}/exit.h5`, "gzip")) write.catch(() => {});
  await sleep(20);
  process.stdout.write("ok\n", () => process.exit(0));
}

if (isMainThread) {
  await main(process.argv[2]);
} else {
  const writes = await startWrites(workerData.path, workerData.codec);
  parentPort.postMessage("writing");
  await Promise.all(writes);
}
