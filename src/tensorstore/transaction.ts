import type { NativeTransaction } from "../native/addon.js";
import { type Cancellable, cancellable } from "./abort.js";
import { native } from "./native.js";

/** Guarantees beyond isolation. */
export interface TransactionOptions {
  /** All or nothing; an operation that cannot be part of that fails. */
  readonly atomic?: boolean | undefined;
  /** What was read must not have changed by the commit. */
  readonly repeatableRead?: boolean | undefined;
}

/** Where a transaction stands. */
export type TransactionState = "open" | "aborted" | "committing" | "settled";

/**
 * Writes that are staged in memory and invisible to others until they are committed. A transaction that is dropped without
 * a commit is aborted.
 */
export class Transaction {
  /** @internal */
  readonly handle: NativeTransaction;

  constructor(options: TransactionOptions = {}) {
    this.handle = native().transaction(options.atomic ?? false, options.repeatableRead ?? false);
  }

  /**
   * Commits; resolves once everything is stored. An abort signal stops the waiting, not a commit that has begun.
   * @throws AtsError CLOSED when the transaction was aborted, and what writing can fail with
   */
  commit(options: Cancellable = {}): Promise<void> {
    return cancellable(options.signal, (token) => this.handle.commit(token));
  }

  /** Drops what was staged; does nothing once the transaction was committed or aborted. */
  abort(): void {
    this.handle.abort();
  }

  /** `committing` until the commit has ended, `settled` after it, whatever came out of it. */
  get state(): TransactionState {
    const { aborted, commitStarted, settled } = this.handle.state();
    if (aborted) return "aborted";
    if (!commitStarted) return "open";
    return settled ? "settled" : "committing";
  }

  /** Whether operations may still join. */
  get open(): boolean {
    return this.state === "open";
  }

  /** About how much memory the staged writes take. */
  get bytes(): number {
    return this.handle.state().bytes;
  }
}
