/**
 * HDF5 files through the addon's own reader; what that does not take, and whatever is damaged, through h5wasm on worker threads, which start when
 * they are first needed.
 */
import { availableParallelism } from "node:os";
import type { H5GroupInfo, H5Limits, H5Setup } from "../workers/h5wasm/messages.js";
import { workerUrl } from "../workers/locate.js";
import { WorkerPool } from "../workers/pool.js";
import { H5wasmGroup } from "./h5wasm-nodes.js";
import { Hdf5Reader, type Hdf5Statistics } from "./hdf5.js";
import { descriptors, openRegularFile, type RegularFile } from "./regular-file.js";
import type { Storage } from "./types.js";

/** Threads beyond this do not pay: each holds a heap of its own. */
const MOST_THREADS = 8;

/** Limits on what an untrusted file may make us allocate. */
export interface H5wasmLimits extends Partial<H5Limits> {
  /** What one read may allocate, in bytes. Default: none but the runtime's. */
  readonly maxReadBytes?: number | undefined;
  /** How deep groups may nest. Default 64. */
  readonly maxDepth?: number | undefined;
}

/** How a file is opened. */
export interface H5wasmOptions {
  /** Worker threads, at most 8; default `os.availableParallelism()`. They start as reads come. */
  readonly threads?: number | undefined;
  readonly limits?: H5wasmLimits | undefined;
  readonly signal?: AbortSignal | undefined;
  /** The file, where the caller has opened it; it is closed with the storage, or when opening fails. */
  readonly file?: RegularFile | undefined;
}

/** What the nodes of one open file share. */
export interface H5wasmFile {
  /** h5wasm's workers; none starts before one is asked. */
  readonly pool: WorkerPool;
  /** Reads without h5wasm, where it can. */
  readonly direct: Hdf5Reader;
  readonly path: string;
  /** Bytes of the file. */
  readonly size: number;
  readonly maxReadBytes: number | undefined;
  readonly maxDepth: number;
}

/** An open HDF5 file. */
export interface H5wasmStorage extends Storage {
  /** What was read without h5wasm, and how many of its workers had to be started. */
  statistics(): Hdf5Statistics & { readonly workers: number };
}

/**
 * Opens the HDF5 file at `path` and reads its root group. `NOT_FOUND` where nothing is there, `UNSAFE_PATH` for a FIFO, socket or
 * device, `INVALID_ARGUMENT` for a directory, `CORRUPT` for what is not a readable HDF5 file.
 */
export async function openH5wasm(path: string, options: H5wasmOptions = {}): Promise<H5wasmStorage> {
  const { limits = {}, signal } = options;
  if (options.file === undefined) signal?.throwIfAborted();
  const { fd, size } = options.file ?? (await openRegularFile(path));
  const input: H5Setup = {
    fd,
    size,
    path,
    limits: {
      maxChunkBytes: limits.maxChunkBytes ?? 2 ** 30,
      maxMetadataBytes: limits.maxMetadataBytes ?? 64 * 2 ** 20,
    },
  };
  const threads = Math.min(options.threads ?? availableParallelism(), MOST_THREADS);
  const pool = new WorkerPool({ entry: workerUrl("h5wasm-worker"), size: threads, input, subject: path });
  const direct = new Hdf5Reader({ fd, path, threads: options.threads ?? availableParallelism(), limits: input.limits });
  const release = closing(pool, direct, fd);
  const file: H5wasmFile = {
    pool,
    direct,
    path,
    size,
    maxReadBytes: limits.maxReadBytes,
    maxDepth: limits.maxDepth ?? 64,
  };
  try {
    signal?.throwIfAborted();
    const root = (await direct.root()) ?? (await pool.request<H5GroupInfo>("root", undefined, { signal }));
    signal?.throwIfAborted();
    return {
      capabilities: { gather: true, concurrent: true, writable: false },
      location: path,
      root: new H5wasmGroup(file, "", root, 0),
      statistics: () => ({ ...direct.statistics(), workers: pool.started }),
      close: release,
    };
  } catch (error) {
    await release();
    throw error;
  }
}

/** Ends the workers, then closes the descriptor that they read from; once, however often it is called. */
function closing(pool: WorkerPool, direct: Hdf5Reader, fd: number): () => Promise<void> {
  let done: Promise<void> | undefined;
  return () => {
    direct.close();
    done ??= pool.close().then(() => descriptors.close(fd));
    return done;
  };
}
