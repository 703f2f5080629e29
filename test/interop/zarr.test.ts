import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openAnnData } from "../../src/formats/detect.js";
import type { ArrayNode } from "../../src/storage/types.js";
import { openZarrStorage } from "../../src/storage/zarr.js";
import { describeElements, describeValue } from "./describe.js";
import { runPython } from "./python.js";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "ats-zarr-"));
});
afterAll(() => rm(folder, { recursive: true }));

async function documents<T>(script: string, ...args: string[]): Promise<T[]> {
  const lines = (await runPython(script, ...args)).trim().split("\n");
  return lines.map((line) => JSON.parse(line) as T);
}

const asJson = (value: unknown) => JSON.parse(JSON.stringify(value)) as unknown;

describe("arrays that zarr-python writes", () => {
  it("read as zarr-python reads them: every element type, codec, order, separator and fill value", async () => {
    type Case = { readonly store: string; readonly path: string; readonly expected: unknown };
    const cases = await documents<Case>("zarr_arrays.py", folder);
    expect(cases.length).toBeGreaterThan(250);
    for (const version of ["v2", "v3"]) {
      const storage = await openZarrStorage(join(folder, version));
      const mine = cases.filter(({ store }) => store === version);
      expect(await storage.root.keys()).toEqual(mine.map(({ path }) => path).sort());
      const values = new Map<string, unknown>();
      for (const { path } of mine) {
        const node = (await storage.root.get(path)) as ArrayNode;
        values.set(path, await node.read().then((value) => asJson(describeValue(value)), String));
      }
      await storage.close();
      expect(mine.filter(({ path, expected }) => !isDeepStrictEqual(values.get(path), expected))).toEqual([]);
    }
  });
});

describe("stores that anndata writes", () => {
  const names = ["v2-plain.zarr", "v2.zarr", "v2.zip", "v3-plain.zarr", "v3-sharded.zarr", "v3.zarr", "v3.zip"];
  let expected: ReadonlyMap<string, unknown>;
  let stores: string;

  beforeAll(async () => {
    const files = await mkdtemp(join(folder, "h5ad-"));
    stores = await mkdtemp(join(folder, "stores-"));
    await runPython("h5ad_write.py", files);
    type Case = { readonly name: string; readonly expected: unknown };
    const cases = await documents<Case>("zarr_anndata.py", join(files, "csr.h5ad"), stores);
    expected = new Map(cases.map((entry) => [entry.name, entry.expected]));
  });

  it("are the ones that are compared", async () => {
    expect((await readdir(stores)).sort()).toEqual(names);
  });

  it.each(names)("%s reads as Python reads it", async (name) => {
    const opened = await openAnnData(join(stores, name));
    expect(opened.format).toBe("zarr");
    expect(asJson(await describeElements(opened.elements))).toEqual(expected.get(name));
    await opened.close();
  });
});
