/** Whether the files of a store that we wrote are the ones that were written. */
import { open, stat } from "node:fs/promises";
import { join } from "node:path";
import { checksumOf } from "../../durability/checksum.js";
import { type ManifestFile, readManifest } from "../../durability/manifest.js";
import type { Limits } from "../../formats/types.js";
import type { ReadOptions } from "../../storage/types.js";
import type { Finding } from "./finding.js";

const DEFAULT_METADATA_BYTES = 64 * 2 ** 20;
const BUFFER_BYTES = 1 << 20;

/** How thoroughly files are compared. */
export interface SealOptions extends ReadOptions {
  readonly deep?: boolean;
  readonly limits?: Limits;
}

/**
 * Compares the files of the directory store at `path` with its manifest: their sizes, and with `deep` their checksums. Does nothing where
 * there is no manifest: then the store is not ours, or a single file.
 */
export async function checkSeal(path: string, options: SealOptions, into: Finding[]): Promise<void> {
  const isDirectory = await stat(path).then(
    (stats) => stats.isDirectory(),
    () => false,
  );
  if (!isDirectory) return;
  const manifest = await readManifest(path, options.limits?.maxMetadataBytes ?? DEFAULT_METADATA_BYTES);
  const buffer = new Uint8Array(BUFFER_BYTES);
  for (const file of manifest?.files ?? []) {
    options.signal?.throwIfAborted();
    const what = await differs(join(path, file.path), file, options.deep === true, buffer);
    if (what !== undefined) into.push({ path: file.path, code: "CORRUPT", what });
  }
}

async function differs(
  path: string,
  file: ManifestFile,
  deep: boolean,
  buffer: Uint8Array,
): Promise<string | undefined> {
  const stats = await stat(path).catch(() => undefined);
  if (stats === undefined || !stats.isFile()) return "is missing; restore the store from a copy";
  if (stats.size !== file.size) return `has ${stats.size} bytes, not the ${file.size} that were written`;
  if (!deep) return undefined;
  const handle = await open(path, "r");
  try {
    const { crc32 } = await checksumOf(handle, buffer);
    return crc32 === file.crc32 ? undefined : "has other bytes than were written; restore the store from a copy";
  } finally {
    await handle.close();
  }
}
