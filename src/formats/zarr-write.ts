/**
 * Writes AnnData-Zarr: version 3, sharded, or version 2; a directory, or one zip archive where the path ends in `.zip`.
 *
 * A directory of ours has our manifest (`ats-manifest.json`) at its root. No reader of Zarr looks at it: all of them go by the consolidated metadata,
 * and zarr-python without those passes over files that are no nodes. An archive needs none: its own directory has every file's size and checksum.
 */
import { saveDirectory } from "../durability/save.js";
import { saveFile } from "../durability/save-file.js";
import { zarrFormatOf } from "../encodings/compat.js";
import type { Attributes, GroupWriter } from "../storage/types.js";
import { zarrTreeWriter } from "../storage/zarr-write.js";
import { writeContext, ZarrWriteSession } from "../storage/zarr-write-session.js";
import { directorySink, type FileSink } from "../storage/zarr-write-sink.js";
import { zarr2Dialect } from "../storage/zarr-write-v2.js";
import { zarr3Dialect } from "../storage/zarr-write-v3.js";
import { zipSink } from "../storage/zip-write.js";
import type { Context } from "../tensorstore/context.js";
import { ROOT_ATTRIBUTES, writeAnnDataGroup } from "./anndata-write.js";
import type { AnnDataElements, WriteOptions } from "./types.js";

/** anndata's own choice for version 2: 2.3 GB/s a core to decode, 0.5 to encode. */
const CODEC_V2 = "blosc-lz4:5";
/** A quarter smaller than blosc-lz4 on counts, 0.9 GB/s a core to decode, 0.36 to encode; higher levels gain little and cost much. */
const CODEC_V3 = "zstd:1";

/**
 * Writes `elements` to `path`, all or nothing, each element streamed under `options.memory`. Stock anndata, zarr-python and zarrita read the result.
 * `ALREADY_EXISTS`, `LOCKED`, `IO`; `UNSAFE_PATH` for keys that no member of a group can have; `INVALID_ARGUMENT` for a codec or chunks that
 * the version of Zarr does not have; what `writeAnnDataGroup` throws.
 */
export async function writeZarr(elements: AnnDataElements, path: string, options: WriteOptions = {}): Promise<void> {
  const { overwrite, durability, signal, threads } = options;
  const context = writeContext(threads);
  const write = (sink: FileSink) => writeTree(elements, sink, context, options, ROOT_ATTRIBUTES);
  if (!/\.zip$/i.test(path)) {
    const save = { format: "zarr", overwrite, durability, signal };
    await saveDirectory(path, save, (directory) => write(directorySink(directory)));
    return;
  }
  await saveFile(path, { overwrite, durability, signal }, async (file) => {
    const sink = await zipSink(file, context);
    try {
      await write(sink);
      await sink.end();
    } finally {
      await sink.abandon();
    }
  });
}

/** Writes `elements` below a root of `attributes`; `more` adds what is no part of an AnnData. */
export async function writeTree(
  elements: AnnDataElements,
  sink: FileSink,
  context: Context,
  options: WriteOptions,
  attributes: Attributes,
  more?: (root: GroupWriter) => Promise<void>,
): Promise<void> {
  const { codec, compat, zarrFormat = zarrFormatOf(compat), shardRows } = options;
  const dialect =
    zarrFormat === 2
      ? zarr2Dialect({ codec: codec ?? CODEC_V2, fill: "zero", shuffle: 1 })
      : zarr3Dialect(codec ?? CODEC_V3);
  const tree = zarrTreeWriter(new ZarrWriteSession(sink, dialect, context, { shardRows }), attributes);
  await writeAnnDataGroup(tree.root, elements, options);
  await more?.(tree.root);
  await tree.end();
}
