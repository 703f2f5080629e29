/** What the nodes of one open Zarr store share, and what untrusted metadata may make us allocate. */
import type { Context } from "../tensorstore/context.js";
import type { ZarrFiles } from "./zarr-files.js";
import type { MetadataLimits } from "./zarr-metadata.js";

export interface ZarrLimits extends MetadataLimits {
  /** What one read may allocate, in bytes. */
  readonly maxReadBytes: number;
  /** How deep groups may nest. */
  readonly maxDepth: number;
}

/** `limits` with the defaults for what it leaves out: 1 GiB a chunk, 64 MiB of metadata, any read that the runtime can hold, 64 levels. */
export function withDefaults(limits: Partial<ZarrLimits>): ZarrLimits {
  return {
    maxChunkBytes: limits.maxChunkBytes ?? 2 ** 30,
    maxMetadataBytes: limits.maxMetadataBytes ?? 64 * 2 ** 20,
    maxReadBytes: limits.maxReadBytes ?? Number.POSITIVE_INFINITY,
    maxDepth: limits.maxDepth ?? 64,
  };
}

/**
 * Throws `CORRUPT` where files of the array at `path` are gone that its writer listed; `metadata` are the bytes of its `.zarray` or `zarr.json`. Arrays that the
 * writer of the store did not make are not checked.
 */
export type ArrayCheck = (path: string, directory: string, metadata: Uint8Array) => Promise<void>;

/** What all nodes of one open store share. */
export interface ZarrSession extends ZarrLimits {
  readonly files: ZarrFiles;
  readonly context: () => Context;
  readonly state: { closed: boolean };
  /** Told by the format: throws `STALE` where the store is not the one that was opened any more. */
  readonly checkCurrent?: (() => Promise<void>) | undefined;
  readonly checkArray?: ArrayCheck | undefined;
  /** Whether a chunk that is not there is damage, in place of one of fill values. */
  readonly strict: boolean;
}
