import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { memoryElements } from "../../src/anndata/memory-elements.js";
import { DenseArray } from "../../src/elements/dense.js";
import { Frame } from "../../src/elements/frame.js";
import type { LazyArray } from "../../src/elements/lazy.js";
import { StringArray } from "../../src/elements/strings.js";
import { openAnnData } from "../../src/formats/detect.js";
import type { AnnDataElements, WriteOptions } from "../../src/formats/types.js";
import { writeZarr } from "../../src/formats/zarr-write.js";
import { diff } from "../../src/inspect/diff.js";
import { sampleElements } from "../convert/sample.js";

const failsWith = (code: string) => expect.objectContaining({ name: "AtsError", code });
const TARGETS: readonly (readonly [string, WriteOptions])[] = [
  ["a.zarr", { zarrFormat: 2 }],
  ["a.zarr", {}],
  ["a.zarr.zip", {}],
  ["a.zip", { zarrFormat: 2 }],
];

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "ats-write-zarr-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const names = (count: number) =>
  new Frame(new StringArray(Array.from({ length: count }, (_, i) => `n${i}`)), new Map());
const plain = (X: DenseArray, more: object = {}): AnnDataElements =>
  memoryElements({ X, obs: names(X.shape[0] as number), var: names(X.shape[1] as number), ...more });
const matrix = (rows: number, columns: number) =>
  new DenseArray(
    "float32",
    [rows, columns],
    Float32Array.from({ length: rows * columns }, (_, i) => Math.sin(i)),
  );

/** The array as one whose values cannot be read. */
const unreadable = (array: LazyArray) =>
  new Proxy(array, {
    get: (target, key) => (key === "read" ? () => Promise.reject(new Error("gone")) : Reflect.get(target, key, target)),
  });

describe.each(TARGETS)("writing %s with %o", (name, options) => {
  const path = () => join(folder, name);

  it("replaces what was there only where it is told to", async () => {
    await writeZarr(plain(matrix(3, 2)), path(), options);
    await expect(writeZarr(sampleElements(), path(), options)).rejects.toEqual(failsWith("ALREADY_EXISTS"));
    const elements = sampleElements();
    await writeZarr(elements, path(), { ...options, overwrite: true, compat: "latest" });
    const store = await openAnnData(path());
    expect((await diff({ elements }, store)).differences).toEqual([]);
    await store.close();
    expect(await readdir(folder)).toEqual([name]);
  });

  it("leaves nothing when it is stopped in the middle of X", async () => {
    const controller = new AbortController();
    const reason = new Error("enough");
    const seen: string[] = [];
    const stopped = writeZarr(plain(matrix(4000, 600)), path(), {
      ...options,
      signal: controller.signal,
      memory: 2 ** 20,
      chunkRows: 50,
      shardRows: 100,
      onProgress: ({ element, done, total }) => {
        seen.push(element);
        if (done > 0 && done < total) controller.abort(reason);
      },
    });
    await expect(stopped).rejects.toBe(reason);
    expect(new Set(seen)).toEqual(new Set(["X"]));
    expect(await readdir(folder)).toEqual([]);
  });

  it("leaves the old store where an element fails", async () => {
    await writeZarr(plain(matrix(3, 2)), path(), options);
    const before = name.endsWith(".zip") ? await readFile(path()) : await readdir(path());
    const failing = memoryElements({ X: matrix(3, 2), obs: names(3), var: names(2) });
    const layers = new Map([["bad", unreadable(failing.X as LazyArray)]]);
    await expect(writeZarr({ ...failing, layers }, path(), { ...options, overwrite: true })).rejects.toThrow("gone");
    expect(name.endsWith(".zip") ? await readFile(path()) : await readdir(path())).toEqual(before);
    expect(await readdir(folder)).toEqual([name]);
  });

  it("refuses keys that no member can have, and codecs that there are not, before anything is written", async () => {
    const slash = plain(matrix(3, 2), { obsm: new Map([["a/b", matrix(3, 1)]]) });
    await expect(writeZarr(slash, path(), options)).rejects.toEqual(failsWith("UNSAFE_PATH"));
    const lzma = writeZarr(plain(matrix(3, 2)), path(), { ...options, codec: "lzma" });
    await expect(lzma).rejects.toEqual(failsWith("INVALID_ARGUMENT"));
    expect(await readdir(folder)).toEqual([]);
  });
});

describe("a directory of ours", () => {
  it("lists its files in a manifest", async () => {
    const path = join(folder, "a.zarr");
    await writeZarr(plain(matrix(3, 2)), path);
    const { format, files } = JSON.parse(await readFile(join(path, "ats-manifest.json"), "utf8"));
    expect(format).toBe("zarr");
    expect(files.map((file: { path: string }) => file.path)).toEqual(expect.arrayContaining(["zarr.json", "X/c/0/0"]));
  });

  it("has one file for many chunks unless shards are not wanted", async () => {
    const count = async (options: WriteOptions) => {
      const path = join(folder, "a.zarr");
      await writeZarr(plain(matrix(2000, 100)), path, { ...options, chunkRows: 50, overwrite: true });
      return (await readdir(join(path, "X", "c"))).length;
    };
    expect(await count({})).toBe(1);
    expect(await count({ shardRows: 500 })).toBe(4);
    expect(await count({ shardRows: 0 })).toBe(40);
  });
});

describe("an archive of ours", () => {
  it("is the same whenever it is written, its entries stored and its root last", async () => {
    const [first, second] = [join(folder, "a.zip"), join(folder, "b.zip")];
    for (const path of [first, second]) await writeZarr(plain(matrix(300, 20)), path, { threads: 1 });
    const bytes = await readFile(first);
    expect(bytes.equals(await readFile(second))).toBe(true);
    const entries = centralDirectory(bytes);
    expect(new Set(entries.map(({ method }) => method))).toEqual(new Set([0]));
    expect(entries.at(-1)?.name).toBe("zarr.json");
  });
});

/** The entries of an archive without zip64 (APPNOTE.TXT, 4.3.12). */
function centralDirectory(bytes: Buffer): { name: string; method: number }[] {
  const end = bytes.lastIndexOf("PK\x05\x06");
  const entries: { name: string; method: number }[] = [];
  let at = bytes.readUInt32LE(end + 16);
  for (let left = bytes.readUInt16LE(end + 10); left > 0; left--) {
    const length = bytes.readUInt16LE(at + 28);
    entries.push({ name: bytes.toString("utf8", at + 46, at + 46 + length), method: bytes.readUInt16LE(at + 10) });
    at += 46 + length + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32);
  }
  return entries;
}
