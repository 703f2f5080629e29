import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { open } from "../../src/tensorstore/index.js";
import { tempFolder } from "../tensorstore/temp.js";

interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly output: string;
  /** Milliseconds from the first line of output to the end. */
  readonly lingered: number;
}

/** Runs a script of this folder to its end, at most a minute. */
function run(script: string, args: readonly string[] = [], flags: readonly string[] = []): Promise<Ended> {
  const path = fileURLToPath(new URL(`scripts/${script}.mjs`, import.meta.url));
  const child = spawn(process.execPath, [...flags, path, ...args], {
    timeout: 60_000,
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  let spoke = Number.NaN;
  const take = (chunk: Buffer) => {
    output += chunk;
    if (Number.isNaN(spoke)) spoke = performance.now();
  };
  child.stdout.on("data", take);
  child.stderr.on("data", take);
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code, signal) => resolve({ code, signal, output, lingered: performance.now() - spoke }));
  });
}

const folder = tempFolder();
const clean = { code: 0, signal: null };

describe("a process", () => {
  it.each(["idle", "unawaited-write"])("ends by itself, at once, when nothing is pending: %s", async (script) => {
    const ended = await run(script, [`${folder}${script}`]);
    expect(ended).toMatchObject({ ...clean, output: "opened\n" });
    expect(ended.lingered).toBeLessThan(1000);
  });

  it.each([0, 2, 10, 30])("may exit %i ms into a write", async (delay) => {
    const ended = await run("exit-in-write", [`${folder}write-${delay}`, String(delay)]);
    expect(ended).toMatchObject({ ...clean, output: "" });
  });

  it.each([0, 2, 10, 30])("may exit %i ms into reads", async (delay) => {
    const ended = await run("exit-in-read", [`${folder}read-${delay}`, String(delay)]);
    expect(ended).toMatchObject({ ...clean, output: "" });
  });

  it("settles a thousand reads in flight and a thousand aborted ones", async () => {
    expect(await run("in-flight", [`${folder}in-flight`])).toMatchObject({ ...clean, output: "ok\n" });
  });

  it("collects handles, results and unfinished work", async () => {
    const ended = await run("garbage", [`${folder}garbage`], ["--expose-gc"]);
    expect(ended).toMatchObject({ ...clean, output: "ok\n" });
  });
});

describe("workers", () => {
  it("may end in the middle of virtual chunks, also of those that are never made", async () => {
    const ended = await run("virtual-chunks", [], ["--expose-gc"]);
    expect(ended).toMatchObject({ ...clean, output: "ok\n" });
  });

  it("may be terminated, exit or throw in the middle of reads", async () => {
    const metadata = { compressor: { id: "gzip", level: 1 }, shape: [512, 4096], chunks: [16, 4096], dtype: "<f4" };
    const store = await open({ driver: "zarr", kvstore: `file://${folder}workers/x/`, metadata }, { create: true });
    await store.write(Float32Array.from({ length: 512 * 4096 }, (_, i) => i % 1000));
    for (let i = 0; i < 3; i++) {
      expect(await run("workers", [`${folder}workers`])).toMatchObject({ ...clean, output: "ok\n" });
    }
  });
});
