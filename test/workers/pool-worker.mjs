// A worker for the tests of the pool, over the code that all workers run.
import { AtsError } from "../../out/modules/errors.js";
import { Broken, Moved, serve } from "../../out/modules/workers/serve.js";

serve(({ name }) => ({
  name: () => name,
  echo: (value) => value,
  moved: (bytes) => {
    const data = new Uint8Array(bytes).fill(7);
    return new Moved(data, [data.buffer]);
  },
  fail: () => {
    throw new AtsError("UNSUPPORTED", "no such filter", { path: "x/data" });
  },
  plain: () => {
    throw new TypeError("a bug");
  },
  broken: () => {
    throw new Broken(new AtsError("CORRUPT", "the library aborted", { path: "x" }));
  },
  exit: () => process.exit(3),
  memory: () => {
    const kept = [];
    for (;;) kept.push({ kept: kept.length });
  },
  spin: (_, turn) => {
    for (;;) turn.step();
  },
  hang: () => {
    for (;;);
  },
  busy: (ms) => {
    const end = Date.now() + ms;
    while (Date.now() < end);
    return process.hrtime.bigint();
  },
}));
