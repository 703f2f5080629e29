/** zarrita, with its store for local files: arrays, and by hand the three arrays of a sparse matrix. */
import { readFile } from "node:fs/promises";
import { FileSystemStore } from "@zarrita/storage";
import * as zarr from "zarrita";
import { ofArray, ofSparse } from "./digest.mjs";

const readList = async (path) => (path === undefined ? undefined : JSON.parse(await readFile(path, "utf8")));

async function read({ path, block }) {
  const array = await zarr.open(new FileSystemStore(path), { kind: "array" });
  return zarr.get(
    array,
    block?.map(([start, stop]) => zarr.slice(start, stop)),
  );
}

/** The whole of X, or what `rows` or `genes` pick of it. */
async function readSparse({ path }, { rows, genes }) {
  const root = zarr.root(new FileSystemStore(path));
  const group = await zarr.open(root.resolve("X"), { kind: "group" });
  const array = (name) => zarr.open(root.resolve(`X/${name}`), { kind: "array" });
  const [data, indices, indptr] = await Promise.all(["data", "indices", "indptr"].map(array));
  const { shape } = group.attrs;
  if (rows !== undefined) return pickRows({ data, indices, indptr, shape }, rows);
  const parts = await Promise.all([data, indices, indptr].map(async (part) => (await zarr.get(part)).data));
  const whole = { shape, data: parts[0], indices: parts[1], indptr: Int32Array.from(parts[2], Number) };
  return genes === undefined ? whole : pickColumns(whole, await positionsOf(root, genes));
}

/** Each chunk that the rows touch is decoded once. */
async function pickRows({ data, indices, indptr, shape }, rows) {
  const starts = Int32Array.from((await zarr.get(indptr)).data, Number);
  const counts = rows.map((row) => starts[row + 1] - starts[row]);
  const places = new Int32Array(rows.length + 1);
  for (let i = 0; i < rows.length; i++) places[i + 1] = places[i] + counts[i];
  const gather = async (array, into) => {
    const [size] = array.chunks;
    const touched = new Set(rows.flatMap((row) => chunksOf(starts[row], starts[row + 1], size)));
    const decode = async (chunk) => [chunk, (await array.getChunk([chunk])).data];
    const chunks = new Map(await Promise.all([...touched].map(decode)));
    for (const [i, row] of rows.entries()) {
      for (const chunk of chunksOf(starts[row], starts[row + 1], size)) {
        const [from, to] = [Math.max(starts[row], chunk * size), Math.min(starts[row + 1], (chunk + 1) * size)];
        const part = chunks.get(chunk).subarray(from - chunk * size, to - chunk * size);
        into.set(part, places[i] + from - starts[row]);
      }
    }
    return into;
  };
  const nnz = places[rows.length];
  const [values, columns] = await Promise.all([
    gather(data, new Float32Array(nnz)),
    gather(indices, new Int32Array(nnz)),
  ]);
  return { shape: [rows.length, shape[1]], data: values, indices: columns, indptr: places };
}

function chunksOf(start, stop, size) {
  const chunks = [];
  for (let chunk = Math.floor(start / size); chunk * size < stop && start < stop; chunk++) chunks.push(chunk);
  return chunks;
}

/** Where the names are in the index of var: an array of strings, or a group of one with a mask. */
async function positionsOf(root, names) {
  const frame = await zarr.open(root.resolve("var"), { kind: "group" });
  const at = `var/${frame.attrs._index}`;
  const index = await zarr.open(root.resolve(at));
  const array = index instanceof zarr.Group ? await zarr.open(root.resolve(`${at}/values`), { kind: "array" }) : index;
  const places = new Map(Array.from((await zarr.get(array)).data, (name, i) => [name, i]));
  return names.map((name) => places.get(name));
}

/** What of each row is in the columns; `columns` ascend. */
function pickColumns({ shape, data, indices, indptr }, columns) {
  const place = new Int32Array(shape[1]).fill(-1);
  for (const [i, column] of columns.entries()) place[column] = i;
  const starts = new Int32Array(indptr.length);
  const kept = [];
  for (let row = 0; row + 1 < indptr.length; row++) {
    for (let i = indptr[row]; i < indptr[row + 1]; i++) if (place[indices[i]] >= 0) kept.push(i);
    starts[row + 1] = kept.length;
  }
  return {
    shape: [shape[0], columns.length],
    data: Float32Array.from(kept, (i) => data[i]),
    indices: Int32Array.from(kept, (i) => place[indices[i]]),
    indptr: starts,
  };
}

export const operations = {
  "sparse.read": {
    prepare: async ({ rows, genes }) => ({ rows: await readList(rows), genes: await readList(genes) }),
    run: readSparse,
    digest: (matrix) => ({ X: ofSparse(matrix) }),
  },
  "zarr.read": {
    run: read,
    digest: ({ shape, data }) => ({ values: ofArray({ dtype: "float32", shape, data }) }),
  },
};
