/** Every pair of formats: a conversion there and back keeps every value. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { convert } from "../../src/convert/convert.js";
import { openAnnData } from "../../src/formats/detect.js";
import type { WriteOptions } from "../../src/formats/types.js";
import { writeAnnData } from "../../src/formats/write.js";
import { diff } from "../../src/inspect/diff.js";
import { sampleElements } from "./sample.js";

interface Target {
  readonly name: string;
  readonly options: WriteOptions;
}

/** Sparse matrices stay what they are, in .ats too; null and nullable strings are written as such. */
const KEEP = { x: "keep", compat: "latest", durability: "none" } as const;

const TARGETS: readonly Target[] = [
  { name: "ats", options: { ...KEEP } },
  { name: "v2.zarr", options: { ...KEEP, zarrFormat: 2, chunkRows: 64 } },
  { name: "v3.zarr", options: { ...KEEP, shardRows: 0, chunkRows: 64, codec: "blosc-lz4" } },
  { name: "sharded.zarr", options: { ...KEEP, shardRows: 128, chunkRows: 32 } },
  { name: "v2.zarr.zip", options: { ...KEEP, zarrFormat: 2, chunkRows: 100 } },
  { name: "v3.zarr.zip", options: { ...KEEP, codec: "gzip:1" } },
  { name: "h5ad", options: { ...KEEP } },
];

let folder: string;
const elements = sampleElements();
const from = (name: string) => join(folder, `from.${name}`);

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "ats-pairs-"));
  for (const { name, options } of TARGETS) {
    const format = name === "ats" ? "ats" : name === "h5ad" ? "h5ad" : "zarr";
    await writeAnnData(elements, from(name), format, options);
  }
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function differences(path: string): Promise<unknown> {
  const store = await openAnnData(path);
  try {
    return (await diff({ elements }, store)).differences;
  } finally {
    await store.close();
  }
}

describe.each(TARGETS)("$name", (source) => {
  it("has what was written", async () => {
    expect(await differences(from(source.name))).toEqual([]);
  });

  it.each(TARGETS.slice(TARGETS.indexOf(source)))("to $name and back keeps every value", async (target) => {
    const [there, back] = [join(folder, `there.${target.name}`), join(folder, `back.${source.name}`)];
    await convert(from(source.name), there, target.options);
    expect(await differences(there)).toEqual([]);
    await convert(there, back, source.options);
    expect(await differences(back)).toEqual([]);
    await rm(there, { recursive: true });
    await rm(back, { recursive: true });
  });
});
