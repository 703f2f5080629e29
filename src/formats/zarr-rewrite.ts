/** Edits of AnnData-Zarr: a directory takes unchanged chunks over as hard links, an archive as they are compressed. */
import { stat } from "node:fs/promises";
import { saveFile } from "../durability/save-file.js";
import { updateDirectory } from "../durability/update.js";
import { AtsError } from "../errors.js";
import { fileError } from "../storage/file-source.js";
import type { GroupNode, GroupWriter, ReadOptions } from "../storage/types.js";
import { openZarrStorage } from "../storage/zarr.js";
import { writeContext } from "../storage/zarr-write-session.js";
import { directorySink, type FileSink } from "../storage/zarr-write-sink.js";
import { zipSink } from "../storage/zip-write.js";
import { openAnnDataGroup } from "./anndata-group.js";
import type { Edit, EditOptions } from "./edit.js";
import { writeTree } from "./zarr-write.js";

/** The members of an AnnData's root group; what else lies there is somebody else's, and stays. */
const MEMBERS = new Set(["X", "obs", "var", "layers", "obsm", "varm", "obsp", "varp", "uns", "raw"]);

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
    if (root.attributes["encoding-type"] !== "anndata") {
      throw new AtsError("UNSUPPORTED", `${path} was written before anndata 0.8 and is not edited; convert it first.`, {
        path,
      });
    }
    const { elements } = await edit((await openAnnDataGroup(root, path, options)).elements);
    const write = { ...options, zarrFormat, asStored: true, compat: "latest" } as const;
    await writeTree(elements, sink, context, write, root.attributes, (writer) => copyOthers(root, writer, options));
  } finally {
    await storage.close();
  }
}

async function copyOthers(root: GroupNode, writer: GroupWriter, { signal }: ReadOptions): Promise<void> {
  for (const name of await root.keys()) {
    const node = MEMBERS.has(name) ? undefined : await root.get(name);
    if (node === undefined || (await writer.copy?.(name, node, { signal }))) continue;
    throw new AtsError("UNSUPPORTED", `${name} cannot be taken over into the edited store; remove it first.`, {
      path: name,
    });
  }
}
