/** Sparse X, and AnnData with a sparse X, through the public API. */
import { readFile, rm } from "node:fs/promises";
import { convert, open, write } from "../../dist/index.js";
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

async function load({ path }) {
  const adata = await open(path);
  try {
    return await adata.load();
  } finally {
    await adata.close();
  }
}

/** The options that give the layout that a case asks for; `own` are further ones of ours. */
function optionsOf(out, { version, sharded, compression, ...own }) {
  if (out.endsWith(".h5ad")) return { format: "h5ad", codec: compression ?? "none", ...own };
  return { format: "zarr", zarrFormat: version, ...(version === 3 && !sharded ? { shardRows: 0 } : {}), ...own };
}

const remove = ({ out }) => rm(out, { recursive: true, force: true });

export const sparseOperations = {
  "sparse.read": { prepare, run: read, digest: (matrix) => ({ X: ofSparse(matrix) }) },
  "sparse.write": {
    prepare: load,
    reset: remove,
    run: ({ out, layout }, adata) => write(adata, out, optionsOf(out, layout)),
    digest: () => ({}),
  },
  "sparse.convert": {
    reset: remove,
    run({ path, out, layout }) {
      const { format, ...options } = optionsOf(out, layout);
      return convert(path, out, { to: format, ...options });
    },
    digest: () => ({}),
  },
};
