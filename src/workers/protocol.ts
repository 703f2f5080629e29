/** What the main thread and its workers say to each other. Both sides import this file and nothing of each other. */
import { AtsError, type AtsErrorCode } from "../errors.js";

/** One call: `op` names a handler of the worker. */
export interface WireRequest {
  readonly id: number;
  readonly op: string;
  readonly input: unknown;
}

/** An error without its class, which a structured clone would drop. */
export interface WireError {
  readonly code: AtsErrorCode;
  readonly message: string;
  readonly path: string | undefined;
}

/** What a worker sends: once that it is up, then one answer per request. `broken`: the worker must not be used again. */
export type WireReply =
  | { readonly ready: true }
  | { readonly id: number; readonly value: unknown }
  | { readonly id: number; readonly error: WireError; readonly broken: boolean };

/** What a worker is started with. */
export interface WorkerSetup<T> {
  /** Two 32-bit cells, see {@link STOP} and {@link BEAT}. */
  readonly control: SharedArrayBuffer;
  readonly input: T;
}

/** The cell of the control block that the main thread sets to 1 when the running request was aborted. */
export const STOP = 0;
/** The cell that the worker counts up whenever it gets on, so that a hang can be told from a long read. */
export const BEAT = 1;

/** A new control block. */
export function newControl(): Int32Array {
  return new Int32Array(new SharedArrayBuffer(8));
}

/** `error` as it crosses threads; what is no {@link AtsError} becomes `INTERNAL` at `path`. */
export function toWire(error: unknown, path: string | undefined): WireError {
  if (AtsError.is(error)) return { code: error.code, message: error.message, path: error.path };
  return { code: "INTERNAL", message: error instanceof Error ? error.message : String(error), path };
}

/** The error that crossed threads, with its class again. */
export function fromWire(error: WireError): AtsError {
  return new AtsError(error.code, error.message, error.path === undefined ? {} : { path: error.path });
}
