/** Reads a view in batches of observations, bounded and back-pressured. */

import { lazyFromValue } from "../elements/memory.js";
import { AtsError } from "../errors.js";
import type { AnnDataElements } from "../formats/types.js";
import { normalizeSlice } from "../selection/slice.js";
import { type LoadOptions, loadElements } from "./load.js";
import { chooseParts } from "./wanted.js";

/** Options of `batches`. */
export interface BatchOptions extends LoadOptions {
  /** Observations of a batch; the last one may have fewer. Default 1,024. */
  readonly size?: number | undefined;
}

/** What a batch holds where nothing else is asked for. */
const DEFAULT_ELEMENTS = ["X", "obs", "var"] as const;

/**
 * The elements of one batch after the other, in order. One batch is read ahead while the caller uses another, and no more, so memory holds two.
 * Ending the iteration stops the read ahead. `INVALID_ARGUMENT` unless `size` is a positive integer.
 */
export async function* readBatches(
  elements: AnnDataElements,
  options: BatchOptions,
): AsyncGenerator<AnnDataElements, void, undefined> {
  const size = options.size ?? 1024;
  if (!Number.isInteger(size) || size < 1) {
    throw new AtsError(
      "INVALID_ARGUMENT",
      `A batch of ${size} observations is not possible; pass a size of at least 1.`,
    );
  }
  const stop = new AbortController();
  const signal = options.signal === undefined ? stop.signal : AbortSignal.any([options.signal, stop.signal]);
  const wanted = options.elements ?? DEFAULT_ELEMENTS.filter((name) => name !== "X" || elements.X !== null);
  const fixed = { ...elements, var: await loadVariables(elements, wanted, signal) };
  const read = (start: number): Promise<AnnDataElements> => {
    const obs = normalizeSlice({ start, stop: start + size }, elements.shape[0]);
    const batch = loadElements(fixed, { obs, var: undefined }, { elements: wanted, signal });
    // A batch that is read ahead may fail before anybody waits for it; who waits gets the failure all the same.
    batch.catch(() => undefined);
    return batch;
  };
  let ahead: Promise<AnnDataElements> | undefined;
  try {
    for (let start = 0; start < elements.shape[0]; start += size) {
      const batch = await (ahead ?? read(start));
      ahead = start + size < elements.shape[0] ? read(start + size) : undefined;
      yield batch;
    }
  } finally {
    stop.abort();
    await ahead?.catch(() => undefined);
  }
}

/** The table of variables is the same in every batch: read once. */
async function loadVariables(elements: AnnDataElements, wanted: readonly string[], signal: AbortSignal) {
  const names = wanted.filter((name) => name === "var" || name.startsWith("var/"));
  const { columns } = chooseParts(elements, names);
  return lazyFromValue(await elements.var.readFrame(columns.var, undefined, { signal }), "var");
}
