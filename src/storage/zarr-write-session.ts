/** What the writers of one Zarr store share: where its files go, the version's dialect, TensorStore's pools, the metadata written so far. */
import { Context } from "../tensorstore/context.js";
import { joinPath } from "./zarr-write-names.js";
import type { TextFile, ZarrDialect } from "./zarr-write-plan.js";
import type { FileSink } from "./zarr-write-sink.js";

/** What holds for all nodes of a store. */
export interface ZarrWriteSettings {
  /** Rows of the shards of arrays that do not say it; see `chooseCut`. */
  readonly shardRows?: number | undefined;
  /** The names of members are file names already (as `encodeKey` makes them), which no reader takes for names in Zarr. */
  readonly encodedNames?: boolean;
}

/** A Zarr store that is being written. */
export class ZarrWriteSession {
  /** The metadata of all nodes below the root, by path, for the root's. */
  readonly metadata = new Map<string, string>();

  constructor(
    readonly sink: FileSink,
    readonly dialect: ZarrDialect,
    readonly context: Context,
    readonly options: ZarrWriteSettings = {},
  ) {}

  /** Writes the metadata of the node at `path`. */
  async putAll(path: string, files: readonly TextFile[]): Promise<void> {
    for (const [name, text] of files) {
      await this.sink.put(joinPath(path, name), text);
      this.noteMetadata(path, name, text);
    }
  }

  /** Remembers the metadata file `name` of the node at `path` for the root's. */
  noteMetadata(path: string, name: string, text: string): void {
    const entry = this.dialect.consolidated(name, text);
    if (entry !== undefined) this.metadata.set(joinPath(path, name), entry);
  }
}

/** Pools for writing with `threads` threads; files are neither locked nor synced one by one. */
export function writeContext(threads?: number): Context {
  const limits =
    threads === undefined
      ? {}
      : { data_copy_concurrency: { limit: threads }, file_io_concurrency: { limit: Math.max(4, threads) } };
  return new Context({ ...limits, file_io_sync: false, file_io_locking: { mode: "non_atomic" } });
}
