/** What this process reads, whoever in it does: Node, TensorStore's threads, h5wasm's workers. */
import { readFileSync } from "node:fs";

/** Bytes that all threads have asked the system for so far, as Linux counts them (proc_pid_io(5), `rchar`); fails on other systems. */
export function bytesRead(): number {
  const count = /^rchar: (\d+)$/m.exec(readFileSync("/proc/self/io", "utf8"))?.[1];
  return Number(count);
}
