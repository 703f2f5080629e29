/** `.h5ad`: an AnnData in an HDF5 file. */
import { openH5wasm } from "../storage/h5wasm.js";
import { openAnnDataGroup } from "./anndata-group.js";
import type { OpenedAnnData, OpenOptions } from "./types.js";

/**
 * Opens the h5ad file at `path`; metadata only is read. `NOT_FOUND`, `UNSAFE_PATH` and `CORRUPT` as `openH5wasm` has them, `UNSUPPORTED`
 * where it is an HDF5 file of another kind. Close it to end its worker threads; idle ones do not keep the process alive.
 */
export async function openH5ad(path: string, options: OpenOptions = {}): Promise<OpenedAnnData> {
  const { threads, limits, signal } = options;
  const storage = await openH5wasm(path, { threads, limits, signal });
  const abort = () => void storage.close();
  signal?.addEventListener("abort", abort, { once: true });
  try {
    const { version, elements } = await openAnnDataGroup(storage.root, path, options);
    signal?.throwIfAborted();
    return { format: "h5ad", version, location: path, elements, close: () => storage.close() };
  } catch (error) {
    await storage.close();
    signal?.throwIfAborted();
    throw error;
  } finally {
    signal?.removeEventListener("abort", abort);
  }
}
