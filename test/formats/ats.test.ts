import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { Categorical } from "../../src/elements/categorical.js";
import { DenseArray } from "../../src/elements/dense.js";
import { Frame } from "../../src/elements/frame.js";
import type { LazyArray, LazyDict, LazyElement } from "../../src/elements/lazy.js";
import { lazyFromValue } from "../../src/elements/memory.js";
import { selectElement } from "../../src/elements/select.js";
import { CscMatrix, CsrMatrix, type SparseMatrix } from "../../src/elements/sparse.js";
import { StringArray } from "../../src/elements/strings.js";
import type { ArrayValue, Dict, Value } from "../../src/elements/values.js";
import { AtsError } from "../../src/errors.js";
import { openAnnData, writeAnnData } from "../../src/formats/detect.js";
import type { AnnDataElements, Progress, WriteOptions } from "../../src/formats/types.js";

const ROWS = 40;
const COLUMNS = 30;

let folder: string;
let store: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "ats-format-"));
  store = join(folder, "a.ats");
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const failsWith = (code: string) => expect.objectContaining({ name: "AtsError", code });
const names = (prefix: string, count: number) =>
  new StringArray(Array.from({ length: count }, (_, i) => `${prefix}${i}`));

/** Every fifth value of row-major 1, 2, 3, …; the others are 0. */
function denseX(rows = ROWS): DenseArray<"float32"> {
  return new DenseArray(
    "float32",
    [rows, COLUMNS],
    Float32Array.from({ length: rows * COLUMNS }, (_, i) => (i % 5 === 0 ? i + 1 : 0)),
  );
}

function compress(kind: "csr" | "csc", { data }: DenseArray<"float32">): SparseMatrix {
  const [majors, minors] = kind === "csr" ? [ROWS, COLUMNS] : [COLUMNS, ROWS];
  const [values, indices, indptr] = [[] as number[], [] as number[], [0]];
  for (let i = 0; i < majors; i++) {
    for (let j = 0; j < minors; j++) {
      const value = data[kind === "csr" ? i * COLUMNS + j : j * COLUMNS + i]!;
      if (value !== 0) {
        values.push(value);
        indices.push(j);
      }
    }
    indptr.push(values.length);
  }
  const Matrix = kind === "csr" ? CsrMatrix : CscMatrix;
  return new Matrix(
    "float32",
    [ROWS, COLUMNS],
    Float32Array.from(values),
    Int32Array.from(indices),
    Int32Array.from(indptr),
  );
}

interface Parts {
  X?: ArrayValue;
  obsm?: Record<string, ArrayValue>;
  obsp?: Record<string, ArrayValue>;
  layers?: Record<string, ArrayValue>;
  uns?: Dict;
  raw?: ArrayValue;
}

function elementsOf(parts: Parts = {}): AnnDataElements {
  const map = (name: string, values: Record<string, ArrayValue> = {}) =>
    new Map(Object.entries(values).map(([key, value]) => [key, lazyFromValue(value as Value, `${name}/${key}`)]));
  const group = new Categorical(
    Int8Array.from({ length: ROWS }, (_, i) => (i % 3) - 1),
    new StringArray(["b", "a", "unused"]),
    true,
  );
  return {
    shape: [ROWS, COLUMNS],
    X: lazyFromValue((parts.X ?? denseX()) as DenseArray, "X"),
    obs: lazyFromValue(new Frame(names("cell", ROWS), new Map([["group", group]]), "barcode"), "obs"),
    var: lazyFromValue(new Frame(names("gene", COLUMNS), new Map()), "var"),
    layers: map("layers", parts.layers),
    obsm: map("obsm", parts.obsm),
    varm: new Map(),
    obsp: map("obsp", parts.obsp),
    varp: new Map(),
    uns: lazyFromValue((parts.uns ?? {}) as Dict, "uns"),
    raw: parts.raw
      ? {
          X: lazyFromValue(parts.raw as DenseArray, "raw/X"),
          var: lazyFromValue(new Frame(names("raw", COLUMNS), new Map()), "raw/var"),
          varm: new Map(),
        }
      : null,
  };
}

const write = (parts: Parts = {}, options: WriteOptions = {}) => writeAnnData(elementsOf(parts), store, "ats", options);

async function read<T>(pick: (elements: AnnDataElements) => Promise<T>): Promise<T> {
  const opened = await openAnnData(store);
  try {
    return await pick(opened.elements);
  } finally {
    await opened.close();
  }
}

const readX = () => read(async ({ X }) => (await X!.read()) as DenseArray);

describe("X", () => {
  it.each(["dense", "csr", "csc"] as const)(
    "is written dense from a %s matrix, in chunks of any height",
    async (kind) => {
      const X = denseX();
      for (const chunkRows of [1, 7, ROWS, 1000]) {
        await write({ X: kind === "dense" ? X : compress(kind, X) }, { chunkRows, memory: 4096, overwrite: true });
        expect(await readX()).toEqual(X);
      }
    },
  );

  it.each(["csr", "csc"] as const)("stays %s on request, and the writer says who cannot read it", async (kind) => {
    const warnings: string[] = [];
    const X = compress(kind, denseX());
    await write({ X }, { x: "keep", onWarning: (message) => warnings.push(message) });
    expect(await read(({ X }) => X!.read())).toEqual(X);
    expect(warnings).toEqual([expect.stringContaining("which the Python package cannot read")]);
  });

  it("becomes CSR from a dense matrix on request", async () => {
    await write({}, { x: "sparse" });
    const X = (await read(({ X }) => X!.read())) as CsrMatrix;
    expect(X).toEqual(compress("csr", denseX()));
  });

  it("of a view is what the view selects", async () => {
    const elements = elementsOf({ X: compress("csr", denseX()) });
    const rows = { kind: "positions", positions: Int32Array.of(9, 3, 3), count: 3 } as const;
    const view = {
      ...elements,
      shape: [3, COLUMNS] as const,
      X: selectElement(elements.X as LazyArray, [rows]),
      obs: selectElement(elements.obs, [rows]),
    };
    await writeAnnData(view, store, "ats");
    expect((await readX()).row(1)).toEqual(denseX().row(3));
    expect((await read(({ obs }) => obs.read())).index).toEqual(new StringArray(["cell9", "cell3", "cell3"]));
  });

  it("reads by ranges backwards and forwards, and by positions", async () => {
    await write({}, { chunkRows: 7 });
    const [a, b] = await read(async ({ X }) => [
      (await X!.read([
        { kind: "range", start: 39, step: -13, count: 4 },
        { kind: "range", start: 1, step: 2, count: 15 },
      ])) as DenseArray,
      (await X!.read([
        { kind: "positions", positions: Int32Array.of(5, 0, 5), count: 3 },
        { kind: "positions", positions: new Int32Array(0), count: 0 },
      ])) as DenseArray,
    ]);
    expect(a.shape).toEqual([4, 15]);
    expect([...a.row(3)]).toEqual(Array.from({ length: 15 }, (_, j) => denseX().row(0)[1 + 2 * j]));
    expect(b.shape).toEqual([3, 0]);
  });

  it("reports progress in bytes up to the whole", async () => {
    const seen: Progress[] = [];
    await write({}, { chunkRows: 10, onProgress: (progress) => seen.push(progress) });
    expect(seen[0]).toEqual({ element: "X", done: 0, total: ROWS * COLUMNS * 4 });
    expect(seen.at(-1)).toEqual({ element: "X", done: ROWS * COLUMNS * 4, total: ROWS * COLUMNS * 4 });
  });
});

describe("the other elements", () => {
  it("come back: tables, sparse obsp, layers, raw, values of uns", async () => {
    const graph = compress("csr", denseX());
    const square = new CsrMatrix("float32", [ROWS, ROWS], graph.data as Float32Array, graph.indices, graph.indptr);
    const table = new Frame(
      names("cell", ROWS),
      new Map([["n", new DenseArray("int16", [ROWS], new Int16Array(ROWS))]]),
    );
    const uns = { dict: { a: [1, "b", null] }, table, "": undefined } as unknown as Dict;
    delete uns[""];
    await write({
      obsm: { pca: denseX(), table: table as never },
      obsp: { graph: square },
      layers: { counts: graph },
      uns,
      raw: denseX(),
    });
    await read(async ({ obs, obsm, obsp, layers, uns: stored, raw }) => {
      expect(await obs.read()).toEqual(await elementsOf().obs.read());
      expect(await obsm.get("pca")!.read()).toEqual(denseX());
      expect(await obsm.get("table")!.read()).toEqual(table);
      expect(await obsp.get("graph")!.read()).toEqual(square);
      expect(await layers.get("counts")!.read()).toEqual(denseX());
      expect(await stored.read()).toEqual({ dict: { a: [1, "b", null] }, table });
      expect(await raw!.X!.read()).toEqual(denseX());
    });
    expect(readdirSync(join(store, "obsm"))).toEqual(["pca"]);
  });

  it.each(["../../evil", "a/b", "a\\b", "..", ".hidden", "100%", "%41", "Case", "ünï"])(
    "keep the key %s and stay within the store",
    async (key) => {
      await write({ uns: { [key]: 1 }, obsm: { [key]: denseX() } });
      expect(readdirSync(folder)).toEqual(["a.ats"]);
      expect(await read(({ uns }) => uns.keys())).toEqual([key]);
      expect(await read(async ({ obsm }) => (await obsm.get(key)!.read()) as DenseArray)).toEqual(denseX());
    },
  );

  it.each(["", "nul\0", "x".repeat(300), "x.__lock", "\ud800"])(
    "are refused under the key %j before anything is written",
    async (key) => {
      await expect(write({ uns: { [key]: 1 } })).rejects.toEqual(failsWith("UNSAFE_PATH"));
      expect(readdirSync(folder)).toEqual([]);
    },
  );
});

describe("writing", () => {
  it("leaves out what has no form in a store, says so, and writes the rest", async () => {
    const refuse = () => Promise.reject(new AtsError("UNSUPPORTED", "no such thing"));
    const odd = { ...lazyFromValue(null, "obsm/odd"), read: refuse } as LazyElement;
    const elements = elementsOf({ obsm: { good: denseX() } });
    const uns = { ...elements.uns, keys: async () => ["odd"], get: async () => odd } as LazyDict;
    const warnings: string[] = [];
    const obsm = new Map([...elements.obsm, ["odd", odd] as const]);
    await writeAnnData({ ...elements, obsm, uns }, store, "ats", { onWarning: (message) => warnings.push(message) });
    expect(warnings).toEqual(["obsm/odd is left out: no such thing", "uns/odd is left out: no such thing"]);
    expect(await read(async ({ obsm }) => [...obsm.keys()])).toEqual(["good"]);
  });

  it("replaces a store whole, so that nothing stale is left", async () => {
    await write({ layers: { old: denseX() }, uns: { old: 1 } });
    await expect(write()).rejects.toEqual(failsWith("ALREADY_EXISTS"));
    await write({ uns: { new: 1 } }, { overwrite: true });
    expect(await read(async ({ layers, uns }) => [[...layers.keys()], await uns.keys()])).toEqual([[], ["new"]]);
  });

  it("leaves nothing behind when it is aborted half-way", async () => {
    const controller = new AbortController();
    const reason = new Error("stop");
    const aborted = write(
      {},
      {
        chunkRows: 4,
        memory: 2048,
        signal: controller.signal,
        onProgress: ({ done }) => done > 0 && controller.abort(reason),
      },
    );
    await expect(aborted).rejects.toBe(reason);
    expect(readdirSync(folder)).toEqual([]);
  });

  it("refuses codecs that it does not know", async () => {
    await expect(write({}, { codec: "lzma" })).rejects.toEqual(failsWith("INVALID_ARGUMENT"));
    expect(readdirSync(folder)).toEqual([]);
  });
});

describe("a damaged or hostile store", () => {
  const chunk = () => join(store, "X", readdirSync(join(store, "X")).find((name) => /^\d/.test(name))!);

  it("is CORRUPT where a chunk, an array or a table that we wrote is gone", async () => {
    await write({ layers: { counts: denseX() }, uns: { a: 1 } }, { chunkRows: 8 });
    for (const lost of [chunk(), join(store, "layers", "counts"), join(store, "uns", "a.pickle"), join(store, "X")]) {
      renameSync(lost, join(folder, "lost"));
      await expect(readX()).rejects.toEqual(failsWith("CORRUPT"));
      renameSync(join(folder, "lost"), lost);
    }
    expect(await readX()).toEqual(denseX());
  });

  it("is CORRUPT where a chunk is cut short", async () => {
    await write({}, { chunkRows: 8 });
    truncateSync(chunk(), 5);
    await expect(readX()).rejects.toEqual(failsWith("CORRUPT"));
  });

  it.each([
    ["not JSON", "{", "CORRUPT"],
    ["trailing bytes", (json: string) => `${json}x`, "CORRUPT"],
    ["a key twice", (json: string) => json.replace("{", '{"zarr_format":2,'), "CORRUPT"],
    ["deep nesting", "[".repeat(1e6), "CORRUPT"],
    ["a negative shape", { shape: [-1, 30] }, "CORRUPT"],
    ["a shape of half a row", { shape: [1.5, 30] }, "CORRUPT"],
    ["chunks of 0", { chunks: [0, 30] }, "CORRUPT"],
    ["a shape that does not fit obs", { shape: [2 ** 52, 30] }, "CORRUPT"],
    ["a huge chunk", { chunks: [2 ** 20, 2 ** 20] }, "LIMIT_EXCEEDED"],
    ["an overflowing chunk", { chunks: [2 ** 53 - 1, 2 ** 53 - 1] }, "LIMIT_EXCEEDED"],
    ["rank 100", { shape: new Array(100).fill(1), chunks: new Array(100).fill(1) }, "UNSUPPORTED"],
    ["objects", { dtype: "|O" }, "UNSUPPORTED"],
    ["filters", { filters: [{ id: "vlen-utf8" }, { id: "pickle" }] }, "UNSUPPORTED"],
    ["an unknown codec", { compressor: { id: "evil" } }, "UNSUPPORTED"],
  ] as const)("with metadata of %s is a typed error", async (_, change, code) => {
    await write();
    const path = join(store, "X", ".zarray");
    const json = readFileSync(path, "utf8");
    writeFileSync(
      path,
      typeof change === "string"
        ? change
        : typeof change === "function"
          ? change(json)
          : JSON.stringify({ ...JSON.parse(json), ...change }),
    );
    await expect(readX()).rejects.toEqual(failsWith(code));
  });

  it("is UNSAFE_PATH where an element is a link to the outside", async () => {
    await write({ layers: { counts: denseX() } });
    renameSync(join(store, "X"), join(folder, "outside"));
    symlinkSync(join(folder, "outside"), join(store, "X"));
    await expect(openAnnData(store)).rejects.toEqual(failsWith("UNSAFE_PATH"));
    rmSync(join(store, "X"));
    renameSync(join(folder, "outside"), join(store, "X"));
    renameSync(join(store, "obs.parquet"), join(folder, "outside"));
    symlinkSync(join(folder, "outside"), join(store, "obs.parquet"));
    await expect(openAnnData(store)).rejects.toEqual(failsWith("UNSAFE_PATH"));
  });

  it("fails alone for a pickle that is code, and runs nothing", async () => {
    const proof = join(folder, "proof");
    await write({ uns: { good: 1 } });
    writeFileSync(join(store, "uns", "evil.pickle"), `cos\nsystem\n(S'touch ${proof}'\ntR.`);
    await read(async ({ uns }) => {
      expect(await uns.keys()).toEqual(["evil", "good"]);
      await expect(uns.get("evil")).rejects.toEqual(failsWith("UNSUPPORTED"));
      expect(await (await uns.get("good"))!.read()).toEqual(1);
    });
    expect(existsSync(proof)).toBe(false);
  });

  it("fails alone for a member of obsm that holds no numbers", async () => {
    await write({ obsm: { good: denseX(), bad: denseX() } });
    const path = join(store, "obsm", "bad", ".zarray");
    writeFileSync(path, JSON.stringify({ ...JSON.parse(readFileSync(path, "utf8")), dtype: "<M8[ns]" }));
    await read(async ({ obsm }) => {
      await expect(obsm.get("bad")!.read()).rejects.toEqual(failsWith("UNSUPPORTED"));
      expect(await obsm.get("good")!.read()).toEqual(denseX());
    });
  });
});

describe("openAnnData", () => {
  it("names a missing path, and formats that are not read", async () => {
    await expect(openAnnData(store)).rejects.toEqual(failsWith("NOT_FOUND"));
    mkdirSync(store);
    await expect(openAnnData(store)).rejects.toEqual(failsWith("UNSUPPORTED"));
    await expect(openAnnData(store)).rejects.toThrow("Supported are");
    writeFileSync(join(store, ".zgroup"), '{"zarr_format":2}');
    await expect(openAnnData(store)).rejects.toEqual(failsWith("UNSUPPORTED"));
    const file = join(folder, "text.txt");
    writeFileSync(file, "no data");
    await expect(openAnnData(file)).rejects.toEqual(failsWith("UNSUPPORTED"));
  });

  it("gives a store whose reads fail with CLOSED once it is closed", async () => {
    await write();
    const opened = await openAnnData(store);
    await opened.close();
    await opened.close();
    await expect(opened.elements.X!.read()).rejects.toEqual(failsWith("CLOSED"));
  });

  it("gives a store whose reads are STALE once another one took its place, never a mixture", async () => {
    await write({ uns: { a: 1 }, layers: { counts: denseX() } });
    const opened = await openAnnData(store);
    expect(await opened.elements.X!.read()).toEqual(denseX());
    await write({ uns: { a: 2 } }, { overwrite: true });
    await expect(opened.elements.X!.read()).rejects.toEqual(failsWith("STALE"));
    await expect(opened.elements.obs.read()).rejects.toEqual(failsWith("STALE"));
    await expect(opened.elements.uns.get("a")).rejects.toEqual(failsWith("STALE"));
    await expect(opened.elements.layers.get("counts")!.read()).rejects.toEqual(
      expect.objectContaining({ name: "AtsError" }),
    );
    await opened.close();
  });

  it("finishes what a killed replacement left", async () => {
    await write({ uns: { generation: "new" } });
    const staging = ".a.ats.staging-0123456789abcdef";
    renameSync(store, join(folder, staging));
    writeFileSync(join(folder, ".a.ats.intent"), JSON.stringify({ staging, old: ".a.ats.old-0123456789abcdef" }));
    expect(await read(({ uns }) => uns.read())).toEqual({ generation: "new" });
    expect(readdirSync(folder)).toEqual(["a.ats"]);
  });
});
