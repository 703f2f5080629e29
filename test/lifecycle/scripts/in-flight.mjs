/** A thousand reads in flight and a thousand more that are aborted, on one thread; every promise settles. */
import { check, storedArray } from "./stores.mjs";

const { store } = await storedArray(256);
const controller = new AbortController();
const kept = Array.from({ length: 1000 }, (_, i) => store.slice(i % 256, { start: 0, stop: 100 }).read());
const dropped = Array.from({ length: 1000 }, (_, i) => store.slice(i % 256).read({ signal: controller.signal }));
setTimeout(() => controller.abort(), 5);
const results = await Promise.all(kept);
check(
  results.every(({ data }, i) => data[0] === ((i % 256) * 4096) % 1000),
  "every read is right",
);
const settled = await Promise.allSettled(dropped);
check(
  settled.every((one) => one.status === "fulfilled" || one.reason === controller.signal.reason),
  "an aborted read rejects with the reason",
);
console.log("ok");
