/** Writes the members of an AnnData in anndata's own form: what Zarr and h5ad have in common. */
import type { DType } from "../dtype.js";
import type { LazyDict, LazyElement } from "../elements/lazy.js";
import { marked, type WriteContext } from "../encodings/define.js";
import { lazyDict } from "../encodings/group-dict.js";
import { checkKey, columnPath } from "../encodings/keys.js";
import { writeContext } from "../encodings/write-context.js";
import type { GroupWriter } from "../storage/types.js";
import { chooseChunks } from "./ats-chunks.js";
import { writeMatrix } from "./matrix-form.js";
import type { AnnDataElements, RawElements, WriteOptions } from "./types.js";

/** The attributes of an AnnData's root group, which whoever creates that group gives it. */
export const ROOT_ATTRIBUTES = marked("anndata", "0.1.0");

/** Groups of named elements, in the order in which anndata writes them. */
const MAPS = ["obsm", "varm", "obsp", "varp", "layers"] as const;

/**
 * Writes every member of `elements` below `root`, the root group of a new store, which has {@link ROOT_ATTRIBUTES}. Elements are streamed under `options.memory`; a
 * missing X and a missing raw leave no trace, as in anndata's own files. `UNSUPPORTED` for an element without a form in AnnData, unless
 * `options.unsupported` is `leave-out`; `UNSAFE_PATH` for a key that cannot be a name, before anything is written; the signal stops between blocks.
 */
export async function writeAnnDataGroup(
  root: GroupWriter,
  elements: AnnDataElements,
  options: WriteOptions = {},
): Promise<void> {
  await checkKeys(elements);
  const context = contextOf(options);
  if (elements.X !== null) await writeMatrix(root, "X", elements.X, context, options);
  await context.write(root, "obs", elements.obs);
  await context.write(root, "var", elements.var);
  for (const name of MAPS) {
    if (name === "layers") await writeLayers(root, elements.layers, context, options);
    else await context.write(root, name, dictOf(elements[name], name));
  }
  await context.write(root, "uns", elements.uns, "dict");
  if (elements.raw !== null) await writeRaw(root, elements.raw, context, options);
}

function contextOf(options: WriteOptions): WriteContext {
  const { memory, codec, compat, asStored, unsupported, encodings, maxDepth, onProgress, onWarning, signal } = options;
  return writeContext({
    memory,
    codec,
    compat,
    asStored,
    unsupported,
    encodings,
    maxDepth,
    signal,
    onWarning,
    onProgress: onProgress && ((element, done, total) => onProgress({ element, done, total })),
    chunks: (shape, dtype) => chunksOf(shape, dtype, options),
  });
}

/** Matrices have chunks that serve rows and columns; of other arrays the storage decides. */
function chunksOf(shape: readonly number[], dtype: DType, wish: WriteOptions): readonly number[] | undefined {
  return shape.length === 2 ? chooseChunks(shape, dtype, wish) : undefined;
}

async function writeLayers(
  root: GroupWriter,
  layers: ReadonlyMap<string, LazyElement>,
  context: WriteContext,
  options: WriteOptions,
): Promise<void> {
  const group = await root.group("layers", marked("dict", "0.1.0"));
  for (const [key, layer] of layers) await writeMatrix(group, key, layer, context, options);
}

async function writeRaw(
  root: GroupWriter,
  raw: RawElements,
  context: WriteContext,
  options: WriteOptions,
): Promise<void> {
  const group = await root.group("raw", marked("raw", "0.1.0"));
  if (raw.X !== null) await writeMatrix(group, "X", raw.X, context, options);
  await context.write(group, "var", raw.var);
  await context.write(group, "varm", dictOf(raw.varm, "raw/varm"));
}

function dictOf(members: ReadonlyMap<string, LazyElement>, path: string): LazyDict {
  return lazyDict({
    info: { path, encoding: "dict", encodingVersion: "0.1.0", dtype: null, shape: null, layout: null, nnz: null },
    keys: async () => [...members.keys()],
    get: async (key) => members.get(key),
    storedBytes: async () => undefined,
  });
}

/** Names are refused before anything is written, as far as they are known without opening elements. */
async function checkKeys(elements: AnnDataElements): Promise<void> {
  const check = (keys: Iterable<string>, path: string) => {
    for (const key of keys) checkKey(key, path);
  };
  for (const name of MAPS) check(elements[name].keys(), name);
  for (const name of elements.obs.columnNames) columnPath(name, "obs");
  for (const name of elements.var.columnNames) columnPath(name, "var");
  check(await elements.uns.keys(), "uns");
  if (elements.raw === null) return;
  for (const name of elements.raw.var.columnNames) columnPath(name, "raw/var");
  check(elements.raw.varm.keys(), "raw/varm");
}
