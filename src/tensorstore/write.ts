import type { NativeWrite } from "../native/addon.js";
import { type Cancellable, cancellable, onAbort } from "./abort.js";

/** How to write. */
export interface WriteOptions extends Cancellable {
  /**
   * The source will not change until the process has nothing more to do with the store: TensorStore may then keep using its
   * memory and saves a copy of whole chunks.
   */
  readonly sourceIsImmutable?: boolean | undefined;
}

/**
 * A write under way. Awaiting it waits until everything is stored. `copied` comes earlier: the source may then change.
 *
 * Storing begins when someone awaits the write or `committed`, so that writes to one chunk are stored together. A write that
 * nobody awaits may never be stored.
 */
export class WriteFutures implements PromiseLike<void> {
  /** Resolves once the source is no longer needed. */
  readonly copied: Promise<void>;
  readonly #handle: NativeWrite;
  readonly #signal: AbortSignal | undefined;
  #committed: Promise<void> | undefined;

  /** @internal */
  constructor(handle: NativeWrite, signal?: AbortSignal) {
    this.#handle = handle;
    this.#signal = signal;
    this.copied = cancellable(signal, (token) => handle.copied(token));
    // A failure to copy fails the commit too, so nobody has to look at both.
    const release = signal ? onAbort(signal, () => handle.drop()) : () => {};
    this.copied.then(release, release);
  }

  /** Begins to store, and resolves once everything is stored. */
  get committed(): Promise<void> {
    this.#committed ??= cancellable(this.#signal, (token) => this.#handle.committed(token));
    return this.#committed;
  }

  // biome-ignore lint/suspicious/noThenProperty: a write is awaited like a promise, and only then is it stored
  then: Promise<void>["then"] = (fulfilled, rejected) => this.committed.then(fulfilled, rejected);
}
