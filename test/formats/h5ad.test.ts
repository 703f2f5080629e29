import { execFile } from "node:child_process";
import { copyFile, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Categorical } from "../../src/elements/categorical.js";
import { DenseArray } from "../../src/elements/dense.js";
import type { LazyElement } from "../../src/elements/lazy.js";
import type { SparseMatrix } from "../../src/elements/sparse.js";
import type { StringArray } from "../../src/elements/strings.js";
import { openH5ad } from "../../src/formats/h5ad.js";
import type { OpenedAnnData } from "../../src/formats/types.js";
import { writeAnnData } from "../../src/formats/write.js";
import { AnnData } from "../../src/index.js";

const FIXTURES = fileURLToPath(new URL("../fixtures/h5ad", import.meta.url));
const PBMC = join(FIXTURES, "10x_pbmc68k_reduced.h5ad");

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "ats-h5ad-"));
});

afterAll(() => rm(folder, { recursive: true }));

async function withOpen<T>(path: string, use: (opened: OpenedAnnData) => Promise<T>): Promise<T> {
  const opened = await openH5ad(path);
  try {
    return await use(opened);
  } finally {
    await opened.close();
  }
}

describe("the file of structured arrays", () => {
  let opened: OpenedAnnData;

  beforeAll(async () => {
    opened = await openH5ad(PBMC);
  });

  afterAll(() => opened.close());

  it("has frames, matrices and raw where today's files have them", () => {
    const { shape, X, obs, obsm, varm, obsp, raw } = opened.elements;
    expect([opened.format, opened.version, opened.location, shape]).toEqual(["h5ad", null, PBMC, [700, 765]]);
    expect(X?.info).toMatchObject({ encoding: "array", dtype: "float32", layout: { chunks: [44, 96], codec: "gzip" } });
    expect([obs.indexName, obs.columnNames[0], obs.length]).toEqual(["index", "bulk_labels", 700]);
    expect([[...obsm.keys()], [...varm.keys()], [...obsp.keys()]]).toEqual([
      ["X_pca", "X_umap"],
      ["PCs"],
      ["distances", "connectivities"],
    ]);
    expect(obsm.get("X_pca")).toMatchObject({ shape: [700, 50], dtype: "float32" });
    expect(raw?.X).toMatchObject({ sparse: "csr", shape: [700, 765] });
  });

  it("restores categories from uns, for whole frames, some rows and single columns", async () => {
    const { obs } = opened.elements;
    const rows = { kind: "positions", positions: Int32Array.of(699, 0, 0), count: 3 } as const;
    const all = (await obs.readFrame(["louvain"])).columns.get("louvain") as Categorical;
    const some = (await obs.readFrame(["louvain"], rows)).columns.get("louvain") as Categorical;
    const alone = (await (await obs.column!("louvain")).read([rows])) as Categorical;
    expect((all.categories as StringArray).values.length).toBe(11);
    expect([...some.codes]).toEqual([all.codes[699], all.codes[0], all.codes[0]]);
    expect([...alone.codes]).toEqual([...some.codes]);
    expect((await obs.readFrame(["n_genes"])).columns.get("n_genes")).not.toBeInstanceOf(Categorical);
  });

  it("shows uns without what was moved elsewhere", async () => {
    const { uns } = opened.elements;
    const keys = await uns.keys();
    expect(keys.filter((key) => key.endsWith("_categories"))).toEqual([]);
    expect(await uns.get("louvain_categories")).toBeUndefined();
    const neighbors = await uns.get("neighbors");
    expect(neighbors?.kind === "lazy-dict" && (await neighbors.keys())).toEqual(["params"]);
  });

  it("reads rows and columns of X as the whole has them", async () => {
    const X = opened.elements.X!;
    const whole = (await X.read()) as DenseArray;
    const rows = { kind: "range", start: 699, step: -50, count: 14 } as const;
    const columns = { kind: "positions", positions: Int32Array.of(764, 3, 3, 100), count: 4 } as const;
    const part = (await X.read([rows, columns])) as DenseArray;
    const expected = Array.from({ length: 56 }, (_, i) => {
      return whole.data[(699 - 50 * Math.floor(i / 4)) * 765 + columns.positions[i % 4]!];
    });
    expect([...part.data]).toEqual(expected);
  });

  it("reads rows and columns of a sparse matrix as the whole has them", async () => {
    const X = opened.elements.raw!.X!;
    const toDense = (matrix: SparseMatrix) => {
      const dense = new Float64Array(matrix.shape[0] * matrix.shape[1]);
      for (let row = 0; row < matrix.shape[0]; row++) {
        for (let at = Number(matrix.indptr[row]); at < Number(matrix.indptr[row + 1]); at++) {
          dense[row * matrix.shape[1] + Number(matrix.indices[at])]! += Number(matrix.data[at]);
        }
      }
      return dense;
    };
    const whole = toDense((await X.read()) as SparseMatrix);
    const rows = { kind: "positions", positions: Int32Array.of(5, 699, 5, 0, 300, 301, 302), count: 7 } as const;
    const columns = { kind: "range", start: 764, step: -7, count: 100 } as const;
    const byRows = toDense((await X.read([rows])) as SparseMatrix);
    expect([...byRows]).toEqual([...rows.positions].flatMap((row) => [...whole.subarray(row * 765, (row + 1) * 765)]));
    const byBoth = toDense((await X.read([rows, columns])) as SparseMatrix);
    const expected = [...rows.positions].flatMap((row) =>
      Array.from({ length: 100 }, (_, i) => whole[row * 765 + 764 - 7 * i]),
    );
    expect([...byBoth]).toEqual(expected);
    const none = (await X.read([{ kind: "positions", positions: new Int32Array(0), count: 0 }])) as SparseMatrix;
    expect([none.shape, none.nnz, [...none.indptr]]).toEqual([[0, 765], 0, [0]]);
  });

  it("keeps the event loop free while it reads", async () => {
    // So large that a read is decoding and nothing else.
    const [rows, columns] = [2000, 2000];
    const X = new DenseArray(
      "float32",
      [rows, columns],
      Float32Array.from({ length: rows * columns }, (_, i) => i % 977),
    );
    const path = join(folder, "large.h5ad");
    await writeAnnData(AnnData.fromMemory({ X }).elements, path, "h5ad", { codec: "gzip:1", durability: "none" });
    await withOpen(path, async (large) => {
      const before = performance.eventLoopUtilization();
      for (let i = 0; i < 5; i++) await large.elements.X!.read();
      const { active, idle, utilization } = performance.eventLoopUtilization(before);
      expect(utilization, `${active} ms of ${active + idle}`).toBeLessThan(0.5);
    });
  });

  it("stops a read with the signal's reason", async () => {
    const stop = new AbortController();
    const reading = opened.elements.X!.read([], { signal: stop.signal });
    stop.abort(new Error("enough"));
    await expect(reading).rejects.toThrow("enough");
    expect((await opened.elements.X!.read()) as DenseArray).toMatchObject({ shape: [700, 765] });
  });
});

describe("an open file", () => {
  it("fails with CLOSED once it is closed, however often", async () => {
    const opened = await openH5ad(PBMC);
    await opened.close();
    await opened.close();
    await expect(opened.elements.X!.read()).rejects.toMatchObject({ code: "CLOSED", path: PBMC });
  });

  it("does not keep the process alive", async () => {
    const script = fileURLToPath(new URL("./h5ad-exit.mjs", import.meta.url));
    const { stdout } = await promisify(execFile)(process.execPath, [script, PBMC], { timeout: 30_000 });
    expect(stdout).toBe("700 765\n");
  });

  it("goes on being read when its name is given to another", async () => {
    const path = join(folder, "replaced.h5ad");
    await copyFile(PBMC, path);
    await withOpen(path, async ({ elements }) => {
      await rm(path);
      await writeFile(path, "something else");
      expect((await elements.X!.read()) as DenseArray).toMatchObject({ shape: [700, 765] });
    });
  });
});

describe("what is no h5ad file", () => {
  it.each([
    ["nothing", "NOT_FOUND", async () => undefined],
    ["an empty file", "CORRUPT", (path: string) => writeFile(path, "")],
    ["text", "CORRUPT", (path: string) => writeFile(path, "x".repeat(10_000))],
    ["a folder", "INVALID_ARGUMENT", (path: string) => mkdir(path)],
    ["a FIFO", "UNSAFE_PATH", (path: string) => promisify(execFile)("mkfifo", [path])],
    ["a link in a circle", "UNSAFE_PATH", (path: string) => symlink(path, path)],
    ["another HDF5 file", "UNSUPPORTED", (path: string) => copyFile(join(FIXTURES, "odd-types.h5"), path)],
  ])("%s is %s", async (name, code, make) => {
    const path = join(folder, name);
    await make(path);
    const started = performance.now();
    await expect(openH5ad(path)).rejects.toMatchObject({ name: "AtsError", code });
    if (code === "UNSAFE_PATH") expect(performance.now() - started).toBeLessThan(1000);
  });

  it("a socket is UNSAFE_PATH", async () => {
    const path = join(folder, "socket");
    const server = createServer().listen(path);
    await new Promise((resolve) => server.once("listening", resolve));
    await expect(openH5ad(path)).rejects.toMatchObject({ code: "UNSAFE_PATH" });
    await new Promise((resolve) => server.close(resolve));
  });
});

describe("a damaged file", () => {
  const TYPED = new Set(["CORRUPT", "UNSUPPORTED", "LIMIT_EXCEEDED", "UNSAFE_PATH"]);

  /** Opens `bytes` and reads every element; the codes of all failures, which must be typed. */
  async function failures(bytes: Uint8Array): Promise<string[]> {
    const path = join(folder, "damaged.h5ad");
    await writeFile(path, bytes);
    const codes: string[] = [];
    const note = (error: unknown) => codes.push((error as { code?: string }).code ?? String(error));
    try {
      await withOpen(path, async ({ elements: e }) => {
        const all: (LazyElement | null | undefined)[] = [e.X, e.obs, e.var, e.uns, e.raw?.X, e.raw?.var];
        for (const map of [e.layers, e.obsm, e.varm, e.obsp, e.varp]) all.push(...map.values());
        for (const element of all) await element?.read().catch(note);
      });
    } catch (error) {
      note(error);
    }
    return codes;
  }

  it("gives typed errors wherever it is cut", async () => {
    const bytes = await readFile(join(FIXTURES, "anndata-v0.11.4.h5ad"));
    for (const share of [0.01, 0.2, 0.5, 0.8, 0.99]) {
      const codes = await failures(bytes.subarray(0, Math.floor(bytes.length * share)));
      expect(codes.length).toBeGreaterThan(0);
      for (const code of codes) expect(TYPED).toContain(code);
    }
  });

  it("gives typed errors or values whichever bit is flipped, and the next file opens", async () => {
    const bytes = await readFile(join(FIXTURES, "anndata-v0.11.4.h5ad"));
    let seed = 20261123;
    const random = (below: number) => {
      seed = (Math.imul(seed, 1103515245) + 12345) & 0x7fffffff;
      return seed % below;
    };
    let failed = 0;
    for (let i = 0; i < 12; i++) {
      const mutant = Uint8Array.from(bytes);
      for (let flips = 0; flips < 4; flips++) mutant[random(bytes.length)]! ^= 1 << random(8);
      const codes = await failures(mutant);
      for (const code of codes) expect(TYPED).toContain(code);
      if (codes.length > 0) failed += 1;
    }
    expect(failed).toBeGreaterThan(0);
    expect(await failures(bytes)).toEqual([]);
  }, 120_000);

  it("whose chunk is damaged names the element, and the rest reads", async () => {
    const bytes = await readFile(PBMC);
    const path = join(folder, "chunk.h5ad");
    // The deflate stream of a chunk of X starts with 78 5e; all of them lie behind the header.
    const at = bytes.indexOf(Buffer.from([0x78, 0x5e]), 200_000);
    bytes.fill(0xaa, at + 20, at + 60);
    await writeFile(path, bytes);
    await withOpen(path, async ({ elements: e }) => {
      const outcomes = await Promise.allSettled([e.X, e.obs, e.var, e.uns, e.raw?.X].map((element) => element?.read()));
      const failed = outcomes.filter((outcome) => outcome.status === "rejected");
      expect(failed.map(({ reason }) => reason.code)).toEqual(["CORRUPT"]);
      expect(failed[0]?.reason.path).toContain(`${path}/`);
    });
  });
});
