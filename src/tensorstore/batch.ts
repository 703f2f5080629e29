import type { NativeBatch } from "../native/addon.js";
import { native } from "./native.js";

/**
 * Reads that are sent together, so that neighbouring ones (inner chunks of one shard, say) become one. They wait until the
 * batch is submitted: awaiting one of them before that waits for ever.
 *
 * ```ts
 * const reads = [];
 * {
 *   using batch = new Batch();
 *   for (const view of views) reads.push(view.read({ batch }));
 * } // submitted here
 * await Promise.all(reads);
 * ```
 */
export class Batch {
  /** @internal */
  readonly handle: NativeBatch = native().batch();

  /** Sends the reads; no more can be added. A second call does nothing. */
  submit(): void {
    this.handle.submit();
  }

  /** Whether `submit` was called. */
  get submitted(): boolean {
    return this.handle.submitted();
  }

  [Symbol.dispose](): void {
    this.submit();
  }
}
