/** `.ats` stores through the public API. */
import { readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { AnnData, CsrMatrix, DenseArray, open, write } from "../../dist/index.js";
import { ofArray, ofColumn } from "./digest.mjs";

async function prepareLoad({ rows, genes }) {
  const list = async (path) => (path === undefined ? undefined : JSON.parse(await readFile(path, "utf8")));
  return { obs: await list(rows), var: await list(genes) };
}

async function load({ path }, selection) {
  const adata = await open(path);
  try {
    return await adata.select(selection).load();
  } finally {
    await adata.close();
  }
}

async function digestOf(adata) {
  const digest = { X: ofArray(await adata.X.read()) };
  for (const name of ["layers", "obsm", "varm"]) {
    for (const [key, member] of adata[name]) digest[`${name}/${key}`] = ofArray(await member.read());
  }
  return { ...digest, ...(await tableDigest("obs", adata.obs)), ...(await tableDigest("var", adata.var)) };
}

async function tableDigest(name, table) {
  const digest = { [`${name}/index`]: ofColumn(await table.names()) };
  for (const column of table.columnNames) digest[`${name}/${column}`] = ofColumn(await table.column(column));
  return digest;
}

async function bytesOf(folder, name) {
  const bytes = await readFile(join(folder, "parts", name));
  return bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength);
}

async function prepareSave({ folder }) {
  const store = await open(join(folder, "store.ats"));
  const [obs, variables] = [await store.obs.read(), await store.var.read()];
  const [n, m] = store.shape;
  await store.close();
  const [data, indices, indptr] = [
    new Float32Array(await bytesOf(folder, "data")),
    new Int32Array(await bytesOf(folder, "indices")),
    new Int32Array(await bytesOf(folder, "indptr")),
  ];
  const csr = (values) => new CsrMatrix("float32", [n, m], values, indices, indptr);
  const dense = async (rows, name) =>
    new DenseArray("float32", [rows, 50], new Float32Array(await bytesOf(folder, name)));
  return AnnData.fromMemory({
    X: csr(data),
    obs,
    var: variables,
    obsm: { X_pca: await dense(n, "pca") },
    varm: { PCs: await dense(m, "pcs") },
    layers: { counts: csr(data.slice()) },
    uns: { log1p: { base: 2.0 } },
  });
}

export const atsOperations = {
  "ats.load": { prepare: prepareLoad, run: load, digest: digestOf },
  "ats.save": {
    prepare: prepareSave,
    reset: ({ out }) => rm(out, { recursive: true, force: true }),
    run: ({ out, durability }, adata) => write(adata, out, { format: "ats", durability }),
    digest: () => ({}),
  },
};
