/** The formats that the interop tests write. */
import { convert, type WriteOptions } from "../../src/index.js";

/** One format as it is written: a name, the suffix that tells it, and the options that it takes. */
export interface Target {
  readonly name: string;
  readonly suffix: string;
  readonly options: WriteOptions;
}

export const TARGETS: readonly Target[] = [
  { name: "zarr2", suffix: ".zarr", options: { zarrFormat: 2 } },
  { name: "zarr3", suffix: ".zarr", options: { zarrFormat: 3, shardRows: 0 } },
  { name: "zarr3-sharded", suffix: ".zarr", options: { zarrFormat: 3, shardRows: 4, chunkRows: 2 } },
  { name: "zarr3-zip", suffix: ".zarr.zip", options: { zarrFormat: 3 } },
  { name: "h5ad", suffix: ".h5ad", options: {} },
  { name: "ats", suffix: ".ats", options: {} },
];

/** Converts the store at `from` into `target`, with every encoding as today's anndata writes it and X as it is. */
export async function writeTarget(from: string, path: string, target: Target): Promise<void> {
  await convert(from, path, { ...target.options, compat: "latest", x: "keep", durability: "none" });
}
