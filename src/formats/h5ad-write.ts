/** Writes `.h5ad`. */
import { saveFile } from "../durability/save-file.js";
import { openHdf5Writer } from "../storage/hdf5-write.js";
import { ROOT_ATTRIBUTES, writeAnnDataGroup } from "./anndata-write.js";
import type { AnnDataElements, WriteOptions } from "./types.js";

/**
 * Writes `elements` to the file `path`, all or nothing, each element streamed under `options.memory`. Stock h5py and anndata read the result as
 * their own: uncompressed unless `options.codec` asks for `gzip[:level]` or `lzf`; dense matrices in chunks only where they are compressed, or
 * where `chunkRows` or `chunkColumns` ask for it. `ALREADY_EXISTS`, `LOCKED`, `IO`; `UNSAFE_PATH` for keys and `INVALID_ARGUMENT` for codecs
 * and texts that HDF5 cannot hold; what `writeAnnDataGroup` throws.
 */
export async function writeH5ad(elements: AnnDataElements, path: string, options: WriteOptions = {}): Promise<void> {
  const { overwrite, durability, signal, codec, threads, chunkRows, chunkColumns } = options;
  const takeChunks = chunkRows !== undefined || chunkColumns !== undefined;
  await saveFile(path, { overwrite, durability, signal }, async (file) => {
    const writer = await openHdf5Writer(file, { attributes: ROOT_ATTRIBUTES, codec, takeChunks, threads, signal });
    try {
      await writeAnnDataGroup(writer.root, elements, options);
      await writer.close();
    } finally {
      await writer.abandon();
    }
  });
}
