import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { difference, ours } from "./anndata-objects.js";
import { TARGETS, writeTarget } from "./anndata-targets.js";
import { type PythonServer, startPython } from "./python.js";
import { realFiles } from "./real-files.js";

const files = realFiles();

describe("real files", () => {
  let folder: string;
  let python: PythonServer;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "ats-real-"));
    python = startPython("anndata_server.py");
    for (const [, path] of files) await python.ask({ open: path });
  });

  afterAll(async () => {
    await python.close();
    await rm(folder, { recursive: true, force: true });
  });

  it("are anndata's archives of every version and ten others", () => {
    const archives = files.filter(([name]) => name.startsWith("anndata/"));
    expect(archives).toHaveLength(7);
    expect(files.length - archives.length).toBeGreaterThanOrEqual(10);
  });

  it.each(files)("%s: reads as Python reads it", async (_, path) => {
    expect(difference(await python.ask({ describe: path }), await ours(path))).toBeNull();
  });

  it.each(files)("%s: converts to each format and back", async (name, path) => {
    const i = files.findIndex(([other]) => other === name);
    for (const target of TARGETS) {
      const there = join(folder, `${i}${target.suffix}`);
      await writeTarget(path, there, target);
      if (target.name !== "ats") {
        expect(await python.ask({ compare: path, path: there }), `to ${target.name}`).toBeNull();
      }
      const back = TARGETS.find(
        ({ suffix }) => suffix === (path.endsWith(".h5ad") ? ".h5ad" : ".zarr"),
      ) as (typeof TARGETS)[0];
      const again = join(folder, `${i}-${target.name}${back.suffix}`);
      await writeTarget(there, again, back);
      expect(await python.ask({ compare: path, path: again }), `back from ${target.name}`).toBeNull();
      await Promise.all([there, again].map((made) => rm(made, { recursive: true })));
    }
  });
});
