/** A few worker threads that share a queue of requests about one file. */
import { AtsError } from "../errors.js";
import { type Job, Slot } from "./slot.js";

/** How a pool is set up. */
export interface PoolOptions {
  /** The worker's file, see `workerUrl`. */
  readonly entry: URL;
  /** The most threads at a time; they start as heavy requests come. */
  readonly size: number;
  /** What every worker is started with; must survive a structured clone. */
  readonly input: unknown;
  /** The file that errors name. */
  readonly subject: string;
  /** A request that shows no step for so long is given up and its worker ended. Default two minutes. */
  readonly stallMs?: number;
  /**
   * MiB of JavaScript objects that one worker may hold; typed arrays and WebAssembly memory count elsewhere. Default 1024. A worker that
   * reaches it in small steps dies alone, but one allocation that leaps over it ends the process: handlers bound what they allocate.
   */
  readonly heapMb?: number;
}

/** How one request is run. */
export interface RequestOptions {
  readonly signal?: AbortSignal | undefined;
  /** Worth starting another thread for, when all are busy. Default false: light requests share the threads that are there. */
  readonly heavy?: boolean | undefined;
}

/**
 * Runs requests on worker threads, each of which does one at a time. A worker that dies fails its request with
 * `CORRUPT` and is replaced for the next. Idle workers do not keep the process alive.
 */
export class WorkerPool {
  readonly size: number;
  readonly #options: PoolOptions;
  readonly #slots = new Set<Slot>();
  readonly #queue: Job[] = [];
  #watch: NodeJS.Timeout | undefined;
  #closed = false;
  #started = 0;

  /** Starts no thread: the first request does. */
  constructor(options: PoolOptions) {
    this.#options = options;
    this.size = Math.max(1, Math.floor(options.size));
  }

  /** How many threads were started so far. */
  get started(): number {
    return this.#started;
  }

  /**
   * Sends `input` to the worker's handler `op` and gives its answer. Rejects with the handler's AtsError, with
   * `signal.reason` once aborted, `CORRUPT` where the worker died or hung, `CLOSED` after {@link close}.
   */
  request<T>(op: string, input: unknown, options: RequestOptions = {}): Promise<T> {
    const { signal, heavy = false } = options;
    if (this.#closed) return Promise.reject(this.#closedError());
    if (signal?.aborted) return Promise.reject(signal.reason);
    return new Promise<T>((resolve, reject) => {
      const settle = () => signal?.removeEventListener("abort", abort);
      const job: Job = {
        op,
        input,
        heavy,
        resolve: (value) => {
          settle();
          resolve(value as T);
        },
        reject: (error) => {
          settle();
          reject(error);
        },
      };
      const abort = () => {
        const at = this.#queue.indexOf(job);
        if (at >= 0) this.#queue.splice(at, 1);
        for (const slot of this.#slots) slot.stop(job);
        reject(signal?.reason);
      };
      signal?.addEventListener("abort", abort, { once: true });
      this.#queue.push(job);
      this.#pump();
    });
  }

  /** Ends every worker; what waits or runs fails with `CLOSED`. Idempotent. */
  async close(): Promise<void> {
    this.#closed = true;
    clearInterval(this.#watch);
    this.#watch = undefined;
    const slots = [...this.#slots];
    this.#slots.clear();
    for (const job of this.#queue.splice(0)) job.reject(this.#closedError());
    await Promise.all(slots.map((slot) => slot.end(this.#closedError())));
  }

  #pump(): void {
    while (this.#queue.length > 0) {
      const slot = this.#idle();
      if (slot === undefined) return;
      slot.run(this.#queue.shift() as Job);
      this.#watchOver();
    }
  }

  #idle(): Slot | undefined {
    for (const slot of this.#slots) if (!slot.busy) return slot;
    const more = this.#slots.size === 0 || (this.#slots.size < this.size && this.#queue.some((job) => job.heavy));
    if (!more) return undefined;
    const { entry, input, subject, heapMb = 1024 } = this.#options;
    const slot = new Slot(
      { entry, input, subject, heapMb },
      {
        idle: () => this.#pump(),
        gone: (lost) => {
          this.#slots.delete(lost);
          this.#pump();
        },
      },
    );
    this.#slots.add(slot);
    this.#started += 1;
    return slot;
  }

  /** Looks now and then whether running requests get on; stops looking when nothing runs. */
  #watchOver(): void {
    const stallMs = this.#options.stallMs ?? 120_000;
    this.#watch ??= setInterval(() => {
      let busy = false;
      for (const slot of [...this.#slots]) {
        busy ||= slot.busy;
        if (slot.alive()) continue;
        this.#slots.delete(slot);
        void slot.end(this.#stalledError());
      }
      if (!busy) {
        clearInterval(this.#watch);
        this.#watch = undefined;
      }
      this.#pump();
    }, stallMs).unref();
  }

  #closedError(): AtsError {
    const path = this.#options.subject;
    return new AtsError("CLOSED", `${path} was closed; open it again to read from it.`, { path });
  }

  #stalledError(): AtsError {
    const path = this.#options.subject;
    return new AtsError("CORRUPT", `${path}: reading it does not come to an end; the file is damaged.`, { path });
  }
}
