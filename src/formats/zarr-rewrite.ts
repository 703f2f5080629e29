/** Edits of AnnData-Zarr: a directory takes unchanged chunks over as hard links, an archive as they are compressed. */
import { stat } from "node:fs/promises";
import { saveFile } from "../durability/save-file.js";
import { updateDirectory } from "../durability/update.js";
import { fileError } from "../storage/file-source.js";
import { openZarrStorage } from "../storage/zarr.js";
import { writeContext } from "../storage/zarr-write-session.js";
import { directorySink, type FileSink } from "../storage/zarr-write-sink.js";
import { zipSink } from "../storage/zip-write.js";
import type { Edit, EditOptions } from "./edit.js";
import { copyOthers, editRoot } from "./rewrite-root.js";
import { writeTree } from "./zarr-write.js";

/** Replaces the store at `path` by what `edit` makes of it. `UNSUPPORTED` where it was written before anndata 0.8; see `editAnnData`. */
export async function rewriteZarr(path: string, edit: Edit, options: EditOptions): Promise<void> {
  const { durability, signal, threads } = options;
  const context = writeContext(threads);
  const isDirectory = await stat(path).then(
    (stats) => stats.isDirectory(),
    (cause: unknown) => {
      throw fileError(cause, path);
    },
  );
  if (isDirectory) {
    await updateDirectory(path, "zarr", { durability, signal }, (staging, old) => {
      const sink: FileSink = { ...directorySink(staging), keep: (source, target) => old.keep(source, target) };
      return rewrite(path, edit, sink, context, options);
    });
    return;
  }
  await saveFile(path, { overwrite: true, durability, signal }, async (file) => {
    const sink = await zipSink(file, context);
    try {
      await rewrite(path, edit, sink, context, options);
      await sink.end();
    } finally {
      await sink.abandon();
    }
  });
}

async function rewrite(
  path: string,
  edit: Edit,
  sink: FileSink,
  context: ReturnType<typeof writeContext>,
  options: EditOptions,
): Promise<void> {
  const storage = await openZarrStorage(path, { ...options.limits, threads: options.threads });
  try {
    const { root, zarrFormat } = storage;
    const { elements } = await editRoot(root, path, edit, options);
    const write = { ...options, zarrFormat, asStored: true, compat: "latest" } as const;
    await writeTree(elements, sink, context, write, root.attributes, (writer) => copyOthers(root, writer, options));
  } finally {
    await storage.close();
  }
}
