/** One worker thread of a pool and what it is doing. */
import { Worker } from "node:worker_threads";
import { AtsError } from "../errors.js";
import { BEAT, fromWire, newControl, STOP, type WireReply, type WorkerSetup } from "./protocol.js";

/** One request that waits or runs. */
export interface Job {
  readonly op: string;
  readonly input: unknown;
  /** Whether it is worth starting another thread for. */
  readonly heavy: boolean;
  resolve(value: unknown): void;
  reject(error: unknown): void;
}

/** What a slot tells its pool. */
export interface SlotEvents {
  /** The slot can take the next job. */
  idle(slot: Slot): void;
  /** The worker is gone; the slot is of no use any more. */
  gone(slot: Slot): void;
}

/** What a worker is started from. */
export interface SlotOptions {
  readonly entry: URL;
  readonly input: unknown;
  /** The file that errors name. */
  readonly subject: string;
  readonly heapMb: number;
}

/** A worker thread that keeps the process alive only while it has a job. */
export class Slot {
  readonly #worker: Worker;
  readonly #control = newControl();
  readonly #events: SlotEvents;
  readonly #subject: string;
  #job: Job | undefined;
  #ready = false;
  #ended = false;
  #lastId = 0;
  #seenId = 0;
  #seenBeat = 0;

  /** Starts the worker. */
  constructor({ entry, input, subject, heapMb }: SlotOptions, events: SlotEvents) {
    this.#events = events;
    this.#subject = subject;
    const workerData: WorkerSetup<unknown> = { control: this.#control.buffer as SharedArrayBuffer, input };
    this.#worker = new Worker(entry, {
      workerData,
      execArgv: [],
      name: "anndata-tensorstore",
      resourceLimits: { maxOldGenerationSizeMb: heapMb },
    });
    this.#worker.unref();
    this.#worker.on("message", (reply: WireReply) => this.#answer(reply));
    this.#worker.on("error", (cause) => this.#die(cause));
    this.#worker.on("exit", () => this.#die(undefined));
  }

  get busy(): boolean {
    return this.#job !== undefined;
  }

  /** Hands the worker its next job; only when not {@link busy}. */
  run(job: Job): void {
    this.#job = job;
    this.#lastId += 1;
    Atomics.store(this.#control, STOP, 0);
    this.#worker.ref();
    this.#worker.postMessage({ id: this.#lastId, op: job.op, input: job.input });
  }

  /** Asks the worker to stop `job` at its next step, if that is what it runs. */
  stop(job: Job): void {
    if (this.#job === job) Atomics.store(this.#control, STOP, 1);
  }

  /** Whether the running job has begun or got on since the last call. */
  alive(): boolean {
    const beat = Atomics.load(this.#control, BEAT);
    const moved = this.#job === undefined || this.#seenId !== this.#lastId || this.#seenBeat !== beat;
    this.#seenId = this.#lastId;
    this.#seenBeat = beat;
    return moved;
  }

  /** Ends the thread; a running job fails with `error`. */
  async end(error: AtsError): Promise<void> {
    this.#fail(error);
    this.#ended = true;
    await this.#worker.terminate();
  }

  #answer(reply: WireReply): void {
    if ("ready" in reply) {
      this.#ready = true;
      return;
    }
    const job = this.#job;
    if (job === undefined || reply.id !== this.#lastId || this.#ended) return;
    if ("error" in reply && reply.broken) {
      this.#events.gone(this);
      void this.end(fromWire(reply.error));
      return;
    }
    this.#job = undefined;
    this.#worker.unref();
    if ("error" in reply) job.reject(fromWire(reply.error));
    else job.resolve(reply.value);
    this.#events.idle(this);
  }

  #die(cause: unknown): void {
    if (this.#ended) return;
    this.#ended = true;
    const path = this.#subject;
    this.#fail(
      this.#ready
        ? new AtsError(
            "CORRUPT",
            `${path}: the reader died while it read; the file is damaged or needs more memory than a reader has.`,
            { path, cause },
          )
        : new AtsError("INTERNAL", `${path}: the reader thread did not start; reinstall the package.`, { path, cause }),
    );
    this.#events.gone(this);
  }

  #fail(error: AtsError): void {
    const job = this.#job;
    this.#job = undefined;
    job?.reject(error);
  }
}
