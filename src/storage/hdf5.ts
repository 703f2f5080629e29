/** HDF5 files without HDF5's library: what the addon's own bounds-checked reader takes is read by it, on threads. */
import { isDeepStrictEqual } from "node:util";
import type { DType } from "../dtype.js";
import { AtsError, type AtsErrorCode } from "../errors.js";
import type { NativeHdf5File, NativeHdf5Object } from "../native/hdf5-reader.js";
import { native } from "../tensorstore/native.js";
import type { H5ArrayInfo, H5GroupInfo, H5NodeInfo } from "../workers/h5wasm/messages.js";
import { Hdf5Dataset, located } from "./hdf5-dataset.js";
import { nodeInfo } from "./hdf5-info.js";
import { recordType } from "./hdf5-records.js";

/** A group or dataset as it is stored. */
export type Hdf5Object = NativeHdf5Object;

/** How a file is read. */
export interface Hdf5Options {
  /** An open descriptor of the file, which the caller may close at once. */
  readonly fd: number;
  /** The file's path, for messages. */
  readonly path: string;
  readonly threads: number;
  readonly limits: { readonly maxChunkBytes: number; readonly maxMetadataBytes: number };
}

/** What happened here: tests and benchmarks look at it. */
export interface Hdf5Statistics {
  /** Reads that were served. */
  readonly reads: number;
  /** Datasets whose values were left to h5wasm. */
  readonly refused: number;
  /** Look-ups of groups, their members and what those are that were served. */
  readonly nodes: number;
  /** The same that were left to h5wasm. */
  readonly nodesRefused: number;
  /** Bytes of the file that were read, metadata included. */
  readonly bytes: number;
}

/** What this reader says with certainty; anything else is for HDF5's own library to decide, or, where all is closed, for its workers. */
const FINAL: readonly AtsErrorCode[] = ["UNSAFE_PATH", "STALE", "IO"];

const NOTHING = Promise.resolve(undefined);

/** One open file. Datasets are opened by their first read and kept. */
export class Hdf5Reader {
  readonly #options: Hdf5Options;
  readonly #datasets = new Map<string, Promise<Hdf5Dataset | undefined>>();
  readonly #counts = { reads: 0, refused: 0, nodes: 0, nodesRefused: 0 };
  #file: NativeHdf5File | undefined;
  #opening: Promise<NativeHdf5File | undefined> | undefined;
  #closed = false;

  /** Nothing is opened before something is asked for, but the descriptor must stay open until then or {@link close}. */
  constructor(options: Hdf5Options) {
    this.#options = options;
  }

  /** The root group; undefined where it is for h5wasm to describe. */
  root(): Promise<H5GroupInfo | undefined> {
    return this.#look(
      "",
      (file) => file.root(0),
      (node) => nodeInfo(node) as H5GroupInfo,
    );
  }

  /** The names of the members of `group`; undefined where they are for h5wasm to list. */
  names({ header, address }: H5GroupInfo): Promise<readonly string[] | undefined> {
    if (header === null) return NOTHING;
    return this.#look(
      address,
      (file) => file.names(header, 0),
      (names) => names,
    );
  }

  /**
   * The member `name` of `group`, which is undefined where there is none; undefined as a whole where it is for h5wasm to say. `UNSAFE_PATH` for
   * a link into another file.
   */
  child(
    { header, address }: H5GroupInfo,
    name: string,
  ): Promise<{ readonly node: H5NodeInfo | undefined } | undefined> {
    if (header === null) return NOTHING;
    return this.#look(
      address === "/" ? `/${name}` : `${address}/${name}`,
      (file) => file.child(header, address, name, 0),
      (node) => ({ node: node && nodeInfo(node) }),
    );
  }

  /**
   * The dataset that `info` describes; undefined where this reader does not take it, or sees something else than `info` says.
   * `UNSAFE_PATH` where its values are in other files.
   */
  dataset(info: H5ArrayInfo): Promise<Hdf5Dataset | undefined> {
    let dataset = this.#datasets.get(info.address);
    if (dataset === undefined) {
      dataset = this.#open(info);
      this.#datasets.set(info.address, dataset);
      dataset.catch(() => this.#datasets.delete(info.address));
    }
    return dataset;
  }

  /**
   * The object `name` whose header is at `header`, for copies. Undefined where this reader does not take the file, and
   * for what cannot be copied as it is stored; `CORRUPT`, `LIMIT_EXCEEDED`, `UNSAFE_PATH`, `IO`, `CLOSED`.
   */
  async stored(header: number, name: string): Promise<Hdf5Object | undefined> {
    const file = await this.#openFile();
    const at = `${this.#options.path}/${name}`;
    try {
      return await file?.stored(header, at, 0);
    } catch (error) {
      if (AtsError.is(error) && error.code === "UNSUPPORTED") return undefined;
      throw located(error, at);
    }
  }

  /** What was read so far. */
  statistics(): Hdf5Statistics {
    return { ...this.#counts, bytes: this.#file?.bytesRead() ?? 0 };
  }

  /** Later reads fail with `CLOSED`. */
  close(): void {
    this.#closed = true;
    this.#file?.close();
  }

  async #look<T, R>(
    address: string,
    ask: (file: NativeHdf5File) => Promise<T>,
    told: (answer: T) => R,
  ): Promise<R | undefined> {
    try {
      const file = this.#file ?? (await this.#openFile());
      if (file !== undefined) {
        const answer = told(await ask(file));
        this.#counts.nodes += 1;
        return answer;
      }
    } catch (error) {
      this.#checkFinal(error, `${this.#options.path}${address}`);
    }
    this.#counts.nodesRefused += 1;
    return undefined;
  }

  /** Throws `error`, which is about `name`, if h5wasm could not know better. */
  #checkFinal(error: unknown, name: string): void {
    if (!AtsError.is(error) || FINAL.includes(error.code)) throw located(error, name);
  }

  async #open(info: H5ArrayInfo): Promise<Hdf5Dataset | undefined> {
    const { path, threads } = this.#options;
    const name = `${path}${info.address}`;
    try {
      if (info.header === null || info.empty || info.dtype === null) return undefined;
      // Records are lists; HDF5's library says so of others.
      if (typeof info.dtype !== "string" && info.shape.length > 1) return undefined;
      const file = await this.#openFile();
      if (file === undefined) return this.#refuse();
      const handle = await file.dataset(info.header, name, 0);
      const found = handle.info();
      const dtype = found.dtype === "records" ? recordType(found.fields) : found.dtype;
      const same =
        isDeepStrictEqual(dtype, info.dtype) &&
        sameExtents(found.shape, info.shape) &&
        sameExtents(found.chunks, info.layout.chunks);
      if (!same) return this.#refuse();
      const kind = found.dtype as DType | "string" | "records";
      return new Hdf5Dataset(file, handle, name, kind, info.shape, threads, () => {
        this.#counts.reads += 1;
      });
    } catch (error) {
      this.#checkFinal(error, name);
      return this.#refuse();
    }
  }

  #refuse(): undefined {
    this.#counts.refused += 1;
    return undefined;
  }

  /** The file; undefined where there is no addon for this platform or the superblock is unusual. */
  #openFile(): Promise<NativeHdf5File | undefined> {
    this.#opening ??= this.#openNow();
    return this.#opening;
  }

  async #openNow(): Promise<NativeHdf5File | undefined> {
    const { fd, path, limits } = this.#options;
    try {
      const most = (limit: number) => Math.min(limit, Number.MAX_SAFE_INTEGER);
      const file = await native().openHdf5(fd, path, most(limits.maxChunkBytes), most(limits.maxMetadataBytes), 0);
      this.#file = file;
      if (this.#closed) file.close();
      return file;
    } catch (error) {
      if (AtsError.is(error)) return undefined;
      throw error;
    }
  }
}

function sameExtents(a: readonly number[] | null, b: readonly number[] | null): boolean {
  if (a === null || b === null) return a === b;
  return a.length === b.length && a.every((extent, i) => extent === b[i]);
}
