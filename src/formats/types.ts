/** What every format gives and takes: the elements of an AnnData, lazily. */
import type { DType } from "../dtype.js";
import type { LazyArray, LazyDict, LazyElement, LazyFrame } from "../elements/lazy.js";
import type { CompatLevel } from "../encodings/compat.js";
import type { Encoding } from "../encodings/define.js";

/** The formats of an AnnData, which are read and written. */
export type FormatName = "ats" | "zarr" | "h5ad";

/** Those, and the forms of 10x Genomics that are only read: HDF5 files, and directories of Matrix Market and TSV files. */
export type StoreFormat = FormatName | "10x-h5" | "mtx";

/** `raw`: its rows are the obs axis, its columns an axis of its own. */
export interface RawElements {
  readonly X: LazyArray | null;
  readonly var: LazyFrame;
  readonly varm: ReadonlyMap<string, LazyElement>;
}

/**
 * The elements of one AnnData, none of them read. A view has the same shape with its selection composed into each element, and an AnnData in
 * memory wraps its values; so writers and conversions see no difference.
 */
export interface AnnDataElements {
  /** [number of observations, number of variables]. */
  readonly shape: readonly [number, number];
  readonly X: LazyArray | null;
  readonly obs: LazyFrame;
  readonly var: LazyFrame;
  readonly layers: ReadonlyMap<string, LazyElement>;
  readonly obsm: ReadonlyMap<string, LazyElement>;
  readonly varm: ReadonlyMap<string, LazyElement>;
  readonly obsp: ReadonlyMap<string, LazyElement>;
  readonly varp: ReadonlyMap<string, LazyElement>;
  readonly uns: LazyDict;
  readonly raw: RawElements | null;
}

/** An open store of any format. */
export interface OpenedAnnData {
  readonly format: StoreFormat;
  /** The version of the AnnData encoding, where the store names one. */
  readonly version: string | null;
  /** The path that it was opened from. */
  readonly location: string;
  readonly elements: AnnDataElements;
  /** Ends workers and closes descriptors. Later reads fail with `CLOSED`. Idempotent. */
  close(): Promise<void>;
}

/** Limits on what untrusted input may make us allocate; raisable per `open`. */
export interface Limits {
  /** What one chunk may decode to, in bytes. Default 1 GiB. */
  readonly maxChunkBytes?: number;
  /** Default 64 MiB. */
  readonly maxMetadataBytes?: number;
  /** What one read may allocate, in bytes. Default: none but the runtime's. */
  readonly maxReadBytes?: number;
  /** How deep groups and dicts may nest. Default 64. */
  readonly maxDepth?: number;
}

/** Options of `open`. */
export interface OpenOptions {
  /** Threads for decoding and for file input; default `os.availableParallelism()`. */
  readonly threads?: number;
  /** Bytes of decoded chunks that are kept for later reads; default 0. */
  readonly cacheBytes?: number;
  /**
   * For Zarr and `.ats` of other writers: reading a chunk that is not there is `CORRUPT`. Without it such a chunk has the array's fill value, as Zarr has it, since some
   * writers leave out chunks that hold nothing else. Chunks of stores that we wrote must always be there.
   */
  readonly strict?: boolean;
  readonly limits?: Limits;
  /** Encodings beside the known ones, or in their place. */
  readonly encodings?: readonly Encoding[];
  readonly signal?: AbortSignal | undefined;
}

/** Progress of a long operation, in bytes of the element's uncompressed values; in those that are stored where it is copied as it is. */
export interface Progress {
  /** The element that is being worked on, such as `X` or `layers/counts`; `type of X` while its narrowest type is looked for. */
  readonly element: string;
  readonly done: number;
  readonly total: number;
}

/** A type for the values of a matrix: one of its names, or the narrowest one that holds all of them. */
export type ValueType = DType | "narrowest";

/** Options of every writer. */
export interface WriteOptions {
  /** Replace what is at the path; without it an existing target is `ALREADY_EXISTS`. */
  readonly overwrite?: boolean;
  readonly codec?: string;
  /** Rows of a chunk of dense matrices; fewer suit scattered rows. */
  readonly chunkRows?: number;
  /** Columns of a chunk of dense matrices; fewer suit scattered genes. */
  readonly chunkColumns?: number;
  /** Rows of a shard (Zarr v3): the file that many chunks of rows share; 0 for none. */
  readonly shardRows?: number;
  /**
   * Takes over elements of a store of the same format as they are stored: chunks, codec and encoding stay, and nothing is decoded.
   */
  readonly asStored?: boolean;
  /** The Zarr format that a `zarr` target is written in; default 3, or 2 where `compat` names an anndata before 0.12. */
  readonly zarrFormat?: 2 | 3;
  /**
   * Which readers must be able to open the result: `portable` (the default: today's in Python, R, Julia and JavaScript), `anndata-0.8` …
   * `anndata-0.13`, or `latest`. Younger encodings are written in an older form.
   */
  readonly compat?: CompatLevel;
  /** What becomes of an element without a form in the target: the write fails (the default), or goes on without it, with a warning. */
  readonly unsupported?: "error" | "leave-out";
  /** Encodings beside the known ones, or in their place. */
  readonly encodings?: readonly Encoding[];
  /** How deep the nodes of a Zarr store or an h5ad may nest, as in `Limits`. Default 64. */
  readonly maxDepth?: number;
  /**
   * How matrices are written: as they are, densified, made sparse, or sparse in both orientations (`dual`). Each format has its
   * default.
   */
  readonly x?: "keep" | "sparse" | "dense" | "dual";
  /** Sparse X, raw's X and layers in canonical form: ascending indices, entries of one place summed. They are read twice for it. */
  readonly canonical?: boolean;
  /**
   * The type of the values of X, raw's X and the layers: of all of them, or by path (`{ "layers/counts": "narrowest" }`). Every value is proved to stay the
   * same number, else the write is `INVALID_ARGUMENT` and names the first that would not. `narrowest` reads a matrix once more, and makes integers of floats
   * that are all whole.
   */
  readonly dtype?: ValueType | Readonly<Record<string, ValueType>>;
  /** `none` skips fsync; still all or nothing against a killed process. Default `full`. */
  readonly durability?: "full" | "none";
  /** A bound on the memory of buffers, in bytes. Default 1 GiB. */
  readonly memory?: number;
  readonly threads?: number;
  readonly onProgress?: (progress: Progress) => void;
  /** Called once per thing that the target format cannot hold or that other readers cannot read. */
  readonly onWarning?: (message: string) => void;
  readonly signal?: AbortSignal | undefined;
}
