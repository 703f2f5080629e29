/** Sparse X through the public API. */
import { readFile } from "node:fs/promises";
import { open, write } from "../../dist/index.js";
import { ofSparse } from "./digest.mjs";

async function prepare({ rows, genes }) {
  const list = async (path) => (path === undefined ? undefined : JSON.parse(await readFile(path, "utf8")));
  return { obs: await list(rows), var: await list(genes) };
}

async function read({ path }, selection) {
  const adata = await open(path);
  try {
    return await adata.select(selection).X.read();
  } finally {
    await adata.close();
  }
}

async function save({ path, out, x }) {
  const adata = await open(path);
  try {
    await write(adata, out, { format: "zarr", overwrite: true, durability: "none", x });
  } finally {
    await adata.close();
  }
}

export const sparseOperations = {
  "sparse.read": { prepare, run: read, digest: (matrix) => ({ X: ofSparse(matrix) }) },
  "sparse.write": { run: save, digest: () => ({}) },
};
