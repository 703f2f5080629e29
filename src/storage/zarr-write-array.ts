/** One Zarr array that is being written: its metadata first, then its values block by block, each chunk encoded once. */
import { DenseArray, sizeOf } from "../elements/dense.js";
import type { RecordArray } from "../elements/record.js";
import { AtsError } from "../errors.js";
import { open } from "../tensorstore/open.js";
import type { TensorStore } from "../tensorstore/tensorstore.js";
import type { ArrayWriter, NewArray, ReadOptions, StoredValue } from "./types.js";
import { chooseCut } from "./zarr-write-layout.js";
import { type ArrayPlan, asBytes, formWidth, valueForm } from "./zarr-write-plan.js";
import { packRecords } from "./zarr-write-records.js";
import type { ZarrWriteSession } from "./zarr-write-session.js";
import { textWriter } from "./zarr-write-text.js";

/** Writes a block that is known to fit. */
export type WriteBlock = (origin: readonly number[], block: StoredValue) => Promise<void>;

/**
 * Makes the array at `path` (below the root, a checked name). `INVALID_ARGUMENT` for chunks and codecs that it cannot have, `UNSUPPORTED` for values
 * without a type in this version of Zarr, `IO`.
 */
export async function createZarrArray(
  path: string,
  options: NewArray,
  session: ZarrWriteSession,
): Promise<ArrayWriter> {
  const { dialect } = session;
  const form = valueForm(options, path);
  const { chunks, shards, pieces, perRow } = options;
  const wish = { chunks, shards, pieces, perRow, shardRows: session.options.shardRows };
  const plan: ArrayPlan = {
    form,
    shape: options.shape,
    codec: options.codec ?? (options.role === "indices" ? dialect.indexCodec : undefined) ?? dialect.codec,
    attributes: options.attributes ?? {},
    // zarr-python 3.1 cannot read shards of records: it takes their fill value for a key.
    ...chooseCut(options.shape, formWidth(form), wish, dialect.sharded && form.kind !== "record", path),
  };
  await session.putAll(path, dialect.array(plan, path));
  const grid = plan.shards ?? plan.chunks;
  const writeBlock = blockWriter(path, plan, session);
  return {
    path,
    shape: plan.shape,
    chunks: grid,
    async write(origin, block, more: ReadOptions = {}) {
      checkBlock(path, plan.shape, origin, block);
      if (sizeOf(block.shape) === 0) return;
      // Not with the signal: a write that is let go of goes on in C++, and would make files in a staging place that is being removed.
      await writeBlock(origin, block);
      await session.sink.chunksDone?.(path, () => wholeKeys(plan.shape, grid, origin, block.shape, dialect.chunkKey));
      more.signal?.throwIfAborted();
    },
  };
}

function blockWriter(path: string, plan: ArrayPlan, session: ZarrWriteSession): WriteBlock {
  const { form } = plan;
  if (form.kind === "number") return numberWriter(path, plan, session);
  if (form.kind === "string" || form.kind === "bytes") return textWriter(path, plan, session);
  const { layout } = form;
  const write = numberWriter(path, asBytes(plan, layout.size), session);
  return ([first = 0], block) => {
    const bytes = packRecords(layout, block as RecordArray, path);
    return write([first * layout.size], new DenseArray("uint8", [bytes.length], bytes));
  };
}

function numberWriter(path: string, plan: ArrayPlan, session: ZarrWriteSession): WriteBlock {
  const dtype = plan.form.kind === "number" ? plan.form.dtype : "uint8";
  let opened: Promise<TensorStore> | undefined;
  return async (origin, block) => {
    opened ??= open(session.dialect.spec(plan, dtype, session.sink.chunkStore(path)), {
      open: true,
      assumeMetadata: true,
      write: true,
      context: session.context,
    });
    const store = await opened;
    const box = block.shape.map((n, i) => ({ start: origin[i] as number, stop: (origin[i] as number) + n }));
    // The block is not copied: a writer's memory stays as it is until its write has ended, and chunks are written once.
    await store.slice(...box).write(block as never, { sourceIsImmutable: true });
  };
}

/** `INVALID_ARGUMENT`, naming `path`, unless `block` at `origin` lies within `shape`. */
export function checkBlock(
  path: string,
  shape: readonly number[],
  origin: readonly number[],
  block: StoredValue,
): void {
  const fits =
    block.shape.length === shape.length &&
    origin.length === shape.length &&
    block.shape.every((n, i) => (origin[i] ?? -1) >= 0 && (origin[i] as number) + n <= (shape[i] as number));
  if (fits) return;
  const message = `A block of shape [${block.shape}] at [${origin}] does not fit ${path} of shape [${shape}].`;
  throw new AtsError("INVALID_ARGUMENT", message, { path });
}

/** The keys of the pieces of `grid` that a block fills wholly, as far as they lie in the array. */
function* wholeKeys(
  shape: readonly number[],
  grid: readonly number[],
  origin: readonly number[],
  block: readonly number[],
  key: (indices: readonly number[]) => string,
): Generator<string> {
  const ranges = grid.map((step, i) => {
    const [start, stop] = [origin[i] as number, (origin[i] as number) + (block[i] as number)];
    return [Math.ceil(start / step), stop === shape[i] ? Math.ceil(stop / step) : Math.floor(stop / step)] as const;
  });
  yield* combine(ranges, [], key);
}

function* combine(
  ranges: readonly (readonly [number, number])[],
  before: readonly number[],
  key: (indices: readonly number[]) => string,
): Generator<string> {
  const range = ranges[before.length];
  if (range === undefined) {
    yield key(before);
    return;
  }
  for (let at = range[0]; at < range[1]; at++) yield* combine(ranges, [...before, at], key);
}
