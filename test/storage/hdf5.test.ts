import { appendFile, copyFile, mkdtemp, rm, utimes } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { DenseArray } from "../../src/elements/dense.js";
import type { StringArray } from "../../src/elements/strings.js";
import { type H5wasmOptions, type H5wasmStorage, openH5wasm } from "../../src/storage/h5wasm.js";
import type { ArrayNode, GroupNode } from "../../src/storage/types.js";

const FIXTURES = fileURLToPath(new URL("../fixtures/h5ad", import.meta.url));
const PBMC = join(FIXTURES, "10x_pbmc68k_reduced.h5ad");

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "ats-hdf5-"));
});

afterAll(() => rm(folder, { recursive: true }));

async function withOpen<T>(
  path: string,
  use: (storage: H5wasmStorage) => Promise<T>,
  options: H5wasmOptions = {},
): Promise<T> {
  const storage = await openH5wasm(path, options);
  try {
    return await use(storage);
  } finally {
    await storage.close();
  }
}

async function array(storage: H5wasmStorage, path: string): Promise<ArrayNode> {
  let node = storage.root as unknown;
  for (const name of path.split("/")) node = await (node as GroupNode).get(name);
  return node as ArrayNode;
}

describe("compressors that are no part of HDF5", () => {
  const path = join(FIXTURES, "plugin-filters.h5");
  const values = Int32Array.from({ length: 10_000 }, (_, i) => 3 * i);
  const blosc = ["blosclz", "lz4", "lz4hc", "zlib", "zstd"].flatMap((name) =>
    [0, 1, 2].map((s) => `blosc-${name}-${s}`),
  );

  it("are decoded", () =>
    withOpen(path, async (storage) => {
      const names = ["zstd", "zstd-shuffle", "lz4", ...blosc];
      for (const name of names) {
        expect(((await (await array(storage, name)).read()) as DenseArray).data, name).toEqual(values);
      }
      expect(storage.statistics()).toMatchObject({ reads: names.length, refused: 0 });
    }));

  it("LZ4 blocks that did not shrink are taken as they are", () =>
    withOpen(path, async (storage) => {
      const [noise, plain] = await Promise.all(
        ["noise", "noise-plain"].map(async (name) => (await (await array(storage, name)).read()) as DenseArray),
      );
      expect(noise?.data).toEqual(plain?.data);
    }));

  it.each([
    ["bitshuffle", "bitshuffle"],
    ["blosc2", "blosc2"],
  ])("%s is UNSUPPORTED by name", (name, text) =>
    withOpen(path, async (storage) => {
      await expect((await array(storage, name)).read()).rejects.toMatchObject({
        code: "UNSUPPORTED",
        message: expect.stringContaining(text),
      });
    }),
  );
});

describe("a file", () => {
  it("that changes is STALE, whatever had been read of it", async () => {
    for (const change of [
      (path: string) => appendFile(path, "more"),
      (path: string) => utimes(path, new Date(0), new Date(0)),
    ]) {
      const path = join(folder, "changing.h5ad");
      await copyFile(PBMC, path);
      await withOpen(path, async (storage) => {
        const x = await array(storage, "X");
        await x.read([{ kind: "range", start: 0, step: 1, count: 3 }]);
        await change(path);
        await expect(x.read()).rejects.toMatchObject({ code: "STALE", path: `${path}/X` });
      });
    }
  });

  it("that was closed is CLOSED, and a read under way ends in one way or the other", async () => {
    const storage = await openH5wasm(PBMC);
    const x = await array(storage, "X");
    const data = await array(storage, "raw.X/data");
    await Promise.all([x.read(), data.read()]);
    const pending = Promise.allSettled([x.read(), x.read()]);
    await storage.close();
    for (const outcome of await pending) {
      if (outcome.status === "rejected") expect(outcome.reason).toMatchObject({ code: "CLOSED" });
    }
    await expect(x.read()).rejects.toMatchObject({ code: "CLOSED" });
    await expect(data.readRuns?.(runs([0], [1], [0]), new Float32Array(1))).rejects.toMatchObject({ code: "CLOSED" });
  });

  it("gives up a read at once when it is aborted, with the signal's reason, and reads on afterwards", () =>
    withOpen(PBMC, async (storage) => {
      const x = await array(storage, "X");
      const reason = new Error("enough");
      const aborted = new AbortController();
      const read = x.read(undefined, { signal: aborted.signal });
      aborted.abort(reason);
      await expect(read).rejects.toBe(reason);
      await expect(x.read(undefined, { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
      expect(((await x.read()) as DenseArray).shape).toEqual([700, 765]);
    }));

  it("is read with one thread as with many", async () => {
    const read = (threads: number) =>
      withOpen(PBMC, async (storage) => ((await (await array(storage, "raw.X/data")).read()) as DenseArray).data, {
        threads,
      });
    expect(await read(1)).toEqual(await read(8));
  });
});

function runs(starts: number[], counts: number[], places: number[]) {
  return { starts: Float64Array.from(starts), counts: Float64Array.from(counts), places: Float64Array.from(places) };
}

describe("runs of stored values", () => {
  it.each(["raw.X/data", "raw.X/indices"])("of %s go where they are wanted, and nowhere else", (name) =>
    withOpen(PBMC, async (storage) => {
      const node = await array(storage, name);
      const all = (await node.read()) as DenseArray;
      const data = all.data as Float32Array;
      const into = new (data.constructor as typeof Float32Array)(20_000).fill(-7);
      await node.readRuns?.(runs([0, 10, 50_000, 90_000], [3, 5_000, 0, 7_997], [12_000, 0, 1, 12_003]), into);
      expect(into.subarray(0, 5000)).toEqual(data.subarray(10, 5010));
      expect(into.subarray(5000, 12_000).every((value) => value === -7)).toBe(true);
      expect(into.subarray(12_000, 12_003)).toEqual(data.subarray(0, 3));
      expect(into.subarray(12_003)).toEqual(data.subarray(90_000, 97_997));
    }),
  );

  it("that leave the array or the target are INVALID_ARGUMENT", () =>
    withOpen(PBMC, async (storage) => {
      const node = await array(storage, "raw.X/data");
      const extent = node.shape[0]!;
      const into = new Float32Array(100);
      for (const [start, count, place] of [
        [extent, 1, 0],
        [extent - 1, 2, 0],
        [0, 101, 0],
        [0, 1, 100],
        [-1, 1, 0],
        [0.5, 1, 0],
        [Number.NaN, 1, 0],
        [2 ** 60, 1, 0],
      ] as const) {
        await expect(node.readRuns?.(runs([start], [count], [place]), into)).rejects.toMatchObject({
          code: "INVALID_ARGUMENT",
        });
      }
    }));
});

describe("strings of variable length", () => {
  it("are read natively, whole and in any order", () =>
    withOpen(join(FIXTURES, "squidpy-test-data.h5ad"), async (storage) => {
      const node = await array(storage, "var/_index");
      const all = (await node.read()) as StringArray;
      expect(all.hasUtf8).toBe(true);
      const order = Int32Array.of(5, 0, 5, 1998);
      const some = (await node.read([{ kind: "positions", positions: order, count: 4 }])) as StringArray;
      expect(some.values).toEqual(Array.from(order, (i) => all.values[i]));
      expect(storage.statistics()).toMatchObject({ reads: 2, refused: 0 });
    }));

  it("of more than maxReadBytes are LIMIT_EXCEEDED", () =>
    withOpen(
      join(FIXTURES, "squidpy-test-data.h5ad"),
      async (storage) => {
        const node = await array(storage, "var/_index");
        await expect(node.read()).rejects.toMatchObject({ code: "LIMIT_EXCEEDED" });
      },
      { limits: { maxReadBytes: 100 } },
    ));
});
