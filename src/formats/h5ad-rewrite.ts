/** Edits of `.h5ad`: a new file that takes unchanged data sets over as they are stored, chunk by chunk, and then the old one's place. */
import { saveFile } from "../durability/save-file.js";
import { openH5wasm } from "../storage/h5wasm.js";
import { openHdf5Writer } from "../storage/hdf5-write.js";
import { writeAnnDataGroup } from "./anndata-write.js";
import type { Edit, EditOptions } from "./edit.js";
import { copyOthers, editRoot } from "./rewrite-root.js";

/**
 * Replaces the file at `path` by what `edit` makes of it. Who has the old one open goes on with it. `UNSUPPORTED` where it was written before anndata 0.8;
 * `CORRUPT` for damage that a copy meets, `STALE` where somebody writes the file meanwhile; see `editAnnData`.
 */
export async function rewriteH5ad(path: string, edit: Edit, options: EditOptions): Promise<void> {
  const { durability, signal, threads, limits, codec } = options;
  await saveFile(path, { overwrite: true, durability, signal }, async (file) => {
    const storage = await openH5wasm(path, { threads, limits, signal });
    try {
      const { elements } = await editRoot(storage.root, path, edit, options);
      const writer = await openHdf5Writer(file, { codec, threads, signal });
      try {
        await writer.copyAttributes(storage.root);
        await writeAnnDataGroup(writer.root, elements, { ...options, asStored: true, compat: "latest" });
        await copyOthers(storage.root, writer.root, options);
        await writer.close();
      } finally {
        await writer.abandon();
      }
    } finally {
      await storage.close();
    }
  });
}
