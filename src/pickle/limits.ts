/** What a pickle may cost before it is refused. */

/** Bounds on one pickle; all of them can be raised. */
export interface PickleLimits {
  /** How deep values may nest. */
  readonly maxDepth: number;
  /** Bytes that the values may take once every shared reference is counted as often as it is met. */
  readonly maxExpandedBytes: number;
}

/** Containers and objects that are open at once while a pickle is read, per level of depth. */
export const MARKS_PER_LEVEL = 4;

/** The longest integer, in bytes, that is read: 64 KiB is an integer of 157,000 digits. */
export const MAX_INTEGER_BYTES = 1 << 16;

/** The longest string that the runtime can hold, in UTF-8 bytes. */
export const MAX_STRING_BYTES = 0x1fff_ffe8;

/** The longest byte string that fits in memory beside its pickle. */
export const MAX_BYTES = 2 ** 32;

/** Far deeper than data is, and about half of what the call stack of a Node thread holds. */
const DEFAULT_DEPTH = 400;

/** The bounds for a pickle of `inputBytes`: 400 levels, and 256 MiB plus 64 times the input. */
export function pickleLimits(inputBytes: number, limits: Partial<PickleLimits> = {}): PickleLimits {
  return {
    maxDepth: limits.maxDepth ?? DEFAULT_DEPTH,
    maxExpandedBytes: limits.maxExpandedBytes ?? 256 * 2 ** 20 + 64 * inputBytes,
  };
}
