import { mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { gzip } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { CsrMatrix, convert, open } from "../../src/index.js";

/** More entries than are kept in memory, in several blocks of text. */
const CELLS = 30_000;
const GENES = 200;
const PER_CELL = 80;

let folder: string;
const at = (name: string) => join(folder, name);

const geneOf = (cell: number, k: number) => (k * 7 + cell) % GENES;
const numberOf = (cell: number, k: number) => ((cell * 31 + k) % 9) + (k === 0 ? 0.5 : 0);

/** The cells that have entries, in the order of the file. */
const order = (shuffled: boolean) => {
  const cells = Array.from({ length: CELLS }, (_, i) => (shuffled ? (i * 7919) % CELLS : i));
  return cells.filter((cell) => cell % 13 !== 5);
};

async function make(name: string, shuffled: boolean, packed: boolean): Promise<void> {
  await mkdir(at(name));
  const lines: string[] = [];
  const cells = order(shuffled);
  for (let k = 0; k < PER_CELL; k++) {
    // Shuffled: by k, then by cell, so that each block has all cells.
    if (shuffled) for (const cell of cells) lines.push(`${geneOf(cell, k) + 1} ${cell + 1} ${numberOf(cell, k)}`);
  }
  if (!shuffled) {
    for (const cell of cells)
      for (let k = 0; k < PER_CELL; k++) lines.push(`${geneOf(cell, k) + 1} ${cell + 1} ${numberOf(cell, k)}`);
  }
  const head = `%%MatrixMarket matrix coordinate real general\n% a comment\n${GENES} ${CELLS} ${lines.length}\n`;
  const text = `${head}${lines.join("\n")}\n`;
  const put = async (file: string, content: string) =>
    packed
      ? writeFile(join(at(name), `${file}.gz`), await promisify(gzip)(content, { level: 1 }))
      : writeFile(join(at(name), file), content);
  await put("matrix.mtx", text);
  await put("barcodes.tsv", Array.from({ length: CELLS }, (_, i) => `cell${i}\n`).join(""));
  await put("features.tsv", Array.from({ length: GENES }, (_, i) => `id${i}\tgene${i}\tGene Expression\n`).join(""));
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "ats-mtx-"));
  await make("sorted", false, true);
  await make("shuffled", true, false);
}, 60_000);
afterAll(() => rm(folder, { recursive: true }));

/** The asked rows as they should be, entries of a row in the order of k. */
function expected(cells: readonly number[]): CsrMatrix {
  const rows = cells.map((cell) =>
    cell % 13 === 5 ? [] : Array.from({ length: PER_CELL }, (_, k) => [cell, k] as const),
  );
  const entries = rows.flat();
  const indptr = new Int32Array(cells.length + 1);
  for (const [i, row] of rows.entries()) indptr[i + 1] = (indptr[i] as number) + row.length;
  return new CsrMatrix(
    "float32",
    [cells.length, GENES],
    Float32Array.from(entries, ([cell, k]) => numberOf(cell, k)),
    Int32Array.from(entries, ([cell, k]) => geneOf(cell, k)),
    indptr,
  );
}

/** How many files this process has open; 0 where the system does not tell. */
const openFiles = async () => (await readdir("/proc/self/fd").catch(() => [])).length;

/** Compares memory: millions of values are too many for the matcher. */
function expectSame(found: unknown, { shape, data, indices, indptr }: CsrMatrix): void {
  const matrix = found as CsrMatrix;
  expect([matrix.kind, matrix.dtype, matrix.shape]).toEqual(["csr", "float32", shape]);
  const same = (a: ArrayBufferView, b: ArrayBufferView) =>
    Buffer.from(a.buffer, a.byteOffset, a.byteLength).equals(Buffer.from(b.buffer, b.byteOffset, b.byteLength));
  expect([same(matrix.indptr, indptr), same(matrix.indices, indices), same(matrix.data, data)]).toEqual([
    true,
    true,
    true,
  ]);
}

describe.each(["sorted", "shuffled"])("a large Matrix Market directory, %s", (name) => {
  it("gives whole matrices, ranges and scattered rows", async () => {
    const adata = await open(at(name));
    try {
      expect(adata.X.info).toMatchObject({ dtype: "float32", shape: [CELLS, GENES] });
      expectSame(await adata.X.read(), expected(Array.from({ length: CELLS }, (_, i) => i)));
      const range = Array.from({ length: 100 }, (_, i) => 9_990 + i);
      expectSame(await adata.select({ obs: { start: 9_990, stop: 10_090 } }).X.read(), expected(range));
      const scattered = [29_999, 3, 4, 3, 15_000, 15_001, 15_070, 5];
      expectSame(await adata.select({ obs: scattered }).X.read(), expected(scattered));
      expectSame(await adata.select({ obs: [] }).X.read(), expected([]));
      const genes = (await adata.select({ obs: [7, 6], var: [3, 1] }).X.read()) as CsrMatrix;
      const dense = await expected([7, 6]).toDense();
      const wanted = [0, 1].flatMap((row) => [3, 1].map((gene) => dense.data[row * GENES + gene]));
      expect([...(await genes.toDense()).data]).toEqual(wanted);
    } finally {
      await adata.close();
    }
  });

  it("converts, whole and in part", async () => {
    await convert(at(name), at(`${name}.zarr`), { memory: "8MiB", dtype: "narrowest" });
    const view = (all: Awaited<ReturnType<typeof open>>) => all.select({ obs: { start: 100, stop: 20_000, step: 3 } });
    await convert(at(name), at(`${name}.h5ad`), { memory: "8MiB", view });
    const whole = await open(at(`${name}.zarr`));
    const part = await open(at(`${name}.h5ad`));
    try {
      expectSame(await whole.X.read(), expected(Array.from({ length: CELLS }, (_, i) => i)));
      expectSame(await part.X.read(), expected(Array.from({ length: 6634 }, (_, i) => 100 + 3 * i)));
    } finally {
      await Promise.all([whole.close(), part.close()]);
    }
  });

  it("serves one reader where another one stops, and ends with its store", async () => {
    const open0 = await openFiles();
    const adata = await open(at(name));
    const stop = new AbortController();
    const stopped = adata.X.read({ signal: stop.signal });
    const served = adata.select({ obs: [8] }).X.read();
    const late = new AbortController();
    setTimeout(() => stop.abort(new Error("enough")), 10);
    await expect(stopped).rejects.toThrow("enough");
    const second = adata.X.read({ signal: late.signal });
    late.abort(new Error("enough too"));
    await expect(second).rejects.toThrow("enough too");
    expectSame(await served, expected([8]));
    await adata.close();
    const other = await open(at(name));
    const pending = other.X.read();
    pending.catch(() => undefined);
    await other.close();
    await expect(pending).rejects.toMatchObject({ code: "CLOSED" });
    await expect(other.X.read()).rejects.toMatchObject({ code: "CLOSED" });
    // A stream gives its file back a moment later.
    await expect.poll(openFiles).toBe(open0);
  });

  it("stops with its signal, and reads again after it", async () => {
    const adata = await open(at(name));
    try {
      const stop = new AbortController();
      const reading = adata.X.read({ signal: stop.signal });
      setTimeout(() => stop.abort(new Error("enough")), 20);
      await expect(reading).rejects.toThrow("enough");
      expectSame(await adata.select({ obs: [8] }).X.read(), expected([8]));
    } finally {
      await adata.close();
    }
  });
});

describe("a damaged large file", () => {
  it.each([
    ["a bad line", "3 x 1", /line 2400004 is no entry\./],
    ["an index outside", "1 30001 1", /line 2400004 lies outside the matrix\./],
    ["no value", "1 1", /line 2400004 has no integer value\./],
    ["too few entries", "", /ends after 2400000 of 2400001 entries\./],
    ["too many entries", "1 1 1\n1 1 1", /line 2400005 is one entry too many\./],
  ])("with %s is refused by its line, and leaves nothing", async (what, last, message) => {
    const path = at(`damaged ${what}`);
    await mkdir(path);
    const text = `%%MatrixMarket matrix coordinate integer general\n%\n200 30000 2400001\n${"1 1 1\n".repeat(2_400_000)}${last}\n`;
    await writeFile(join(path, "matrix.mtx"), text);
    await writeFile(join(path, "barcodes.tsv"), Array.from({ length: CELLS }, (_, i) => `cell${i}\n`).join(""));
    await writeFile(join(path, "genes.tsv"), Array.from({ length: GENES }, (_, i) => `id${i}\tgene${i}\n`).join(""));
    const before = await readdir(folder);
    await expect(convert(path, at("never.zarr"))).rejects.toMatchObject({
      code: "CORRUPT",
      message: expect.stringMatching(message),
    });
    expect(await readdir(folder)).toEqual(before);
  });
});
