import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { AnnData, Categorical, CsrMatrix, type MatrixHandle, open, StringArray, write } from "../../src/index.js";
import { TARGETS } from "./anndata-targets.js";
import { type FileServer, serveFiles } from "./file-server.js";
import { type DataSource, type LoaderParameters, loadVitessce } from "./vitessce.js";

const CELLS = 60;
const GENES = 11;

/** Counts in every third cell or so, as CSR; some cells and some genes have none. */
function counts(): CsrMatrix {
  const indices: number[] = [];
  const indptr = [0];
  for (let cell = 0; cell < CELLS; cell++) {
    for (let gene = cell % 4; gene < GENES - 1 && cell % 7 !== 2; gene += 3) indices.push(gene);
    indptr.push(indices.length);
  }
  const data = Float32Array.from(indices, (gene, i) => gene + i / 4 + 0.5);
  return new CsrMatrix("float32", [CELLS, GENES], data, Int32Array.from(indices), Int32Array.from(indptr));
}

async function sample(): Promise<AnnData> {
  const each = <T>(make: (i: number) => T) => Array.from({ length: CELLS }, (_, i) => make(i));
  const csr = counts();
  return AnnData.fromMemory({
    X: csr,
    obsNames: each((i) => `cell-${i}`),
    varNames: Array.from({ length: GENES }, (_, i) => `gène ${i}`),
    obs: {
      kind: new Categorical(Int8Array.from(each((i) => i % 3)), new StringArray(["T cell", "β cell", "NK"])),
      batch: each((i) => `batch ${i % 5}`),
      n_counts: Int32Array.from(each((i) => i * 17 - 5)),
      wide: BigInt64Array.from(each((i) => BigInt(i) * 1000n)),
      score: Float32Array.from(each((i) => i / 8 - 2)),
    },
    layers: { columns: await csr.toCsc(), dense: await csr.toDense() },
    obsm: { X_umap: { data: Float32Array.from(each((i) => [i / 2, -i]).flat()), shape: [CELLS, 2] } },
  });
}

const vitessce = await loadVitessce();

/** The forms of Zarr: as directories and, for its last, a zip archive. */
const forms = TARGETS.filter(({ suffix }) => suffix.startsWith(".zarr"));

describe.each(forms)("a store that we write as $name, in Vitessce", ({ name, suffix, options }) => {
  let folder: string;
  let server: FileServer;
  let ours: AnnData;
  let source: DataSource;
  let parameters: Omit<LoaderParameters, "options">;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "ats-vitessce-"));
    const path = join(folder, `${name}${suffix}`);
    await write(await sample(), path, { ...options, x: "keep", format: "zarr" });
    ours = await open(path);
    server = await serveFiles(folder);
    const fileType = `anndata${suffix}`;
    parameters = { url: `${server.url}/${name}${suffix}`, fileType };
    source = new vitessce.AnnDataSource(parameters);
  });

  afterAll(async () => {
    await ours?.close();
    await server?.close();
    await rm(folder, { recursive: true, force: true });
  });

  it("has the same names of cells and genes", async () => {
    expect(await source.loadObsIndex()).toEqual(await ours.obs.names());
    expect(await source.loadVarIndex()).toEqual(await ours.var.names());
  });

  it.each(["kind", "batch", "n_counts", "wide", "score"])("has the same column %s", async (column) => {
    const [found] = await source.loadObsColumns([`obs/${column}`]);
    const values = await ours.obs.column(column);
    expect(found).toEqual(Array.from(values as ArrayLike<unknown>, String));
  });

  it("has the same columns of numbers, as numbers", async () => {
    for (const column of ["n_counts", "score"]) {
      const { data } = await source.loadNumeric(`obs/${column}`);
      expect([...(data as Float32Array)]).toEqual([...((await ours.obs.column(column)) as Float32Array)]);
    }
  });

  it("has the same categories, and the cells of each", async () => {
    const { columns } = await ours.obs.readFrame({ columns: ["kind"] });
    const kind = columns.get("kind") as Categorical;
    const codes = await source.loadObsColumnCodes("obs/kind");
    if (codes === null) throw new Error("Vitessce sees no categories");
    expect([...(codes.codes as Int8Array)]).toEqual([...kind.codes]);
    expect(codes.categories).toEqual([...(kind.categories as StringArray).values]);
    const obsSets = [{ name: "Kind", path: "obs/kind" }];
    const { data } = await new vitessce.ObsSetsAnndataLoader(source, { ...parameters, options: { obsSets } }).load();
    const names = await ours.obs.names();
    const [tree] = data.obsSets.tree;
    expect(tree?.name).toBe("Kind");
    expect(tree?.children.map((group) => group.name).sort()).toEqual([...codes.categories].sort());
    for (const group of tree?.children ?? []) {
      const code = codes.categories.indexOf(group.name);
      expect(group.set.map(([cell]) => cell)).toEqual(names.filter((_, i) => kind.codes[i] === code));
    }
  });

  it("has the same embedding", async () => {
    const loader = new vitessce.ObsEmbeddingAnndataLoader(source, { ...parameters, options: { path: "obsm/X_umap" } });
    const { data } = await loader.load();
    const own = await ours.obsm.get("X_umap").read();
    expect(data.obsIndex).toEqual(await ours.obs.names());
    const [x, y] = data.obsEmbedding.data;
    const pairs = Array.from(x as Float32Array, (value, i) => [value, y?.[i]]).flat();
    expect(pairs).toEqual([...(own as { data: Float32Array }).data]);
  });

  it.each([
    ["X", "csr"],
    ["layers/columns", "csc"],
    ["layers/dense", null],
  ])("has the same %s, whole and by genes", async (path, kind) => {
    const loader = new vitessce.ObsFeatureMatrixAnndataLoader(source, { ...parameters, options: { path } });
    const handle = (path === "X" ? ours.X : ours.layers.get(path.slice("layers/".length))) as MatrixHandle;
    expect(handle.sparse).toBe(kind);
    const dense = await (await handle.read()).toDense();
    const values = [...(dense.data as Float32Array)];
    const genes = await ours.var.names();
    const { data } = await loader.load();
    expect(data.featureIndex).toEqual(genes);
    expect([...(data.obsFeatureMatrix.data as Float32Array)]).toEqual(values);
    const selection = [genes[7], genes[0], genes[GENES - 1]] as string[];
    const chosen = await loader.loadGeneSelection({ selection });
    selection.forEach((gene, i) => {
      const column = values.filter((_, at) => at % GENES === genes.indexOf(gene));
      expect([...(chosen.data[i] as Float32Array)], gene).toEqual(column);
    });
  });
});
