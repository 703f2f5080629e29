/** Writes `.ats` directories that the Python package reads. */

import { mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { DType } from "../dtype.js";
import { saveDirectory } from "../durability/save.js";
import type { LazyArray, LazyElement, LazyFrame } from "../elements/lazy.js";
import { asCsr } from "../encodings/as-compressed.js";
import { DEFAULT_MEMORY } from "../encodings/block-stream.js";
import { writeDense } from "../encodings/dense-write.js";
import { writeExtended } from "../encodings/extend.js";
import { asDual } from "../encodings/sparse-dual.js";
import { streamSparse } from "../encodings/sparse-write.js";
import { AtsError } from "../errors.js";
import { encodeKey, findCollision } from "../storage/key-names.js";
import { writeParquet } from "../storage/parquet-write.js";
import { zarrMembers } from "../storage/zarr-write.js";
import { writeContext, ZarrWriteSession } from "../storage/zarr-write-session.js";
import { directorySink, type FileSink } from "../storage/zarr-write-sink.js";
import { zarr2Dialect } from "../storage/zarr-write-v2.js";
import { chooseChunks } from "./ats-chunks.js";
import {
  EXTRA_NAME,
  MAP_NAMES,
  OBS_FILE,
  PICKLE_SUFFIX,
  RAW_NAME,
  TABLE_SUFFIX,
  VAR_FILE,
  X_NAME,
} from "./ats-layout.js";
import { type KeepElement, orLeaveOut, writeMember, writeUns } from "./ats-write-files.js";
import { isMatrix, withValues } from "./matrix-values.js";
import type { AnnDataElements, RawElements, WriteOptions } from "./types.js";

/**
 * Every read of a dense matrix is bound by decoding: lz4 takes half of zstd's time or less. Unshuffled, since mostly zeros as matrices are here, they
 * become smaller so and decode faster (11 times smaller, 3 GB/s per core, log-normalised values too), and few rows are decoded by themselves. `zstd:1` halves the
 * size again.
 */
const DEFAULT_CODEC = "blosc-lz4:5:noshuffle";
/** Maps that the Python package does not know: their sparse matrices stay sparse. */
const OURS: readonly string[] = ["obsp", "varp"];

/** What `x` and `dtype` speak of: matrices of observations and variables. */
const MATRICES = /^(X|raw\/X|layers\/.*)$/s;

/**
 * Writes `elements` to `path`, all or nothing. Sparse matrices are densified on the way unless `x` says `keep` (as they are) or `sparse` (dense ones
 * become CSR); Python's package cannot read those, and `onWarning` is told. `ALREADY_EXISTS`, `LOCKED`, `UNSAFE_PATH` for keys that no
 * file can be named after, `UNSUPPORTED` for values without a form in an `.ats`, `INVALID_ARGUMENT` for a codec, `IO`.
 */
export async function writeAts(elements: AnnDataElements, path: string, options: WriteOptions = {}): Promise<void> {
  await checkKeys(elements);
  const save = { format: "ats", overwrite: options.overwrite, durability: options.durability, signal: options.signal };
  const session = atsSession(options);
  await saveDirectory(path, save, (root) => new AtsWriter(root, session(root), options).write(elements));
}

/** The sessions for the arrays of a store, by the directory that it is written to; `keep` takes files of the old store over. */
export function atsSession(
  options: Pick<WriteOptions, "codec" | "threads">,
): (root: string, keep?: FileSink["keep"]) => ZarrWriteSession {
  const dialect = zarr2Dialect({ codec: options.codec ?? DEFAULT_CODEC, fill: "none", shuffle: -1 });
  const context = writeContext(options.threads);
  return (root, keep) => {
    const sink = { ...directorySink(root), ...(keep && { keep }) };
    return new ZarrWriteSession(sink, dialect, context, { encodedNames: true });
  };
}

/** Names that only some file systems can tell apart are refused before anything is written. */
export async function checkKeys(elements: AnnDataElements): Promise<void> {
  const unsKeys = await elements.uns.keys();
  const maps: [string, Iterable<string>][] = [
    ...MAP_NAMES.map((name) => [name, elements[name].keys()] as [string, Iterable<string>]),
  ];
  for (const [path, keys] of [...maps, ["uns", unsKeys] as [string, Iterable<string>]]) {
    for (const key of keys) encodeKey(key, path, ".parquet");
  }
}

/** Writes the parts of a store into the existing directory `root`. */
export class AtsWriter {
  constructor(
    private readonly root: string,
    private readonly session: ZarrWriteSession,
    private readonly options: WriteOptions,
    private readonly keep: KeepElement = async () => false,
  ) {}

  async write(elements: AnnDataElements): Promise<void> {
    const { signal } = this.options;
    await this.#checkNames(elements);
    if (!(await this.keep("obs", [OBS_FILE]))) await this.#table(elements.obs, OBS_FILE);
    if (!(await this.keep("var", [VAR_FILE]))) await this.#table(elements.var, VAR_FILE);
    if (elements.X === null) this.#warn("There is no X: the Python package cannot load this store.");
    else if (!(await this.keep("X", [X_NAME]))) await this.#array(elements.X, "", X_NAME, X_NAME);
    for (const name of MAP_NAMES) await this.#map(elements[name], name);
    await writeUns(this.root, elements.uns, { signal }, (message) => this.#warn(message), this.keep);
    if (elements.raw !== null && !(await this.keep("raw", [RAW_NAME]))) await this.#raw(elements.raw, elements.obs);
  }

  async #table(frame: LazyFrame, file: string): Promise<void> {
    const { signal } = this.options;
    await writeParquet(join(this.root, file), await frame.readFrame(undefined, undefined, { signal }), { signal });
  }

  /** The Python loader wants `raw/obs.parquet`: the index is enough for it. */
  async #raw(raw: RawElements, obs: LazyFrame): Promise<void> {
    const { signal } = this.options;
    const directory = join(this.root, RAW_NAME);
    await mkdir(directory);
    await writeParquet(join(directory, OBS_FILE), await obs.readFrame([], undefined, { signal }), { signal });
    await this.#table(raw.var, join(RAW_NAME, VAR_FILE));
    if (raw.X !== null) await this.#array(raw.X, RAW_NAME, X_NAME, `${RAW_NAME}/${X_NAME}`);
    await this.#map(raw.varm, `${RAW_NAME}/varm`);
  }

  async #map(members: ReadonlyMap<string, LazyElement>, path: string): Promise<void> {
    for (const [key, element] of members) {
      this.options.signal?.throwIfAborted();
      const extra = [PICKLE_SUFFIX, TABLE_SUFFIX].map(
        (suffix) => `${EXTRA_NAME}/${path}/${encodeKey(key, path, suffix)}`,
      );
      if (await this.keep(`${path}/${key}`, [`${path}/${encodeKey(key, path)}`, ...extra])) continue;
      if (element.kind === "lazy-array" && isNumeric(element)) {
        await mkdir(join(this.root, path), { recursive: true });
        await this.#array(element, path, encodeKey(key, path), `${path}/${key}`);
      } else await this.#extra(element, path, key);
    }
  }

  /** What is no array of numbers goes where Python's loader does not look, as it would fail on it. */
  async #extra(element: LazyElement, path: string, key: string): Promise<void> {
    const { signal } = this.options;
    const directory = join(this.root, EXTRA_NAME, path);
    await mkdir(directory, { recursive: true });
    const write = async () => {
      await writeMember(directory, key, await element.read([], { signal }), path, { signal });
      this.#warn(`${path}/${key} is no array of numbers: the Python package will not see it.`);
    };
    await orLeaveOut(`${path}/${key}`, write, (message) => this.#warn(message));
  }

  async #array(source: LazyArray, directory: string, name: string, element: string): Promise<void> {
    const group = zarrMembers(this.session, directory);
    const { codec, chunkRows, chunkColumns, memory = DEFAULT_MEMORY, onProgress, signal } = this.options;
    const onBytes = onProgress && ((done: number, total: number) => onProgress({ element, done, total }));
    if (await writeExtended(group, name, source, { memory, onBytes, signal })) return;
    const matrix =
      MATRICES.test(element) && isMatrix(source) ? await withValues(source, element, this.options) : source;
    const sparse = this.#sparseForm(matrix, element);
    if (sparse === undefined) {
      const chunks = chooseChunks(matrix.shape, matrix.dtype as DType, { chunkRows, chunkColumns });
      return writeDense(group, name, matrix, { codec, chunks, memory, onBytes, signal });
    }
    const majors = sparse.shape[sparse.sparse === "csc" ? 1 : 0] as number;
    await streamSparse(group, name, sparse, { codec, memory, signal, onMajors: (done) => onBytes?.(done, majors) });
  }

  /** What is written where `element` is to be sparse in the store; undefined where it is to be dense. */
  #sparseForm(source: LazyArray, element: string): LazyArray | undefined {
    const { x = "dense" } = this.options;
    const ours = OURS.includes(element.split("/")[0] as string);
    if (source.sparse !== null && ours) return source;
    const matrix = isMatrix(source) && MATRICES.test(element);
    const becomes = (x === "sparse" || x === "dual") && source.sparse === null && matrix;
    if (x === "dense" || (source.sparse === null && !becomes)) return undefined;
    this.#warn(`${element} is sparse in this store, which the Python package cannot read.`);
    if (x === "dual" && matrix) return asDual(source);
    return becomes ? asCsr(source) : source;
  }

  /** Where the file system takes two names for one, writing both would lose one of them. */
  async #checkNames(elements: AnnDataElements): Promise<void> {
    const maps = [
      ...MAP_NAMES.map((name) => [name, [...elements[name].keys()]] as const),
      ["uns", await elements.uns.keys()] as const,
    ];
    for (const [path, keys] of maps) {
      const pair = findCollision(keys);
      if (pair === undefined || (await this.#tellsApart(...pair))) continue;
      throw new AtsError(
        "UNSAFE_PATH",
        `${path}: this file system cannot tell the keys "${pair[0]}" and "${pair[1]}" apart; rename one.`,
        {
          path,
        },
      );
    }
  }

  async #tellsApart(a: string, b: string): Promise<boolean> {
    const probe = join(this.root, ".names");
    await mkdir(probe);
    try {
      await writeFile(join(probe, encodeKey(a, "")), "", { flag: "wx" });
      return await writeFile(join(probe, encodeKey(b, "")), "", { flag: "wx" }).then(
        () => true,
        () => false,
      );
    } finally {
      await rm(probe, { recursive: true, force: true });
    }
  }

  #warn(message: string): void {
    this.options.onWarning?.(message);
  }
}

function isNumeric({ dtype, info }: LazyArray): boolean {
  const plain = info.encoding === "array" || info.encoding.endsWith("_matrix") || info.encoding === "";
  return plain && typeof dtype === "string" && dtype !== "string";
}
