/** zarrita, with its store for local files. */
import { FileSystemStore } from "@zarrita/storage";
import * as zarr from "zarrita";
import { ofArray, ofSparse } from "./digest.mjs";

async function read({ path, block }) {
  const array = await zarr.open(new FileSystemStore(path), { kind: "array" });
  return zarr.get(
    array,
    block?.map(([start, stop]) => zarr.slice(start, stop)),
  );
}

/** All of X: its three arrays, side by side. */
async function readSparse({ path }) {
  const group = await zarr.open(new FileSystemStore(`${path}/X`), { kind: "group" });
  const part = async (name) => (await zarr.get(await zarr.open(group.resolve(name), { kind: "array" }))).data;
  const [data, indices, indptr] = await Promise.all(["data", "indices", "indptr"].map(part));
  return { shape: group.attrs.shape, data, indices, indptr: Int32Array.from(indptr, Number) };
}

export const operations = {
  "sparse.read": { run: readSparse, digest: (matrix) => ({ X: ofSparse(matrix) }) },
  "zarr.read": {
    run: read,
    digest: ({ shape, data }) => ({ values: ofArray({ dtype: "float32", shape, data }) }),
  },
};
