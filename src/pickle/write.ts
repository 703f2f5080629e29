/** The door to writing: a value to a pickle that any Python since 3.8 loads with numpy 1 or 2, and without this package. */
import type { Value } from "../elements/values.js";
import { pickleLimits } from "./limits.js";
import { atPath } from "./read.js";
import { Emitter } from "./writer/emitter.js";
import { ValueWriter } from "./writer/value.js";

/** Where the pickle will lie, for messages. */
export interface WritePickleOptions {
  readonly path?: string;
}

/**
 * The pickle (protocol 4) of `value`, as chunks to be written one after the other. Chunks of 8 KiB and more share memory
 * with the arrays in `value`: write them before changing these.
 *
 * `INVALID_ARGUMENT` for what is not a value or holds itself, `UNSUPPORTED` for types that numpy or pandas lack,
 * `LIMIT_EXCEEDED` for more than 400 levels.
 */
export function pickleChunks(value: Value, options: WritePickleOptions = {}): Uint8Array[] {
  const emitter = new Emitter();
  try {
    new ValueWriter(emitter, pickleLimits(0).maxDepth).write(value);
  } catch (error) {
    throw atPath(error, options.path);
  }
  return emitter.finish();
}

/** The pickle of `value` as one byte array; see {@link pickleChunks}, which does not copy. */
export function writePickle(value: Value, options: WritePickleOptions = {}): Uint8Array {
  const chunks = pickleChunks(value, options);
  const bytes = new Uint8Array(chunks.reduce((total, chunk) => total + chunk.length, 0));
  let offset = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, offset);
    offset += chunk.length;
  }
  return bytes;
}
