/** Opening stores of any format. */
import { openAnnData } from "../formats/detect.js";
import type { OpenOptions } from "../formats/types.js";
import { AnnData } from "./anndata.js";
import type { LoadOptions } from "./load.js";
import { toPath } from "./location.js";

/**
 * Opens the store at `path`, of any format, which is detected. Reads metadata only; close it when done, or use `await using`.
 * `NOT_FOUND` where there is nothing, `UNSUPPORTED` for an unknown format, `CORRUPT` for damaged metadata.
 */
export async function open(path: string | URL, options: OpenOptions = {}): Promise<AnnData> {
  const store = await openAnnData(toPath(path), options);
  try {
    return await AnnData.fromStore(store);
  } catch (error) {
    await store.close();
    throw error;
  }
}

/** Reads the whole store at `path` (or the named `elements`) into memory; nothing stays open. Errors as {@link open} and `load`. */
export async function read(path: string | URL, options: OpenOptions & LoadOptions = {}): Promise<AnnData> {
  const adata = await open(path, options);
  try {
    return await adata.load(options);
  } finally {
    await adata.close();
  }
}
