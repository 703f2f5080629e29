/** Writing to stdout: whole and in order, at the reader's pace. */
import { once } from "node:events";

/** The reader of our stdout has gone, as `head` does; the command ends without an error. */
export class ReaderGone extends Error {
  override readonly name = "ReaderGone";
}

/** Writes `chunk` and waits while the reader is behind. Throws {@link ReaderGone} once nobody reads any more. */
export async function emit(chunk: string | Uint8Array, signal?: AbortSignal): Promise<void> {
  if (process.stdout.destroyed || process.stdout.errored) throw new ReaderGone();
  if (!process.stdout.write(chunk)) await once(process.stdout, "drain", signal ? { signal } : {});
}

/** Makes a closed pipe an ordinary end instead of an uncaught exception. */
export function endQuietlyOnClosedPipe(): void {
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code === "EPIPE") process.exit(0);
    throw error;
  });
}
