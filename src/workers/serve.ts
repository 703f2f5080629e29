/** The worker's side of the pool: one request at a time, stopped between steps when its caller gave up. */
import { parentPort, workerData } from "node:worker_threads";
import { AtsError } from "../errors.js";
import { BEAT, STOP, toWire, type WireReply, type WireRequest, type WorkerSetup } from "./protocol.js";

/** What a handler may ask while it works. */
export interface Turn {
  /** Call between steps of bounded work: throws {@link Stopped} when the caller gave up, and tells the pool that work goes on. */
  step(): void;
}

/** A value whose buffers move to the main thread instead of being copied. */
export class Moved {
  readonly value: unknown;
  readonly buffers: readonly ArrayBuffer[];

  constructor(value: unknown, buffers: readonly ArrayBuffer[]) {
    this.value = value;
    this.buffers = buffers;
  }
}

/** Thrown by {@link Turn.step}; nobody waits for the answer any more. */
export class Stopped extends Error {
  override readonly name = "Stopped";
}

/** Thrown around a failure after which this worker's memory cannot be trusted; the pool starts another. */
export class Broken extends Error {
  override readonly name = "Broken";
  readonly error: AtsError;

  constructor(error: AtsError) {
    super(error.message, { cause: error });
    this.error = error;
  }
}

/** A handler of one kind of request. */
export type Handler = (input: never, turn: Turn) => unknown;

/** Serves `handlers` until the pool ends the worker. `start` is called once with what the pool was set up with. */
export function serve<T>(start: (input: T) => Readonly<Record<string, Handler>>): void {
  const port = parentPort;
  if (port === null) throw new AtsError("INTERNAL", "This file runs in a worker thread only.");
  const setup = workerData as WorkerSetup<T>;
  const control = new Int32Array(setup.control);
  const handlers = start(setup.input);
  const turn: Turn = {
    step() {
      Atomics.add(control, BEAT, 1);
      if (Atomics.load(control, STOP) === 1) throw new Stopped("The request was given up.");
    },
  };
  const reply = (message: WireReply, transfer: readonly ArrayBuffer[] = []) => port.postMessage(message, transfer);
  port.on("message", async (request: WireRequest) => {
    const { id } = request;
    try {
      const handler = handlers[request.op];
      if (handler === undefined) throw new AtsError("INTERNAL", `No worker handler is named "${request.op}".`);
      const result = await handler(request.input as never, turn);
      if (result instanceof Moved) reply({ id, value: result.value }, result.buffers);
      else reply({ id, value: result });
    } catch (cause) {
      const error = cause instanceof Broken ? cause.error : cause;
      reply({ id, error: toWire(error, undefined), broken: cause instanceof Broken });
    }
  });
  reply({ ready: true });
}
