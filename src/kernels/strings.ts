/** Arrays of strings in a store, decoded and encoded in C++ on threads: Arrow's layout in and out, no JavaScript string per value. */
import { allocate } from "../dtype.js";
import type { Selected } from "../native/addon.js";
import { type AxisSelection, isWholeAxis } from "../selection/axis.js";
import { type Cancellable, cancellable } from "../tensorstore/abort.js";
import { Context } from "../tensorstore/context.js";
import { toJson } from "../tensorstore/json.js";
import { native } from "../tensorstore/native.js";
import { INT32_MAX } from "./arrays.js";
import { layoutJson, type StringLayout } from "./string-layout.js";
import type { Utf8 } from "./utf8.js";

export type { ByteCodecs, StringLayout, TextKind } from "./string-layout.js";

/** What to read of an array of strings, and what that may cost. */
export interface StringRead extends StringLayout {
  /** One entry per dimension, a missing one means the whole; order and duplicates are kept. Positions must be inside the shape. */
  readonly selection?: readonly (AxisSelection | undefined)[] | undefined;
  /** A chunk that is not stored has the fill value, or is `CORRUPT`. */
  readonly missing: "fill" | "corrupt";
  readonly limits: {
    /** What one chunk may decode to, in bytes. */
    readonly maxChunkBytes: number;
    /** What the result may have, in bytes: text and offsets. */
    readonly maxReadBytes: number;
  };
}

/** Strings in Arrow's layout and the shape that they fill in C order. */
export interface StringBlock extends Utf8 {
  readonly shape: readonly number[];
}

/**
 * Reads a selection of an array of strings. Each touched chunk is fetched and decoded once, in parallel.
 * @throws AtsError `CORRUPT` for chunks that are cut, too long, not UTF-8 or missing (where asked), naming the chunk; `LIMIT_EXCEEDED`;
 * `UNSUPPORTED` for a codec that this build does not have; `IO`
 */
export async function readStringArray(request: StringRead, options: Cancellable = {}): Promise<StringBlock> {
  const shape = request.shape.map((extent, d) => request.selection?.[d]?.count ?? extent);
  const layout = toJson({
    ...layoutJson(request),
    missing: request.missing,
    maxChunkBytes: Math.min(request.limits.maxChunkBytes, Number.MAX_SAFE_INTEGER),
    maxReadBytes: Math.min(request.limits.maxReadBytes, Number.MAX_SAFE_INTEGER),
  });
  const selection = request.shape.map((extent, d) => selected(request.selection?.[d], extent));
  const { handle } = request.context ?? Context.default();
  const read = await cancellable(options.signal, (token) =>
    native().readStrings(request.store.handle, handle, layout, selection, token),
  );
  const { count, byteLength } = read.sizes();
  const offsets = byteLength > INT32_MAX ? allocate("int64", count + 1) : allocate("int32", count + 1);
  const bytes = allocate("uint8", byteLength);
  await cancellable(options.signal, (token) => read.fill(offsets, bytes, token));
  return { offsets, bytes, shape };
}

/** A selection along an axis of `extent` as the addon takes it. */
export function selected(selection: AxisSelection | undefined, extent: number): Selected {
  if (selection === undefined || isWholeAxis(selection, extent)) return null;
  if (selection.kind === "range") return [selection.start, selection.step, selection.count];
  return selection.positions.subarray(0, selection.count);
}

/** What to write into an array of strings. */
export interface StringWrite extends StringLayout {
  /** Where the block starts: on the grid of the chunks (of the shards where there are shards). */
  readonly origin: readonly number[];
  /** Ends on that grid too, or at the end of the array. A missing value is written as "". */
  readonly block: StringBlock;
}

/**
 * Writes a block of whole chunks: each is encoded on a thread and written once; resolves once the store has committed them.
 * @throws AtsError `INVALID_ARGUMENT` for a block that does not fit the grid, or a text that is longer than a fixed length; `IO`
 */
export async function writeStringArray(request: StringWrite, options: Cancellable = {}): Promise<void> {
  const { origin, block } = request;
  const layout = toJson({ ...layoutJson(request), origin, blockShape: block.shape });
  const { handle } = request.context ?? Context.default();
  await cancellable(options.signal, (token) =>
    native().writeStrings(request.store.handle, handle, layout, block.offsets, block.bytes, token),
  );
}
