/** HDF5 files: `.h5ad`, an AnnData, and 10x Genomics' matrices. */
import { openH5wasm } from "../storage/h5wasm.js";
import type { RegularFile } from "../storage/regular-file.js";
import { openAnnDataGroup } from "./anndata-group.js";
import { openTenx } from "./tenx-h5.js";
import type { OpenedAnnData, OpenOptions } from "./types.js";

/**
 * Opens the HDF5 file at `path`, an h5ad or one of 10x Genomics; metadata only is read. `NOT_FOUND`, `UNSAFE_PATH` and `CORRUPT` as `openH5wasm` has them, `UNSUPPORTED`
 * where it is an HDF5 file of another kind. `file` is the open file, where the caller has it, which this takes over. Close it to end its worker threads; idle ones do not keep the process alive.
 */
export async function openH5ad(path: string, options: OpenOptions = {}, file?: RegularFile): Promise<OpenedAnnData> {
  const { threads, limits, signal } = options;
  const storage = await openH5wasm(path, { threads, limits, signal, file });
  const abort = () => void storage.close();
  signal?.addEventListener("abort", abort, { once: true });
  try {
    const keys = await storage.root.keys();
    const tenx = keys.includes("obs") && keys.includes("var") ? undefined : await openTenx(storage.root, path);
    const opened = tenx ? { version: null, elements: tenx } : await openAnnDataGroup(storage.root, path, options);
    signal?.throwIfAborted();
    const format = tenx ? "10x-h5" : "h5ad";
    return { ...opened, format, location: path, close: () => storage.close() };
  } catch (error) {
    await storage.close();
    signal?.throwIfAborted();
    throw error;
  } finally {
    signal?.removeEventListener("abort", abort);
  }
}
