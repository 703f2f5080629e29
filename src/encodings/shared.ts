/** A value that is made once, for all who want it while it is made or later. */
import type { ReadOptions } from "../storage/types.js";

interface Making<T> {
  readonly value: Promise<T>;
  readonly stop: AbortController;
  /** How many wait for it. */
  wanted: number;
  made: boolean;
}

/** What `make` gives. It is stopped once nobody waits for it any more, and made again where that, or a failure, was the end of it. */
export class Shared<T> {
  #making: Making<T> | undefined;
  #closed = false;

  constructor(private readonly make: (options: ReadOptions) => Promise<T>) {}

  /** Whether {@link close} was called: `get` rejects then. */
  get closed(): boolean {
    return this.#closed;
  }

  /** The value. Rejects at once where the signal is aborted, whoever else waits. */
  async get({ signal }: ReadOptions): Promise<T> {
    const making = await this.#join(signal);
    try {
      return await unlessAborted(making.value, signal);
    } finally {
      making.wanted--;
      if (making.wanted === 0 && !making.made) making.stop.abort(signal?.reason);
    }
  }

  /** Stops what is made; the value where there is one. */
  async close(): Promise<T | undefined> {
    this.#closed = true;
    this.#making?.stop.abort(new Error("closed"));
    return this.#making?.value.catch(() => undefined);
  }

  /** What is made, with one more who waits for it: counted at once, so that nobody who leaves meanwhile stops it. */
  async #join(signal: AbortSignal | undefined): Promise<Making<T>> {
    // One that was stopped ends first, so that what it made meanwhile is not lost.
    while (this.#making?.stop.signal.aborted && !this.#making.made) await this.#making.value.catch(() => undefined);
    signal?.throwIfAborted();
    if (this.#closed) throw new Error("closed");
    this.#making ??= this.#start();
    this.#making.wanted++;
    return this.#making;
  }

  #start(): Making<T> {
    const stop = new AbortController();
    const making: Making<T> = { value: this.make({ signal: stop.signal }), stop, wanted: 0, made: false };
    making.value.then(
      () => {
        making.made = true;
      },
      () => {
        this.#making = undefined;
      },
    );
    return making;
  }
}

function unlessAborted<T>(value: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (signal === undefined) return value;
  return new Promise((resolve, reject) => {
    const abort = () => reject(signal.reason);
    // An abort since the last look at it has no event any more.
    if (signal.aborted) abort();
    signal.addEventListener("abort", abort, { once: true });
    value.then(resolve, reject).finally(() => signal.removeEventListener("abort", abort));
  });
}
