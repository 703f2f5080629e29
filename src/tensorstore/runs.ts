/** Runs of a one-dimensional store, read into memory of the caller. */
import { itemSize, type TypedArray } from "../dtype.js";
import type { EntryRuns } from "../selection/runs.js";
import { type Cancellable, cancellable } from "./abort.js";
import { nativeBytes } from "./element-type.js";
import type { TensorStore } from "./tensorstore.js";

/** How runs are read. */
export interface ReadRunsOptions extends Cancellable {
  /** Whether nothing has touched the target yet: it is backed with huge pages then. */
  readonly fresh?: boolean | undefined;
  /** Where the values are signed integers of 32 or 64 bits: the limit that they are checked against while they are decoded. */
  readonly below?: number | undefined;
}

/**
 * Reads `runs` of `store`, which is as it was opened, into `target`, a typed array of its element type. Each chunk is decoded once; whole
 * chunks are decoded into the target itself. Whether all values that were read are known to be in [0, below).
 * @throws AtsError INVALID_ARGUMENT where a run is outside the store or the target; else as `TensorStore.read`
 */
export function readRuns(
  store: TensorStore,
  runs: EntryRuns,
  target: TypedArray,
  options: ReadRunsOptions = {},
): Promise<boolean> {
  const { bytes, dtype } = nativeBytes(target, store.dtype);
  const { starts, counts, places } = runs;
  return cancellable(options.signal, (token) =>
    store.handle.readRuns(
      bytes,
      dtype,
      target.byteLength / (dtype === "byte" ? 1 : itemSize(dtype)),
      starts,
      counts,
      places,
      starts.length,
      options.fresh ?? false,
      options.below ?? -1,
      token,
    ),
  );
}
