/** AbortSignal → cancelled operations. */
import { native } from "./native.js";

/** Options of everything that is pending for a while. */
export interface Cancellable {
  /** Rejects the call with `signal.reason`, at once, and stops its work. */
  readonly signal?: AbortSignal | undefined;
}

/** One listener a signal, however many operations wait for it: a thousand listeners would look like a leak to Node. */
const waiting = new WeakMap<AbortSignal, Set<() => void>>();

/** Calls `cancel` when `signal` aborts, unless the returned function was called before. */
export function onAbort(signal: AbortSignal, cancel: () => void): () => void {
  const cancels = waiting.get(signal) ?? listen(signal);
  cancels.add(cancel);
  return () => cancels.delete(cancel);
}

function listen(signal: AbortSignal): Set<() => void> {
  const cancels = new Set<() => void>();
  waiting.set(signal, cancels);
  const run = () => {
    waiting.delete(signal);
    for (const cancel of cancels) cancel();
  };
  signal.addEventListener("abort", run, { once: true });
  return cancels;
}

/**
 * Runs a native operation that `signal` cancels. What `start` throws becomes a rejection, so that no asynchronous function
 * of the binding throws.
 */
export function cancellable<T>(signal: AbortSignal | undefined, start: (token: number) => Promise<T>): Promise<T> {
  try {
    if (signal === undefined) return start(0);
    if (signal.aborted) return Promise.reject(signal.reason);
    const token = native().nextToken();
    const promise = start(token);
    const release = onAbort(signal, () => native().cancel(token, signal.reason));
    promise.then(release, release);
    return promise;
  } catch (error) {
    return Promise.reject(error);
  }
}
