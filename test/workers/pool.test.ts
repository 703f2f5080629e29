import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterEach, describe, expect, it } from "vitest";
import { WorkerPool } from "../../src/workers/pool.js";

const entry = new URL("./pool-worker.mjs", import.meta.url);
const pools: WorkerPool[] = [];

function newPool(options: { size?: number; stallMs?: number; heapMb?: number } = {}): WorkerPool {
  const pool = new WorkerPool({ entry, size: 1, input: { name: "setup" }, subject: "file.h5", ...options });
  pools.push(pool);
  return pool;
}

afterEach(async () => {
  await Promise.all(pools.splice(0).map((pool) => pool.close()));
});

describe("WorkerPool", () => {
  it("answers each request with its own answer, in any number", async () => {
    const pool = newPool({ size: 2 });
    const asked = Array.from({ length: 100 }, (_, i) => i);
    expect(await Promise.all(asked.map((i) => pool.request("echo", i, { heavy: true })))).toEqual(asked);
    expect(await pool.request("name", undefined)).toBe("setup");
  });

  it("hands buffers over without a copy", async () => {
    const bytes = await newPool().request<Uint8Array>("moved", 1000);
    expect(bytes.every((byte) => byte === 7)).toBe(true);
    expect(bytes.byteLength).toBe(1000);
  });

  it("gives the worker's errors with their class, code and path", async () => {
    await expect(newPool().request("fail", undefined)).rejects.toMatchObject({
      name: "AtsError",
      code: "UNSUPPORTED",
      path: "x/data",
      message: "no such filter",
    });
  });

  it("calls a bug of a worker INTERNAL", async () => {
    await expect(newPool().request("plain", undefined)).rejects.toMatchObject({ code: "INTERNAL", message: "a bug" });
  });

  it.each(["exit", "memory"])("names the file when a worker dies (%s), and serves the next request", async (op) => {
    const pool = newPool({ heapMb: 64 });
    await expect(pool.request(op, undefined)).rejects.toMatchObject({ code: "CORRUPT", path: "file.h5" });
    expect(await pool.request("echo", 1)).toBe(1);
  });

  it("replaces a worker that says that it is broken", async () => {
    const pool = newPool();
    await expect(pool.request("broken", undefined)).rejects.toMatchObject({ code: "CORRUPT", path: "x" });
    expect(await pool.request("echo", 1)).toBe(1);
  });

  it("fails only the request that broke its worker", async () => {
    const pool = newPool();
    const asked = [pool.request("echo", 1), pool.request("exit", undefined), pool.request("echo", 2)];
    const outcomes = await Promise.allSettled(asked);
    expect(outcomes.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
  });

  it("rejects with the signal's reason at once, and stops the worker at its next step", async () => {
    const pool = newPool();
    const stop = new AbortController();
    const spinning = pool.request("spin", undefined, { signal: stop.signal });
    const reason = new Error("enough");
    setTimeout(() => stop.abort(reason), 300);
    await expect(spinning).rejects.toBe(reason);
    expect(await pool.request("echo", "next")).toBe("next");
  });

  it("drops an aborted request that still waits", async () => {
    const pool = newPool();
    const stop = new AbortController();
    const first = pool.request("busy", 300);
    const second = pool.request("exit", undefined, { signal: stop.signal });
    stop.abort(new Error("never mind"));
    await expect(second).rejects.toThrow("never mind");
    await first;
    expect(await pool.request("echo", 1)).toBe(1);
  });

  it("rejects at once where the signal is aborted already", async () => {
    const signal = AbortSignal.abort(new Error("too late"));
    await expect(newPool().request("echo", 1, { signal })).rejects.toThrow("too late");
  });

  it("ends a worker that does not get on", async () => {
    const pool = newPool({ stallMs: 300 });
    await expect(pool.request("hang", undefined)).rejects.toMatchObject({ code: "CORRUPT", path: "file.h5" });
    expect(await pool.request("echo", 1)).toBe(1);
  });

  it("fails what runs and what waits with CLOSED when it is closed, and all that comes later", async () => {
    const pool = newPool();
    const asked = [pool.request("hang", undefined), pool.request("echo", 1)];
    const outcomes = Promise.allSettled(asked);
    await pool.close();
    await pool.close();
    const codes = (await outcomes).map((outcome) => (outcome.status === "rejected" ? outcome.reason.code : "fine"));
    expect(codes).toEqual(["CLOSED", "CLOSED"]);
    await expect(pool.request("echo", 1)).rejects.toMatchObject({ code: "CLOSED" });
  });

  it("starts more threads for heavy requests only", async () => {
    const pool = newPool({ size: 2 });
    await pool.request("echo", 0);
    const light = (await Promise.all([
      pool.request<bigint>("busy", 200),
      pool.request<bigint>("busy", 200),
    ])) as bigint[];
    expect(light[1]! - light[0]!).toBeGreaterThan(150_000_000n);
  });

  it("calls it INTERNAL where the worker's file cannot be loaded", async () => {
    const missing = new URL("./no-such-worker.mjs", import.meta.url);
    const pool = new WorkerPool({ entry: missing, size: 1, input: null, subject: "file.h5" });
    await expect(pool.request("echo", 1)).rejects.toMatchObject({ code: "INTERNAL" });
    await pool.close();
  });

  it("lets the process end while its workers are idle, and keeps it while one works", async () => {
    const script = fileURLToPath(new URL("./pool-exit.mjs", import.meta.url));
    const { stdout } = await promisify(execFile)(process.execPath, [script], { timeout: 30_000 });
    expect(stdout).toBe("worked\n");
  });
});
