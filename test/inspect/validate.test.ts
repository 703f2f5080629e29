import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { AnnData, Categorical, CsrMatrix, StringArray, validate, write } from "../../src/index.js";

const FIXTURES = fileURLToPath(new URL("../fixtures/h5ad", import.meta.url));
const REAL = readdirSync(FIXTURES).filter((name) => name.endsWith(".h5ad"));

const folder = mkdtempSync(join(tmpdir(), "ats-validate-"));
const good = join(folder, "good.ats");
const store = join(folder, "store.ats");

beforeAll(async () => {
  const X = new CsrMatrix("float32", [2, 3], Float32Array.of(1, 2), Int32Array.of(0, 2), Int32Array.of(0, 1, 2));
  const adata = AnnData.fromMemory({
    X,
    obs: { kind: ["a", "b"] },
    obsNames: ["c1", "c2"],
    varNames: ["g1", "g2", "g3"],
    layers: { plain: await X.toDense() },
  });
  await write(adata, good, { x: "keep" });
});
beforeEach(() => cpSync(good, store, { recursive: true }));
afterEach(() => rmSync(store, { recursive: true }));
afterAll(() => rmSync(folder, { recursive: true }));

async function findings(deep: boolean, path = store): Promise<string[]> {
  const report = await validate(path, { deep });
  expect(report.valid).toBe(report.findings.length === 0);
  return report.findings.map(({ path: at, code }) => `${code} ${at}`);
}

function chunkOf(array: string): string {
  return join(store, array, "0".concat(array === "layers/plain" ? ".0" : ""));
}

describe("validate", () => {
  it.each(REAL)("finds nothing wrong with %s", async (name) => {
    expect(await findings(true, join(FIXTURES, name))).toEqual([]);
  });

  it("finds nothing wrong with a store of ours", async () => {
    expect(await findings(true)).toEqual([]);
  });

  it("finds a flipped byte by its checksum, when deep", async () => {
    const chunk = chunkOf("layers/plain");
    const bytes = readFileSync(chunk);
    bytes[bytes.length - 1] = (bytes.at(-1) as number) ^ 1;
    writeFileSync(chunk, bytes);
    expect(await findings(false)).toEqual([]);
    expect(await findings(true)).toContain("CORRUPT layers/plain/0.0");
  });

  it("finds a file that is gone or cut", async () => {
    rmSync(chunkOf("layers/plain"));
    truncateSync(join(store, "obs.parquet"), 100);
    const found = await findings(false);
    expect(found).toContain("CORRUPT layers/plain/0.0");
    expect(found).toContain("CORRUPT obs.parquet");
  });

  it("finds damaged metadata", async () => {
    writeFileSync(join(store, "layers/plain/.zarray"), "{");
    expect((await findings(false)).some((line) => line.startsWith("CORRUPT"))).toBe(true);
  });

  it("finds indices outside a sparse matrix, when deep, and goes on with the other elements", async () => {
    rmSync(join(store, "ats-manifest.json"));
    const matrix = join(store, "X/indices");
    writeFileSync(
      join(matrix, ".zarray"),
      readFileSync(join(matrix, ".zarray"), "utf8").replace(/"compressor":(\{[^}]*\}|null)/, '"compressor":null'),
    );
    writeFileSync(join(matrix, "0"), Buffer.from(Int32Array.of(0, 9).buffer));
    rmSync(chunkOf("layers/plain"));
    writeFileSync(chunkOf("layers/plain"), "no chunk");
    expect(await findings(false)).toEqual([]);
    expect(await findings(true)).toEqual(["CORRUPT X", "CORRUPT layers/plain"]);
  });

  it("finds categories that repeat, when deep", async () => {
    const kind = new Categorical(Int8Array.of(0, 1), new StringArray(["a", "a"]));
    const adata = AnnData.fromMemory({ obs: { kind }, obsNames: ["c1", "c2"], varNames: [] });
    const path = join(folder, "categories.zarr");
    await write(adata, path, { zarrFormat: 2 });
    expect(await findings(true, path)).toEqual(["CORRUPT obs/kind"]);
  });

  it("rejects where there is no store, and when it is aborted", async () => {
    await expect(validate(join(folder, "none.ats"))).rejects.toMatchObject({ code: "NOT_FOUND" });
    const reason = new Error("enough");
    await expect(validate(store, { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
  });
});
