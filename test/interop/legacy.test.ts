import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { difference, ours } from "./anndata-objects.js";
import { TARGETS, type Target, writeTarget } from "./anndata-targets.js";
import { type PythonServer, runPython, startPython } from "./python.js";

const folder = await mkdtemp(join(tmpdir(), "ats-legacy-"));
const stores: Record<string, { path: string; description: unknown }> = JSON.parse(await runPython("legacy.py", folder));
/** The forms that old stores are converted to here: today's of each kind. */
const today = TARGETS.filter(({ name }) => name === "zarr3" || name === "h5ad") as readonly Target[];

describe("old forms", () => {
  let python: PythonServer;

  beforeAll(() => {
    python = startPython("anndata_server.py");
  });

  afterAll(async () => {
    await python.close();
    await rm(folder, { recursive: true });
  });

  it.each(Object.keys(stores))("%s: read as anndata reads them", async (name) => {
    const { path, description } = stores[name] as { path: string; description: unknown };
    expect(difference(description, await ours(path))).toBeNull();
  });

  it.each(Object.keys(stores))("%s: are written as today's, which anndata reads", async (name) => {
    const { path, description } = stores[name] as { path: string; description: unknown };
    for (const target of today) {
      const there = join(folder, `${Object.keys(stores).indexOf(name)}-${target.name}${target.suffix}`);
      await writeTarget(path, there, target);
      expect(difference(description, await python.ask({ description: there })), target.name).toBeNull();
    }
  });
});
