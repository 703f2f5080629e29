/**
 * Serves the operations of a subject module: `{operation, args, digest?}` in, `{seconds, cpu}` or `{digest}` out, one JSON line each.
 * An operation is `{prepare?, reset?, run, digest}`; only `run` is timed; `cpu` is that of all threads.
 */
import { createInterface } from "node:readline";
import { setTimeout } from "node:timers/promises";

const { operations } = await import(process.argv[2]);
const prepared = new Map();
const SWEEP_MS = 10;

async function answer({ operation, args, digest }) {
  const { prepare, reset, run, digest: digestOf } = operations[operation];
  const key = JSON.stringify([operation, args]);
  if (!prepared.has(key)) prepared.set(key, await prepare?.(args));
  await reset?.(args);
  await collect();
  const [start, cpuStart] = [performance.now(), process.cpuUsage()];
  const result = await run(args, prepared.get(key));
  const seconds = (performance.now() - start) / 1000;
  const { user, system } = process.cpuUsage(cpuStart);
  return digest ? { digest: await digestOf(result) } : { seconds, cpu: (user + system) / 1e6 };
}

/** Gives memory back that nothing refers to. Threads of V8 still sweep then, which is none of a run's work. */
async function collect() {
  globalThis.gc?.();
  await setTimeout(SWEEP_MS);
}

console.log(JSON.stringify({ ready: true }));
for await (const line of createInterface({ input: process.stdin })) {
  const reply = await answer(JSON.parse(line)).catch((error) => ({ error: error?.stack ?? String(error) }));
  // Results are gone before another subject has its turn, as Python's are.
  await collect();
  console.log(JSON.stringify(reply));
}
