/** The door to reading: bytes of a pickle to a value, and nothing else happens. */
import type { Value } from "../elements/values.js";
import { AtsError } from "../errors.js";
import { type PickleLimits, pickleLimits } from "./limits.js";
import { runPickle } from "./machine/run.js";
import { Builder } from "./values/builder.js";
import { makeValue } from "./values/value.js";

/** Where the pickle lies, for messages, and how much it may cost. */
export interface ReadPickleOptions {
  readonly path?: string;
  readonly limits?: Partial<PickleLimits>;
}

/**
 * The value that the pickle `bytes` (protocols 0 to 5) describe. It is data only: globals are looked up in an allow-list of
 * Python, numpy, scipy and pandas names that stand for plain values, and no code of any kind is run. Arrays are copied
 * once, out of `bytes`.
 *
 * `CORRUPT` where the bytes are cut short or make no sense; `UNSUPPORTED`, naming the global, for anything that is not
 * allow-listed or has no counterpart here; `LIMIT_EXCEEDED` where it asks for more than `limits`.
 */
export function readPickle(bytes: Uint8Array, options: ReadPickleOptions = {}): Value {
  const limits = pickleLimits(bytes.length, options.limits);
  try {
    return new Builder(limits, makeValue).value(runPickle(bytes, limits));
  } catch (error) {
    throw atPath(error, options.path);
  }
}

/** Names the path in a failure that was thrown further down, where no path is known. */
export function atPath(error: unknown, path: string | undefined): unknown {
  const failure = error instanceof RangeError ? outOfMemory(error) : error;
  if (path === undefined || !(failure instanceof AtsError) || failure.path !== undefined) return failure;
  return new AtsError(failure.code, `${path}: ${failure.message}`, { path, cause: failure });
}

/** The runtime's own bounds on the call stack and on arrays, which lie beyond ours unless these were raised. */
function outOfMemory(cause: RangeError): AtsError {
  return new AtsError(
    "LIMIT_EXCEEDED",
    `the values are deeper or larger than this runtime can hold (${cause.message}).`,
    {
      cause,
    },
  );
}
