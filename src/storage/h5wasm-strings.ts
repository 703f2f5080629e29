/** Decodes the strings that a worker hands over, without holding the event loop. */
import { setImmediate as nextTurn } from "node:timers/promises";
import type { H5Strings } from "../workers/h5wasm/messages.js";

/** Strings decoded before the event loop gets its turn: some milliseconds. */
const PER_TURN = 16 * 1024;

/** Decodes all of `strings` into `out` from `first` on; stops with `signal.reason` between turns. */
export async function decodeStrings(
  strings: H5Strings,
  out: string[],
  first: number,
  signal: AbortSignal | undefined,
): Promise<void> {
  const { starts, lengths, bytes } = strings;
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let i = 0; i < starts.length; i++) {
    if (i % PER_TURN === PER_TURN - 1) {
      await nextTurn();
      signal?.throwIfAborted();
    }
    const start = starts[i] as number;
    out[first + i] = buffer.toString("utf8", start, start + (lengths[i] as number));
  }
}
