/** zarrita, with its store for local files. */
import { FileSystemStore } from "@zarrita/storage";
import * as zarr from "zarrita";
import { ofArray } from "./digest.mjs";

async function read({ path, block }) {
  const array = await zarr.open(new FileSystemStore(path), { kind: "array" });
  return zarr.get(
    array,
    block?.map(([start, stop]) => zarr.slice(start, stop)),
  );
}

export const operations = {
  "zarr.read": {
    run: read,
    digest: ({ shape, data }) => ({ values: ofArray({ dtype: "float32", shape, data }) }),
  },
};
