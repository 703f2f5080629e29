/**
 * Zarr stores of version 2 and 3, in a directory or a zip archive: groups and attributes are read here, numbers go to TensorStore, strings to the
 * string kernel. Every read is an index transform, so that no chunk is touched that the selection does not need.
 */
import { stat } from "node:fs/promises";
import { Context } from "../tensorstore/context.js";
import type { ContextSpec } from "../tensorstore/index.js";
import { fileError } from "./file-source.js";
import { parseStrictJson } from "./strict-json.js";
import type { Capabilities, GroupNode, Storage } from "./types.js";
import { consolidated2, consolidated3 } from "./zarr-consolidated.js";
import { directoryFiles, type ZarrFiles } from "./zarr-files.js";
import { openGroup } from "./zarr-group.js";
import { type Hierarchy, plainHierarchy, readVersion3 } from "./zarr-hierarchy.js";
import { unsupported } from "./zarr-metadata.js";
import { withDefaults, type ZarrLimits, type ZarrSession } from "./zarr-session.js";
import { openZipFiles } from "./zarr-zip.js";

/** How a store is opened. */
export interface ZarrOptions extends Partial<ZarrLimits> {
  /** Threads for decoding and for file input. */
  readonly threads?: number | undefined;
  /** Bytes of decoded chunks that are kept for later reads; default 0. */
  readonly cacheBytes?: number | undefined;
  /** The names of what is in the directory, where the caller has listed it. */
  readonly entries?: readonly string[] | undefined;
  /** Default false. */
  readonly strict?: ZarrSession["strict"] | undefined;
  readonly checkArray?: ZarrSession["checkArray"];
  readonly checkCurrent?: ZarrSession["checkCurrent"];
}

const CAPABILITIES: Capabilities = { gather: true, concurrent: true, writable: false };

/** A directory whose members are Zarr arrays and groups, as `.ats` has them: nothing marks it as a group itself. */
export class ZarrDirectory implements Storage {
  readonly capabilities = CAPABILITIES;
  readonly location: string;
  readonly root: GroupNode;
  readonly #session: ZarrSession;
  readonly #hierarchy: Hierarchy;

  /** Nothing is read before a node is asked for. */
  constructor(location: string, options: ZarrOptions = {}) {
    this.location = location;
    const context = readContext(options);
    this.#session = newSession(directoryFiles(location, context), context, options);
    this.#hierarchy = plainHierarchy(this.#session.files, this.#session.maxMetadataBytes);
    this.root = this.directory("");
  }

  /** The directory at `path`, whose parts are names, as a group, also where nothing marks it as one. */
  directory(path: string): GroupNode {
    return openGroup(path, { attributes: {}, format: 2 }, this.#hierarchy, this.#session);
  }

  /** Later reads fail with `CLOSED`. */
  async close(): Promise<void> {
    await closeSession(this.#session);
  }
}

/** An open Zarr store. */
export interface ZarrStorage extends Storage {
  readonly zarrFormat: 2 | 3;
}

/**
 * Opens the Zarr store at `location`, a directory or a zip archive, whose root is a group of version 2 or 3. Its metadata is read here, at once where it
 * is consolidated, and by no one else.
 * @throws AtsError `NOT_FOUND`; `UNSUPPORTED` where it is no group of these versions; `CORRUPT`, `LIMIT_EXCEEDED`, `UNSAFE_PATH`, `IO`
 */
export async function openZarrStorage(location: string, options: ZarrOptions = {}): Promise<ZarrStorage> {
  const context = readContext(options);
  const { entries } = options;
  const files = await filesAt(location, entries, context, withDefaults(options).maxMetadataBytes);
  const session = newSession(files, context, options);
  try {
    const hierarchy = await openHierarchy(files, entries, session.maxMetadataBytes);
    const root = await hierarchy.node("");
    if (root?.kind === "group") {
      return {
        capabilities: CAPABILITIES,
        location,
        zarrFormat: root.format,
        root: openGroup("", root, hierarchy, session),
        close: () => closeSession(session),
      };
    }
    const what = root === undefined ? "is no Zarr store" : "is one Zarr array; open the group that holds it";
    throw unsupported(location, what);
  } catch (error) {
    await closeSession(session);
    throw error;
  }
}

async function filesAt(
  location: string,
  entries: readonly string[] | undefined,
  context: () => Context,
  maxMetadataBytes: number,
): Promise<ZarrFiles> {
  if (entries !== undefined) return directoryFiles(location, context);
  const stats = await stat(location).catch((cause: unknown) => {
    throw fileError(cause, location);
  });
  return stats.isDirectory() ? directoryFiles(location, context) : openZipFiles(location, context(), maxMetadataBytes);
}

/** Consolidated metadata where there is such; where a store has both versions, the newer one, as zarr-python chooses. */
async function openHierarchy(
  files: ZarrFiles,
  entries: readonly string[] | undefined,
  limit: number,
): Promise<Hierarchy> {
  const plain = plainHierarchy(files, limit);
  const isThere = (name: string) => entries?.includes(name) ?? true;
  const root = isThere("zarr.json") ? await readVersion3(files, "", limit) : undefined;
  if (root !== undefined) return consolidated3(root, files.nameOf("zarr.json")) ?? plain;
  const bytes = isThere(".zmetadata") ? await files.read(".zmetadata", limit) : undefined;
  const name = files.nameOf(".zmetadata");
  return bytes === undefined ? plain : consolidated2(parseStrictJson(bytes, name), name);
}

function newSession(files: ZarrFiles, context: () => Context, options: ZarrOptions): ZarrSession {
  return {
    ...withDefaults(options),
    files,
    context,
    state: { closed: false },
    strict: options.strict ?? false,
    checkArray: options.checkArray,
    checkCurrent: options.checkCurrent,
  };
}

async function closeSession({ state, files }: ZarrSession): Promise<void> {
  state.closed = true;
  await files.close();
}

/** Made on first use. */
function readContext(options: ZarrOptions): () => Context {
  let context: Context | undefined;
  return () => {
    context ??= new Context(readResources(options));
    return context;
  };
}

function readResources({ threads, cacheBytes }: ZarrOptions): ContextSpec {
  return {
    ...(threads === undefined
      ? {}
      : { data_copy_concurrency: { limit: threads }, file_io_concurrency: { limit: Math.max(4, threads) } }),
    ...(cacheBytes === undefined ? {} : { cache_pool: { total_bytes_limit: cacheBytes } }),
  };
}
