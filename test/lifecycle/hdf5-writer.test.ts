import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, it } from "vitest";
import { tempFolder } from "../tensorstore/temp.js";

const folder = tempFolder();

it("ends, terminates its workers and forgets files in the middle of writing HDF5, without a crash or a wait", async () => {
  const script = fileURLToPath(new URL("scripts/hdf5-writers.mjs", import.meta.url));
  const options = { timeout: 60_000, killSignal: "SIGKILL" } as const;
  const { stdout, stderr } = await promisify(execFile)(process.execPath, ["--expose-gc", script, folder], options);
  expect({ stdout, stderr }).toEqual({ stdout: "ok\n", stderr: "" });
});
