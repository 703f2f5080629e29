/**
 * A Zarr store as one zip archive, written as a stream: entries are stored, since their chunks are compressed already, and in the order in which they are
 * finished. TensorStore puts chunks into memory, from where they go into the archive at once; only the list of entries grows with the store.
 * Archives beyond 4 GiB or 65,535 entries are zip64.
 */
import { open } from "node:fs/promises";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { ReadableStream as WebStream } from "node:stream/web";
import { AtsError } from "../errors.js";
import type { Context } from "../tensorstore/context.js";
import { KvStore } from "../tensorstore/kvstore.js";
import { fileError } from "./file-source.js";
import type { FileSink } from "./zarr-write-sink.js";

/** The sink of an archive that is being written. */
export interface ZipSink extends FileSink {
  /** Writes what is left and the archive's directory, and closes the file. */
  end(): Promise<void>;
  /** Closes the file, which is to be removed then. */
  abandon(): Promise<void>;
}

interface Entry {
  readonly name: string;
  readonly input: Uint8Array;
  readonly done: () => void;
}

/** Opens the archive `file`, which does not exist yet. `context` is the one that chunks are written with. */
export async function zipSink(file: string, context: Context): Promise<ZipSink> {
  const { makeZip } = await import("client-zip");
  const chunks = await KvStore.open({ driver: "memory", path: "" }, { context });
  const queue = new EntryQueue();
  // Opened here, so that no abandoned file appears after its removal.
  const handle = await open(file, "wx").catch((cause: unknown) => {
    throw fileError(cause, file);
  });
  const output = handle.createWriteStream();
  // The first date that an archive can name, in local time: the same store makes the same archive at any time.
  const stamp = new Date(1980, 0, 1);
  const named = async function* () {
    for await (const { name, input } of queue.entries()) yield { name, input, lastModified: stamp };
  };
  const written = pipeline(Readable.fromWeb(makeZip(named()) as WebStream), output).catch((cause: unknown) => {
    const failure = fileError(cause, file);
    queue.fail(failure);
    throw failure;
  });
  written.catch(() => undefined);
  const seen = new Set<string>();

  const put = async (path: string, bytes: string | Uint8Array) => {
    if (seen.has(path)) throw twice(path);
    seen.add(path);
    await queue.add(path, typeof bytes === "string" ? Buffer.from(bytes) : bytes);
  };
  const move = async (key: string) => {
    const found = await chunks.get(key);
    if (found.state !== "value") return;
    await chunks.delete(key);
    await put(key, found.value);
  };
  return {
    put,
    chunkStore: (path) => ({ driver: "memory", path: `${path}/` }),
    async chunksDone(path, keys) {
      for (const key of keys()) await move(`${path}/${key}`);
    },
    async end() {
      for (const key of await chunks.list()) await move(key);
      queue.end();
      await written;
    },
    async abandon() {
      queue.fail(new AtsError("CLOSED", `${file} is not written to its end.`, { path: file }));
      output.destroy();
      await written.catch(() => undefined);
      if (!output.closed) await new Promise<void>((closed) => output.once("close", () => closed()));
    },
  };
}

/** Hands entries from those who add them to the one who writes them; adding waits until the entry before is written. */
class EntryQueue {
  readonly #waiting: Entry[] = [];
  #wake: () => void = () => undefined;
  #ended = false;
  #failure: AtsError | undefined;

  async add(name: string, input: Uint8Array): Promise<void> {
    if (this.#failure !== undefined) throw this.#failure;
    await new Promise<void>((done) => {
      this.#waiting.push({ name, input, done });
      this.#wake();
    });
    if (this.#failure !== undefined) throw this.#failure;
  }

  end(): void {
    this.#ended = true;
    this.#wake();
  }

  fail(failure: AtsError): void {
    this.#failure ??= failure;
    for (const { done } of this.#waiting.splice(0)) done();
    this.#wake();
  }

  async *entries(): AsyncGenerator<Entry> {
    while (this.#failure === undefined) {
      const entry = this.#waiting[0];
      if (entry === undefined) {
        if (this.#ended) return;
        await new Promise<void>((wake) => {
          this.#wake = wake;
        });
        continue;
      }
      yield entry;
      this.#waiting.shift();
      entry.done();
    }
    throw this.#failure;
  }
}

function twice(path: string): AtsError {
  return new AtsError("INVALID_ARGUMENT", `${path} is written twice; give each element a name of its own.`, { path });
}
