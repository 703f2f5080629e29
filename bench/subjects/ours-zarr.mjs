/** Zarr arrays through the low-level binding. */
import { readFile } from "node:fs/promises";
import { open } from "../../dist/tensorstore/index.js";
import { ofArray } from "./digest.mjs";

async function prepare({ rows }) {
  return rows === undefined ? undefined : JSON.parse(await readFile(rows, "utf8"));
}

async function read({ driver, path, block }, rows) {
  let array = await open({ driver, kvstore: { driver: "file", path: `${path}/` } }, { open: true, read: true });
  if (block !== undefined) array = array.slice(...block.map(([start, stop]) => ({ start, stop })));
  if (rows !== undefined) array = array.oindex(rows);
  return array.read();
}

export const zarrOperations = {
  "zarr.read": { prepare, run: read, digest: (array) => ({ values: ofArray(array) }) },
};
