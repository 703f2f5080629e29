import { availableParallelism } from "node:os";
import type { NativeContext } from "../native/addon.js";
import { type Json, toJson } from "./json.js";
import { native } from "./native.js";

/** Resources by name. TensorStore's others (and several of one kind, as `"cache_pool#big"`) may be given too. */
export interface ContextSpec {
  /** Bytes of decoded chunks that are kept; 0, the default, keeps none. */
  readonly cache_pool?: { readonly total_bytes_limit: number } | undefined;
  /** Threads that decode and copy; the machine's parallelism unless told. */
  readonly data_copy_concurrency?: { readonly limit: number | "shared" } | undefined;
  /** Threads that read and write files; the machine's parallelism, at least 4, unless told. */
  readonly file_io_concurrency?: { readonly limit: number | "shared" } | undefined;
  /** Locking and syncing of files, such as `{ sync: false }`: see `file_io_sync` and `file_io_locking`. */
  readonly file_io_sync?: boolean | undefined;
  readonly [resource: string]: Json | undefined;
}

/**
 * Resources that opened stores share: thread pools, the cache of decoded chunks, `memory://` stores. Stores that are
 * opened without a context share one default context of their environment (the main thread, or one worker).
 */
export class Context {
  /** @internal */
  readonly handle: NativeContext;

  /**
   * A context of `spec`; what it does not name comes from `parent`, and without one from the defaults.
   * @throws AtsError INVALID_ARGUMENT for a resource that TensorStore does not know
   */
  constructor(spec: ContextSpec = {}, parent?: Context) {
    const resources = parent === undefined ? { ...defaultResources(), ...spec } : spec;
    this.handle = native().context(toJson(resources), parent?.handle);
  }

  /** The context of stores that are opened without one. */
  static default(): Context {
    shared ??= new Context();
    return shared;
  }

  /** The resources that this context names itself. */
  toJSON(): ContextSpec {
    return JSON.parse(this.handle.json()) as ContextSpec;
  }
}

let shared: Context | undefined;

function defaultResources(): ContextSpec {
  const threads = availableParallelism();
  return {
    data_copy_concurrency: { limit: threads },
    file_io_concurrency: { limit: Math.max(4, threads) },
  };
}
