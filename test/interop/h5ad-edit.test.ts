/** Edits of .h5ad, seen by h5py and anndata: what is not edited is there byte for byte. */
import { copyFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { append, Categorical, DenseArray, edit, open, StringArray } from "../../src/index.js";
import { openH5wasm } from "../../src/storage/h5wasm.js";
import { openHdf5Writer } from "../../src/storage/hdf5-write.js";
import { type PythonServer, startPython } from "./python.js";

const FIXTURES = fileURLToPath(new URL("../fixtures/h5ad/", import.meta.url));

let folder: string;
let python: PythonServer;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "ats-h5ad-edit-"));
  python = startPython("h5ad_edit.py");
});
afterAll(async () => {
  await python.close();
  await rm(folder, { recursive: true });
});

type Stored = Record<string, unknown>;
const stored = (path: string, below = "") => python.ask<Stored>(["stored", path, below]);
const make = (path: string, kind: string, codec: string | null, start: number, stop: number, other: boolean) =>
  python.ask<boolean>(["make", path, kind, codec, start, stop, other]);

const FILES: [kind: string, codec: string | null][] = [
  ["csr", null],
  ["csr", "gzip"],
  ["csr", "lzf"],
  ["csc", "gzip"],
  ["dense", null],
  ["dense", "gzip"],
  ["dense", "lzf"],
];

describe.each(FILES)("a file of anndata with X %s and compression %s", (kind, codec) => {
  const ROWS = 200;
  const original = () => join(folder, `${kind}-${codec}.h5ad`);
  beforeAll(() => make(original(), kind, codec, 0, ROWS, true));

  it("is what the same edit in Python gives, and keeps all else byte for byte", async () => {
    const path = join(folder, "edited.h5ad");
    copyFileSync(original(), path);
    const codes = Int8Array.from({ length: ROWS }, (_, i) => i % 2);
    await edit(path, {
      set: {
        "obs/size": Int16Array.from({ length: ROWS }, (_, i) => i),
        "obs/label": new Categorical(codes, new StringArray(["x", "y"])),
        "layers/more": new DenseArray("float32", [ROWS, 30], new Float32Array(ROWS * 30).fill(1)),
        "obsm/X_pca": new DenseArray("float64", [ROWS, 2], new Float64Array(ROWS * 2)),
        "uns/title": "new",
      },
      remove: ["obs/old", "layers/flat", "uns/strange"],
    });
    const [before, after] = [await stored(original()), await stored(path)];
    const plain = join(folder, "plain.h5ad");
    await make(plain, kind, codec, 0, ROWS, false);
    expect(await python.ask(["edited", path, plain])).toBe(true);
    const EDITED =
      /^(obs|layers|obsm|uns)$|^obs\/(size|label|old)|^layers\/(more|flat)|^obsm\/X_pca|^uns\/(title|strange)/;
    const names = Object.keys(before).filter((name) => !EDITED.test(name));
    expect(names.length).toBeGreaterThan(30);
    for (const name of names) expect([name, after[name]]).toEqual([name, before[name]]);
    expect(Object.keys(after).filter((name) => !EDITED.test(name))).toEqual(names);
  });

  it("keeps an element of an encoding that nobody knows, byte for byte", async () => {
    const path = join(folder, "strange.h5ad");
    copyFileSync(original(), path);
    await edit(path, { set: { "uns/other": "x" } });
    expect(await stored(path, "uns/strange")).toEqual(await stored(original(), "uns/strange"));
    expect(await stored(path, "somebody")).toEqual(await stored(original(), "somebody"));
  });

  it("decodes nothing to copy X", async () => {
    const storage = await openH5wasm(original());
    const path = join(folder, `copy-${kind}-${codec}.h5`);
    const writer = await openHdf5Writer(path);
    try {
      const seen: number[] = [];
      const X = (await storage.root.get("X")) as never;
      expect(await writer.root.copy?.("X", X, { onBytes: (done, total) => seen.push(done / total) })).toBe(true);
      await writer.close();
      expect(seen.at(-1)).toBe(1);
      expect(storage.statistics().reads).toBe(0);
    } finally {
      await writer.abandon();
      await storage.close();
    }
    expect(await stored(path, "X")).toEqual(await stored(original(), "X"));
  });

  it.each([true, false])("is appended to as anndata concatenates, pairwise %s", async (pairwise) => {
    const [path, first, more] = ["both", "first", "more"].map((name) => join(folder, `${name}.h5ad`)) as [
      string,
      string,
      string,
    ];
    await make(first, kind, codec, 0, ROWS, false);
    await make(more, kind === "csr" ? "dense" : "csr", null, ROWS, ROWS + 57, false);
    copyFileSync(first, path);
    const rows = await open(more);
    try {
      const appending = append(path, rows, { pairwise });
      if (kind === "csc") {
        await expect(appending).rejects.toMatchObject({ code: "UNSUPPORTED", path: "X" });
        expect(await stored(path)).toEqual(await stored(first));
        return;
      }
      await appending;
    } finally {
      await rows.close();
    }
    expect(await python.ask(["appended", path, [first, more], pairwise])).toBe(true);
    // Whole chunks are the old ones.
    for (const name of kind === "csr" ? ["X/data", "X/indices"] : codec === null ? [] : ["X"]) {
      type Facts = [
        [string, string, number[], unknown, number[]],
        unknown,
        unknown,
        unknown,
        [number[], number, string][],
      ];
      const [old] = Object.values(await stored(first, name)) as Facts[];
      const [now] = Object.values(await stored(path, name)) as Facts[];
      const rowsOf = old?.[0][2][0] as number;
      const chunk = old?.[0][4][0] as number;
      const whole = old?.[4].filter(([[start = 0]]) => start + chunk <= rowsOf) ?? [];
      expect([name, now?.[1]]).toEqual([name, old?.[1]]);
      if (codec !== null) expect(whole.length).toBeGreaterThan(0);
      for (const entry of whole) expect(now?.[4]).toContainEqual(entry);
    }
  });
});

describe("filters that only plugins have", () => {
  const NAMES = ["zstd", "lz4", "bitshuffle", "blosc2", "blosc-lz4-1", "blosc-zstd-2", "noise", "zstd-shuffle"];

  it.each(NAMES)("%s is copied as it is stored", async (name) => {
    const source = join(FIXTURES, "plugin-filters.h5");
    const storage = await openH5wasm(source);
    const path = join(folder, `${name}.h5`);
    const writer = await openHdf5Writer(path);
    try {
      expect(await writer.root.copy?.(name, (await storage.root.get(name)) as never)).toBe(true);
      await writer.close();
    } finally {
      await writer.abandon();
      await storage.close();
    }
    expect(await stored(path, name)).toEqual(await stored(source, name));
  });

  it.each(["zstd", "blosc-lz4-1"])("an array in %s goes on behind its chunks", async (name) => {
    const source = await openH5wasm(join(FIXTURES, "plugin-filters.h5"));
    const path = join(folder, `more-${name}.h5`);
    const writer = await openHdf5Writer(path);
    try {
      const extended = await writer.root.extend?.(name, (await source.root.get(name)) as never, 11_000);
      expect(extended?.kept).toBe(8000);
      const rest = Int32Array.from({ length: 3000 }, (_, i) => 3 * (8000 + i));
      await extended?.writer.write([8000], new DenseArray("int32", [3000], rest));
      await writer.close();
    } finally {
      await writer.abandon();
      await source.close();
    }
    const copy = await openH5wasm(path);
    try {
      const array = await copy.root.get(name);
      const value = (await (array as { read(): Promise<unknown> }).read()) as DenseArray;
      expect([...value.data]).toEqual(Array.from({ length: 11_000 }, (_, i) => 3 * i));
    } finally {
      await copy.close();
    }
  });
});

describe("old files", () => {
  it.each(["anndata-v0.7.0.h5ad", "anndata-v0.7.8.h5ad"])(
    "%s is not edited, and ats convert is named",
    async (name) => {
      const path = join(folder, name);
      copyFileSync(join(FIXTURES, name), path);
      const refused = edit(path, { set: { "uns/x": 1 } });
      await expect(refused).rejects.toMatchObject({ code: "UNSUPPORTED", path });
      await expect(refused).rejects.toThrow(/ats convert/);
      expect(await stored(path)).toEqual(await stored(join(FIXTURES, name)));
    },
  );

  it("a file of anndata 0.11 is edited, and keeps the rest byte for byte", async () => {
    const path = join(folder, "0.11.h5ad");
    const source = join(FIXTURES, "anndata-v0.11.4.h5ad");
    copyFileSync(source, path);
    await edit(path, { set: { "uns/new": "x" } });
    const { uns: _, "uns/new": added, ...rest } = await stored(path);
    expect(added).toBeDefined();
    const { uns: __, ...before } = await stored(source);
    expect(rest).toEqual(before);
  });
});
