import { cpSync, mkdtempSync, readdirSync, renameSync, rmSync, unlinkSync, writeFileSync } from "node:fs";
import { stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { memoryElements } from "../../src/anndata/memory-elements.js";
import { DenseArray } from "../../src/elements/dense.js";
import { Frame } from "../../src/elements/frame.js";
import { CsrMatrix } from "../../src/elements/sparse.js";
import { StringArray } from "../../src/elements/strings.js";
import { openAnnData, writeAnnData } from "../../src/formats/detect.js";
import type { OpenedAnnData, WriteOptions } from "../../src/formats/types.js";
import { info } from "../../src/inspect/info.js";
import { fileBytesRead } from "../../src/tensorstore/index.js";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "ats-zarr-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const failsWith = (code: string) => expect.objectContaining({ name: "AtsError", code });
const ROWS = 60;
const COLUMNS = 20;
const names = (prefix: string, count: number) =>
  new StringArray(Array.from({ length: count }, (_, i) => `${prefix}${i}`));

/** Row i holds i in column i mod 20 and 1 in the next. */
function matrix(): CsrMatrix {
  const columns = Array.from({ length: ROWS }, (_, i) => [i % COLUMNS, (i + 1) % COLUMNS].sort((a, b) => a - b));
  const data = columns.flatMap((pair, i) => pair.map((column) => (column === i % COLUMNS ? i : 1)));
  const indptr = Int32Array.from({ length: ROWS + 1 }, (_, i) => 2 * i);
  return new CsrMatrix("float32", [ROWS, COLUMNS], Float32Array.from(data), Int32Array.from(columns.flat()), indptr);
}

const layer = new DenseArray(
  "float64",
  [ROWS, COLUMNS],
  Float64Array.from({ length: ROWS * COLUMNS }, (_, i) => i / 2),
);

/** Writes an AnnData as Zarr to `name`. */
async function write(name: string, options: WriteOptions = {}): Promise<string> {
  const elements = memoryElements({
    X: matrix(),
    obs: new Frame(names("cell", ROWS), new Map([["kind", names("kind", ROWS)]])),
    var: new Frame(names("gene", COLUMNS), new Map()),
    layers: new Map([["whole", layer]]),
    uns: { note: "hello" },
  });
  const path = join(folder, name);
  await writeAnnData(elements, path, "zarr", { durability: "none", ...options });
  return path;
}

async function using<T>(path: string, use: (store: OpenedAnnData) => Promise<T>): Promise<T> {
  const store = await openAnnData(path);
  try {
    return await use(store);
  } finally {
    await store.close();
  }
}

const FORMS: readonly [string, string, WriteOptions][] = [
  ["version 2", "a.zarr", { zarrFormat: 2 }],
  ["version 3", "a.zarr", { zarrFormat: 3, shardRows: 0 }],
  ["version 3, sharded", "a.zarr", { zarrFormat: 3, chunkRows: 8, shardRows: 32 }],
  ["version 2, zipped", "a.zip", { zarrFormat: 2 }],
  ["version 3, zipped", "a.zip", { zarrFormat: 3 }],
];

describe.each(FORMS)("AnnData in Zarr %s", (_, name, options) => {
  it("opens, whatever its name, and is read as it was written", async () => {
    const path = join(folder, "without-extension");
    renameSync(await write(name, options), path);
    await using(path, async ({ format, version, location, elements }) => {
      expect([format, version, location, elements.shape]).toEqual(["zarr", "0.1.0", path, [ROWS, COLUMNS]]);
      expect(await elements.X!.read()).toEqual(matrix());
      expect(await elements.layers.get("whole")!.read()).toEqual(layer);
      const obs = await elements.obs.read();
      expect((obs.index as StringArray).values).toEqual(names("cell", ROWS).values);
      expect((obs.columns.get("kind") as StringArray).values).toEqual(names("kind", ROWS).values);
      expect(await elements.uns.read()).toMatchObject({ note: "hello" });
    });
  });

  it("says in `info` what it is made of", async () => {
    const path = await write(name, options);
    await using(path, async (store) => {
      const report = await info(store);
      expect([report.format, report.shape]).toEqual(["zarr", [ROWS, COLUMNS]]);
      const of = (wanted: string) => report.elements.find(({ path }) => path === wanted);
      expect(of("X")).toMatchObject({ encoding: "csr_matrix", dtype: "float32", nnz: 2 * ROWS });
      expect(of("layers/whole")).toMatchObject({ encoding: "array", dtype: "float64", shape: [ROWS, COLUMNS] });
      for (const { codec, chunks, bytes, encoding } of report.elements) {
        expect(bytes).toBeGreaterThan(0);
        if (encoding === "array") expect([typeof codec, chunks?.length]).toEqual(["string", 2]);
      }
      const sharded = options.shardRows !== undefined && options.shardRows > 0;
      if (sharded) expect(of("layers/whole")!.shards).not.toBeNull();
    });
  });
});

describe("AnnData in Zarr", () => {
  it("reads of a row subset only the chunks that it touches", async () => {
    const path = await write("a.zarr", { zarrFormat: 3, shardRows: 0, chunkRows: 10, codec: "none" });
    await using(path, async ({ elements }) => {
      const rows = { kind: "positions", positions: Int32Array.of(41, 3, 41), count: 3 } as const;
      const before = fileBytesRead();
      const value = (await elements.layers.get("whole")!.read([rows])) as DenseArray;
      expect([value.data[0], value.data[COLUMNS]]).toEqual([(41 * COLUMNS) / 2, (3 * COLUMNS) / 2]);
      // With the array's own metadata, which the first read compares with the consolidated ones.
      const { size } = await stat(join(path, "layers/whole/zarr.json"));
      expect(fileBytesRead() - before).toBe(2 * 10 * COLUMNS * 8 + size);
    });
  });

  it("that we wrote is corrupt where a chunk is gone, also in nested folders; that of others has the fill value", async () => {
    for (const zarrFormat of [2, 3] as const) {
      const path = await write(`v${zarrFormat}.zarr`, { zarrFormat, shardRows: 0, chunkRows: 10 });
      const chunk = join(path, "layers", "whole", zarrFormat === 2 ? "1.0" : "c/1/0");
      unlinkSync(chunk);
      await using(path, async ({ elements }) => {
        await expect(elements.layers.get("whole")!.read()).rejects.toEqual(failsWith("CORRUPT"));
        expect(await elements.X!.read()).toEqual(matrix());
      });
      const foreign = join(folder, `foreign${zarrFormat}.zarr`);
      cpSync(path, foreign, { recursive: true });
      for (const file of readdirSync(foreign)) if (file.includes("manifest")) unlinkSync(join(foreign, file));
      await using(foreign, async ({ elements }) => {
        const { data } = (await elements.layers.get("whole")!.read()) as DenseArray;
        expect([data[0], data[9 * COLUMNS], data[10 * COLUMNS], data[20 * COLUMNS]]).toEqual([0, 90, 0, 200]);
      });
      const strict = await openAnnData(foreign, { strict: true });
      try {
        await expect(strict.elements.layers.get("whole")!.read()).rejects.toEqual(failsWith("CORRUPT"));
        expect(await strict.elements.X!.read()).toEqual(matrix());
      } finally {
        await strict.close();
      }
    }
  });

  it("that is no AnnData is not supported, and says so", async () => {
    const path = join(folder, "other.zarr");
    cpSync(await write("a.zarr"), path, { recursive: true });
    rmSync(join(path, "zarr.json"));
    writeFileSync(
      join(path, "zarr.json"),
      '{"zarr_format":3,"node_type":"group","attributes":{"encoding-type":"dict"}}',
    );
    await expect(openAnnData(path)).rejects.toEqual(failsWith("UNSUPPORTED"));
  });

  it("that is replaced while it is open is stale", async () => {
    const path = await write("a.zarr", { zarrFormat: 2 });
    await using(path, async ({ elements }) => {
      await write("a.zarr", { zarrFormat: 2, overwrite: true });
      await expect(elements.X!.read()).rejects.toEqual(failsWith("STALE"));
    });
  });

  it("stops with the reason of its signal", async () => {
    const path = await write("a.zarr");
    const reason = new Error("enough");
    await expect(openAnnData(path, { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
    await using(path, async ({ elements }) => {
      await expect(elements.X!.read([], { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
    });
  });
});
