/** What the nodes of one open Zarr directory share, and what untrusted metadata may make us allocate. */
import type { Context } from "../tensorstore/context.js";

export interface ZarrLimits {
  /** What one chunk may decode to, in bytes. */
  readonly maxChunkBytes: number;
  readonly maxMetadataBytes: number;
  /** What one read may allocate, in bytes. */
  readonly maxReadBytes: number;
}

/** `limits` with the defaults for what it leaves out: 1 GiB a chunk, 64 MiB of metadata, any read that the runtime can hold. */
export function withDefaults(limits: Partial<ZarrLimits>): ZarrLimits {
  return {
    maxChunkBytes: limits.maxChunkBytes ?? 2 ** 30,
    maxMetadataBytes: limits.maxMetadataBytes ?? 64 * 2 ** 20,
    maxReadBytes: limits.maxReadBytes ?? Number.POSITIVE_INFINITY,
  };
}

/** What all nodes of one open directory share. */
export interface ZarrSession extends ZarrLimits {
  readonly context: () => Context;
  readonly state: { closed: boolean };
  /** Told by the format: throws `STALE` where the directory is not the one that was opened any more. */
  readonly checkCurrent?: (() => Promise<void>) | undefined;
  /**
   * Told by the format: throws `CORRUPT` where the files of the array at `path` are not those that its writer listed. `metadata` is its `.zarray`.
   */
  readonly checkArray?: ((path: string, directory: string, metadata: Uint8Array) => Promise<void>) | undefined;
}
