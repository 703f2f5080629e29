/** What the native stores check of values, which TensorStore does not (native/os/read_guard.h). */

/** The checks; 0 is none. */
export interface ReadGuard {
  /** What a Blosc buffer may claim to decode to. */
  readonly bloscBytes?: number;
  /** Bytes of the index at the end of a shard, negative at its start. */
  readonly indexBytes?: number;
  /** What a value may have. */
  readonly maxBytes?: number;
}

/** What a key begins with whose value is to be checked; nothing where there is nothing to check. */
export function guardPrefix({ bloscBytes = 0, indexBytes = 0, maxBytes = 0 }: ReadGuard): string {
  const guards = [bloscBytes, indexBytes, maxBytes];
  return guards.every((guard) => guard === 0) ? "" : `\0${guards.join()}\0`;
}
