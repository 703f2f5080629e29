/**
 * Directories of Zarr version 2 as a storage: groups and attributes are files that are read here, arrays go to TensorStore. Every read is an
 * index transform, so that TensorStore touches no chunk that the selection does not.
 */
import { join } from "node:path";
import { Context } from "../tensorstore/context.js";
import type { ContextSpec } from "../tensorstore/index.js";
import { openGroup } from "./zarr-group.js";
import type { Capabilities, GroupNode, Storage } from "./types.js";
import { withDefaults, type ZarrLimits, type ZarrSession } from "./zarr-session.js";

/** How a directory is opened. */
export interface ZarrStorageOptions extends Partial<ZarrLimits> {
  /** Threads for decoding and for file input. */
  readonly threads?: number | undefined;
  /** Bytes of decoded chunks that are kept for later reads; default 0. */
  readonly cacheBytes?: number | undefined;
  readonly checkArray?: ZarrSession["checkArray"];
  readonly checkCurrent?: ZarrSession["checkCurrent"];
}

/** An open directory of Zarr version 2. */
export class ZarrStorage implements Storage {
  readonly capabilities: Capabilities = { gather: true, concurrent: true, writable: false };
  readonly location: string;
  readonly root: GroupNode;
  readonly #session: ZarrSession;

  /** Nothing is read before a node is asked for. */
  constructor(location: string, options: ZarrStorageOptions = {}) {
    this.location = location;
    this.#session = {
      ...withDefaults(options),
      context: readContext(options),
      state: { closed: false },
      checkArray: options.checkArray,
      checkCurrent: options.checkCurrent,
    };
    this.root = openGroup(location, "", {}, this.#session);
  }

  /** The directory at `path`, whose parts are names, as a group, also where nothing marks it as one. */
  directory(path: string): GroupNode {
    return openGroup(join(this.location, path), path, {}, this.#session);
  }

  /** Later reads fail with `CLOSED`. */
  async close(): Promise<void> {
    this.#session.state.closed = true;
  }
}

/** Made on first use: opening a store must not load the addon before it is needed. */
function readContext(options: ZarrStorageOptions): () => Context {
  let context: Context | undefined;
  return () => {
    context ??= new Context(readResources(options));
    return context;
  };
}

function readResources({ threads, cacheBytes }: ZarrStorageOptions): ContextSpec {
  return {
    ...(threads === undefined
      ? {}
      : { data_copy_concurrency: { limit: threads }, file_io_concurrency: { limit: Math.max(4, threads) } }),
    ...(cacheBytes === undefined ? {} : { cache_pool: { total_bytes_limit: cacheBytes } }),
  };
}
