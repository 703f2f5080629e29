/** Writes an HDF5 file that h5py and anndata read as their own, natively: chunks are encoded on threads and placed as they are. */
import { availableParallelism } from "node:os";
import type { Hdf5DatasetSpec, Hdf5GroupSpec, NativeHdf5Writer } from "../native/hdf5-writer.js";
import { cancellable, onAbort } from "../tensorstore/abort.js";
import { native } from "../tensorstore/native.js";
import { attributeSpecs } from "./hdf5-write-attributes.js";
import { columnsOf } from "./hdf5-write-block.js";
import { type CopyTarget, copyNode, copyRoot, extendArray } from "./hdf5-write-copy.js";
import { blocksOf, chooseLayout, type Hdf5Codec, hdf5Codec } from "./hdf5-write-layout.js";
import { memberPath } from "./hdf5-write-names.js";
import type {
  ArrayNode,
  ArrayWriter,
  Attributes,
  CopyOptions,
  ExtendedArray,
  GroupNode,
  GroupWriter,
  NewArray,
  ReadOptions,
  StoredNode,
  StoredValue,
} from "./types.js";

/** How a file is written. */
export interface Hdf5WriteOptions extends ReadOptions {
  /** Attributes of the root. */
  readonly attributes?: Attributes | undefined;
  /** The codec of arrays that name none: `none` (the default, as in anndata), `gzip[:level]` or `lzf`. */
  readonly codec?: string | undefined;
  /** Whether chunks that are asked for arrays of several axes are taken. Else this writer chooses, and has none without a codec. */
  readonly takeChunks?: boolean | undefined;
  /** Threads that encode chunks; default `os.availableParallelism()`. */
  readonly threads?: number | undefined;
}

/** A file that is being written. One of the two has to be called. */
export interface Hdf5Writer {
  readonly root: GroupWriter;
  /** Gives the root the attributes of `node`, the root of another HDF5 file, as they are stored there. */
  copyAttributes(node: GroupNode): Promise<void>;
  /** Completes the file and closes it. */
  close(): Promise<void>;
  /** Closes the file, whose bytes are worth nothing. Never fails; nothing is left to do after `close`. */
  abandon(): Promise<void>;
}

/**
 * Creates the file `path`, which must not exist. Errors, here and of the writers: `ALREADY_EXISTS`, `NOT_FOUND` (of the directory), `IO` for what the
 * operating system reports; `UNSUPPORTED` for types and attributes that HDF5 has no form for; `INVALID_ARGUMENT` for codecs, chunks and text
 * that it cannot hold; `UNSAFE_PATH` for a name that it cannot. After an error, or an abort, the file can only be abandoned; `UNSUPPORTED`
 * and `UNSAFE_PATH` alone leave it as it was.
 */
export async function openHdf5Writer(path: string, options: Hdf5WriteOptions = {}): Promise<Hdf5Writer> {
  const { attributes = {}, codec = "none", takeChunks = false, threads = availableParallelism(), signal } = options;
  const shared = { codec: hdf5Codec(codec), takeChunks };
  const specs = attributeSpecs(attributes, path);
  const handle = await cancellable(signal, (token) => native().hdf5Create(path, Math.max(1, threads), token));
  if (specs.length > 0) await handle.group(JSON.stringify({ path: "", attributes: specs } satisfies Hdf5GroupSpec), 0);
  const session = { handle, ...shared };
  return {
    root: new Group(session, "", false),
    copyAttributes: (node) => copyRoot(copyTarget(session), node),
    close: () => handle.close(0),
    abandon: () => handle.abandon(0),
  };
}

/** What all writers of one file share. */
interface Session {
  readonly handle: NativeHdf5Writer;
  readonly codec: Hdf5Codec;
  readonly takeChunks: boolean;
}

function copyTarget(session: Session): CopyTarget {
  const { handle } = session;
  return {
    handle,
    groupAt: (path) => new Group(session, path, false),
    arrayAt: (number, path, array, chunks) => new Dataset(handle, number, path, array, blocksOf(array, { chunks })),
  };
}

/** Groups whose arrays anndata may append to. */
const SPARSE = new Set<unknown>(["csr_matrix", "csc_matrix"]);

class Group implements GroupWriter {
  constructor(
    private readonly session: Session,
    readonly path: string,
    private readonly sparse: boolean,
  ) {}

  async group(name: string, attributes: Attributes = {}): Promise<GroupWriter> {
    const path = memberPath(this.path, name);
    const spec: Hdf5GroupSpec = { path, attributes: attributeSpecs(attributes, path) };
    await this.session.handle.group(JSON.stringify(spec), 0);
    return new Group(this.session, path, SPARSE.has(attributes["encoding-type"]));
  }

  async array(name: string, array: NewArray): Promise<ArrayWriter> {
    const path = memberPath(this.path, name);
    const { handle, takeChunks } = this.session;
    const codec = array.codec === undefined ? this.session.codec : hdf5Codec(array.codec);
    const layout = chooseLayout(array, { codec, sparsePart: this.sparse, takeChunks });
    const { shape, empty = false, attributes = {} } = array;
    const specs = attributeSpecs(attributes, path);
    const spec: Hdf5DatasetSpec = { path, attributes: specs, dtype: typeSpec(array), shape, empty, ...layout };
    const number = await handle.dataset(JSON.stringify(spec), 0);
    return new Dataset(handle, number, path, array, blocksOf(array, layout));
  }

  copy(name: string, node: StoredNode, options?: CopyOptions): Promise<boolean> {
    return copyNode(copyTarget(this.session), memberPath(this.path, name), node, options);
  }

  extend(name: string, node: ArrayNode, length: number, options?: ReadOptions): Promise<ExtendedArray | undefined> {
    return extendArray(copyTarget(this.session), memberPath(this.path, name), node, length, options);
  }
}

class Dataset implements ArrayWriter {
  readonly shape: readonly number[];

  constructor(
    private readonly handle: NativeHdf5Writer,
    private readonly number: number,
    readonly path: string,
    private readonly array: NewArray,
    readonly chunks: readonly number[],
  ) {
    this.shape = array.shape;
  }

  async write(origin: readonly number[], block: StoredValue, { signal }: ReadOptions = {}): Promise<void> {
    const columns = columnsOf(block, this.array.dtype, this.path);
    const release = signal && onAbort(signal, () => this.handle.stop());
    try {
      await cancellable(signal, (token) => this.handle.write(this.number, origin, block.shape, columns, token));
    } finally {
      release?.();
    }
  }
}

function typeSpec({ dtype, textBytes }: NewArray): Hdf5DatasetSpec["dtype"] {
  if (dtype === "string" && textBytes !== undefined) return { bytes: textBytes };
  if (typeof dtype === "string") return dtype;
  return dtype.fields.map((field) => ({ name: field.name, dtype: field.dtype, shape: field.shape ?? [] }));
}
