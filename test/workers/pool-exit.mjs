// Works once on a pool and ends without closing it.
import { WorkerPool } from "../../out/modules/workers/pool.js";

const entry = new URL("./pool-worker.mjs", import.meta.url);
const pool = new WorkerPool({ entry, size: 2, input: { name: "setup" }, subject: "file.h5" });
pool.request("busy", 500).then(() => process.stdout.write("worked\n"));
