import { execFile } from "node:child_process";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, it } from "vitest";
import { AnnData, DenseArray, write } from "../../src/index.js";
import { ats, MAIN } from "./run.js";

const [ROWS, COLUMNS] = [8000, 1000];

let folder: string;
let store: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "ats-interrupt-"));
  store = join(folder, "in.ats");
  const values = Float32Array.from({ length: ROWS * COLUMNS }, (_, i) => Math.sin(i));
  const X = new DenseArray("float32", [ROWS, COLUMNS], values);
  await write(AnnData.fromMemory({ X }), store, { codec: "none", durability: "none" });
}, 60_000);

afterAll(() => rm(folder, { recursive: true }));

it.each([
  ["out.ats", "zstd:15"],
  ["out.zarr", "zstd:15"],
  ["out.zarr.zip", "zstd:15"],
  ["out.h5ad", "gzip:9"],
])(
  "Ctrl-C ends a conversion to %s with code 130 and leaves nothing of it",
  async (name, codec) => {
    const before = await readdir(folder);
    const slow = ["convert", store, join(folder, name), "--codec", codec, "--threads", "1"];
    const { code, stdout } = await ats(slow, (child) => {
      const wait = setInterval(async () => {
        const names = await readdir(folder);
        if (names.length === before.length) return;
        clearInterval(wait); // The staging directory is there: the conversion is at work.
        setTimeout(() => child.kill("SIGINT"), 20);
      }, 5);
      child.once("exit", () => clearInterval(wait));
    });
    expect({ code, stdout: stdout.toString() }).toEqual({ code: 130, stdout: "" });
    expect((await readdir(folder)).filter((name) => !name.endsWith(".lock"))).toEqual(before);
  },
  60_000,
);

it("a terminal sees a progress bar, and a pipe does not", async () => {
  const convert = (out: string) => ["convert", store, join(folder, out), "--codec", "zstd:9"];
  const command = [process.execPath, MAIN, ...convert("terminal.ats")].map((word) => `'${word}'`).join(" ");
  const { stdout: terminal } = await promisify(execFile)("script", ["-qec", command, "/dev/null"]);
  expect(terminal).toMatch(/X +\[[^\]]+\] \d+% \| [\d.]+\/[\d.]+ MiB/);
  const { stderr } = await ats(convert("pipe.ats"));
  expect(stderr).toBe("");
}, 120_000);
