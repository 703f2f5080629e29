/** AnnData in Zarr, version 2 or 3: a directory or a zip archive. */
import { readdir, realpath, stat } from "node:fs/promises";
import { MANIFEST, readManifest } from "../durability/manifest.js";
import { openZarrStorage } from "../storage/zarr.js";
import { openAnnDataGroup } from "./anndata-group.js";
import { Seal } from "./ats-seal.js";
import { currentCheck, untilCurrent } from "./ats-store.js";
import type { OpenedAnnData, OpenOptions } from "./types.js";

/** Files at the root of a directory, each of which makes it a Zarr store. */
export const ZARR_MARKS = ["zarr.json", ".zgroup", ".zmetadata", ".zattrs", ".zarray"];

/**
 * Opens the AnnData in the Zarr store at `path`, a directory or a zip archive; metadata only is read, at once where it is consolidated. `CORRUPT` where it
 * is damaged or, in a store of ours, something is gone; `UNSUPPORTED` where it holds no AnnData; `LIMIT_EXCEEDED`, `UNSAFE_PATH`, `IO`.
 */
export function openZarr(path: string, options: OpenOptions = {}): Promise<OpenedAnnData> {
  return untilCurrent(() => openOnce(path, options));
}

async function openOnce(path: string, options: OpenOptions): Promise<OpenedAnnData> {
  options.signal?.throwIfAborted();
  const { threads, cacheBytes, strict, limits = {} } = options;
  const root = await realpath(path);
  // An archive has no entries here, and checksums of its own.
  const [stats, entries] = await Promise.all([stat(root, { bigint: true }), readdir(root).catch(() => undefined)]);
  const checkCurrent = currentCheck(root, stats);
  const sealed = entries?.includes(MANIFEST) === true;
  const manifest = sealed ? await readManifest(root, limits.maxMetadataBytes ?? 64 * 2 ** 20) : undefined;
  const seal = manifest && new Seal(manifest);
  const storage = await openZarrStorage(root, {
    ...limits,
    threads,
    cacheBytes,
    strict,
    entries,
    checkCurrent,
    checkArray: seal?.checkArray,
  });
  try {
    const { version, elements } = await openAnnDataGroup(storage.root, path, options);
    await checkCurrent();
    options.signal?.throwIfAborted();
    return { format: "zarr", version, location: path, elements, close: () => storage.close() };
  } catch (error) {
    await storage.close();
    await checkCurrent();
    throw error;
  }
}
