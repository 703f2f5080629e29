import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Difference, diff, open } from "../../src/index.js";
import { ats } from "../cli/run.js";
import { difference, ours } from "./anndata-objects.js";
import { TARGETS, type Target, writeTarget } from "./anndata-targets.js";
import { type PythonServer, startPython } from "./python.js";
import { realFiles } from "./real-files.js";

const files = realFiles();

/**
 * The only exception, which goes to one form of Zarr and back: its awkward array, for which an `.ats` has no place, is some twenty thousand nodes, so that each
 * step takes half a minute.
 */
const MANY_NODES = "scirpy/clonotypes_test_data/j_gene_test_data.h5ad";

/** A file, a directory and an archive. */
const oneOfEachForm = [/\.h5ad$/, /\.zarr$/, /\.zip$/].map((suffix) => {
  return files.find(([name]) => suffix.test(name)) as [name: string, path: string];
});

/** What `diff` says of two stores. */
async function differences(a: string, b: string): Promise<readonly Difference[]> {
  const stores = await Promise.all([open(a), open(b)]);
  try {
    return (await diff(stores[0], stores[1])).differences;
  } finally {
    await Promise.all(stores.map((store) => store.close()));
  }
}

/** The target of the same format as the store at `path`. */
function formatOf(path: string): Target {
  const suffix = path.endsWith(".h5ad") ? ".h5ad" : ".zarr";
  return TARGETS.find((target) => target.suffix === suffix) as Target;
}

describe("real files", { timeout: 600_000 }, () => {
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

  it.each(files)("%s: converts to each format and back, and diffs clean", async (name, path) => {
    const i = files.findIndex(([other]) => other === name);
    for (const target of TARGETS) {
      if (name === MANY_NODES && target.name !== "zarr3") continue;
      const there = join(folder, `${i}${target.suffix}`);
      await writeTarget(path, there, target);
      if (target.name !== "ats") {
        expect(await python.ask({ compare: path, path: there }), `to ${target.name}`).toBeNull();
      }
      expect(await differences(path, there), `diff with ${target.name}`).toEqual([]);
      const back = formatOf(path);
      const again = join(folder, `${i}-${target.name}${back.suffix}`);
      await writeTarget(there, again, back);
      expect(await python.ask({ compare: path, path: again }), `back from ${target.name}`).toBeNull();
      expect(await differences(path, again), `diff back from ${target.name}`).toEqual([]);
      await Promise.all([there, again].map((made) => rm(made, { recursive: true })));
    }
  });

  it.each(oneOfEachForm)("%s: the command finds no difference either", async (name, path) => {
    const there = join(folder, `command-${files.findIndex(([other]) => other === name)}.zarr`);
    const options = ["--zarr-format", "3", "--durability", "none", "--quiet"];
    expect(await ats(["convert", path, there, ...options])).toMatchObject({ code: 0 });
    const { code, stdout, stderr } = await ats(["diff", path, there]);
    expect({ code, stdout: stdout.toString(), stderr }).toEqual({ code: 0, stdout: "", stderr: "" });
  });
});
