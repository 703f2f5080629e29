/** Says whether the process that wrote a lock still runs: a process id alone would be reused. */
import { readFile, readlink } from "node:fs/promises";
import { hostname } from "node:os";

/** Which process holds a lock. */
export interface ProcessIdentity {
  readonly host: string;
  readonly pid: number;
  /** When the process started, in ticks since boot, behind the boot's id; "" where the system does not tell. */
  readonly started: string;
  /** The namespace that the pid counts in; "" where the system has none. */
  readonly namespace: string;
}

/** This process. */
export async function thisProcess(): Promise<ProcessIdentity> {
  return { host: hostname(), pid: process.pid, started: await startOf(process.pid), namespace: await namespace() };
}

/** True unless it is certain that the process is gone: a process of another machine or namespace counts as running. */
export async function isRunning(holder: ProcessIdentity): Promise<boolean> {
  if (holder.host !== hostname() || holder.namespace !== (await namespace())) return true;
  try {
    process.kill(holder.pid, 0);
  } catch (cause) {
    return (cause as NodeJS.ErrnoException).code !== "ESRCH";
  }
  return holder.started === "" || holder.started === (await startOf(holder.pid));
}

/** Field 22 of /proc/PID/stat (proc(5)); the command in field 2 may hold anything, so count from its closing parenthesis. */
async function startOf(pid: number): Promise<string> {
  try {
    const boot = (await readFile("/proc/sys/kernel/random/boot_id", "utf8")).trim();
    const stat = await readFile(`/proc/${pid}/stat`, "utf8");
    return `${boot}:${stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19]}`;
  } catch {
    return "";
  }
}

async function namespace(): Promise<string> {
  return readlink("/proc/self/ns/pid").catch(() => "");
}
