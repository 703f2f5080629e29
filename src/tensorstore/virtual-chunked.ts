/** Arrays whose chunks functions of JavaScript make and take. */
import { type ArrayFor, allocate, type DType, itemSize } from "../dtype.js";
import { DenseArray, sizeOf } from "../elements/dense.js";
import { AtsError } from "../errors.js";
import type { NativeChunkRequest } from "../native/addon.js";
import { Context } from "./context.js";
import { isTypedArray, nativeBytes } from "./element-type.js";
import { toJson } from "./json.js";
import { native } from "./native.js";
import { type Schema, schemaToJson } from "./schema.js";
import { TensorStore } from "./tensorstore.js";
import type { Transaction } from "./transaction.js";
import type { DenseSource } from "./write-source.js";

/** The part of an array that a function is asked for or given: a chunk of its grid, cut at the ends of the domain. */
export interface VirtualChunk {
  /** Its first index in each dimension. */
  readonly origin: readonly number[];
  readonly shape: readonly number[];
}

/** The functions of a {@link virtualChunked} array, and its schema: `dtype`, `shape` or `domain`, and `chunkLayout.readChunk` for its chunks. */
export interface VirtualChunkedOptions<D extends DType> extends Omit<Schema<D>, "codec" | "fillValue"> {
  readonly dtype: D;
  /** Makes the values of a chunk, in C order. Called for every read of it. Without it the array can only be written. */
  readonly read?: ((chunk: VirtualChunk) => VirtualValues<D> | Promise<VirtualValues<D>>) | undefined;
  /** Takes the values of a chunk, which are its own. A part of a chunk is read, changed and written whole. */
  readonly write?: ((chunk: VirtualChunk, values: DenseArray<D>) => void | Promise<void>) | undefined;
  /** Calls that are under way at once. Default 32; a function that reads its own array needs as many more as it nests. */
  readonly concurrency?: number | undefined;
  /** With a context that has a cache: false keeps chunks there, true (the default) makes them anew for every read. */
  readonly recheckCached?: boolean | undefined;
  readonly context?: Context | undefined;
  readonly transaction?: Transaction | undefined;
}

/** What `read` gives: a typed array with as many values as the chunk, or an array of its shape. */
export type VirtualValues<D extends DType> = ArrayFor<D> | DenseSource<D>;

/**
 * An array that is computed where it is read, chunk by chunk, and handed on where it is written: a view over anything, which slices, casts, concatenates and is read as
 * every other array. The functions run on the thread that made it; while one is awaited, others are called. They are kept as
 * long as the array is: one that reaches its own array, by a variable that it uses, keeps both until the thread ends. A read that is aborted rejects at once; what its
 * functions give then is dropped.
 *
 * ```ts
 * const squares = virtualChunked({
 *   dtype: "float64",
 *   shape: [1_000_000],
 *   chunkLayout: { readChunk: [4096] },
 *   read: ({ origin: [first], shape: [count] }) => Float64Array.from({ length: count }, (_, i) => (first + i) ** 2),
 * });
 * await squares.slice({ start: 10, stop: 13 }).read(); // 100, 121, 144
 * ```
 * A read or write fails with the error of its function: an AtsError's code, else `INTERNAL`; `INVALID_ARGUMENT` for values of another type or number.
 * @throws AtsError INVALID_ARGUMENT without a function, for a dtype of no numbers, and for a schema that does not fit
 */
export function virtualChunked<D extends DType>(options: VirtualChunkedOptions<D>): TensorStore<D> {
  const { dtype, read, write, recheckCached = true, context = Context.default(), transaction } = options;
  const { concurrency = 32 } = options;
  if (read === undefined && write === undefined) {
    throw new AtsError("INVALID_ARGUMENT", "Virtual chunks need a function that reads them, or one that writes them.");
  }
  if (!(concurrency >= 1)) {
    throw new AtsError("INVALID_ARGUMENT", `concurrency is ${concurrency}; it must be at least 1.`);
  }
  const turns = new Turns(concurrency);
  const answer = async (request: NativeChunkRequest, writes: boolean, origin: number[], shape: number[]) => {
    const chunk = { origin, shape };
    try {
      if (writes) {
        await write?.(chunk, contentOf(request, dtype, shape));
        request.accept();
      } else request.fill(bytesOf((await read?.(chunk)) as VirtualValues<D>, dtype, shape));
    } catch (error) {
      request.reject(AtsError.is(error) ? error.code : "INTERNAL", messageOf(error));
    }
  };
  const handle = native().virtualChunked(
    toJson(schemaToJson(options) ?? {}),
    (request, writes, origin, shape) => turns.take(() => answer(request, writes, origin, shape)),
    read !== undefined,
    write !== undefined,
    recheckCached,
    context.handle,
    transaction?.handle,
  );
  return new TensorStore<D>(handle);
}

/** Lets so many calls run at once; the others wait in order. */
class Turns {
  #running = 0;
  #waiting: (() => Promise<void>)[] = [];
  /** The next of `#waiting`: those before it have had their turn. */
  #next = 0;

  constructor(private readonly most: number) {}

  /** Calls `work`, which never rejects, now or when it is its turn. */
  take(work: () => Promise<void>): void {
    if (this.#running >= this.most) {
      this.#waiting.push(work);
      return;
    }
    this.#running++;
    void this.#run(work);
  }

  async #run(first: () => Promise<void>): Promise<void> {
    for (let work: (() => Promise<void>) | undefined = first; work !== undefined; work = this.#following())
      await work();
    this.#running--;
  }

  #following(): (() => Promise<void>) | undefined {
    const work = this.#waiting[this.#next++];
    if (2 * this.#next >= this.#waiting.length) {
      this.#waiting.splice(0, this.#next);
      this.#next = 0;
    }
    return work;
  }
}

/** What was thrown, in words, whatever it is. */
function messageOf(error: unknown): string {
  if (error instanceof Error) return error.message;
  return typeof error === "object" ? "The function of a chunk threw an object that is no error." : String(error);
}

function contentOf<D extends DType>(request: NativeChunkRequest, dtype: D, shape: readonly number[]): DenseArray<D> {
  const data = allocate(dtype, sizeOf(shape));
  request.copy(new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
  return new DenseArray(dtype, shape, data);
}

function bytesOf<D extends DType>(values: VirtualValues<D>, dtype: D, shape: readonly number[]): Uint8Array {
  const given = isTypedArray(values) ? { dtype, shape, data: values } : (values as Partial<DenseSource> | undefined);
  if (!isTypedArray(given?.data)) throw refuse("are no typed array, nor an array with dtype, shape and data");
  const found = nativeBytes(given.data, given.dtype ?? dtype);
  if (found.dtype !== dtype) throw refuse(`are ${found.dtype}, not ${dtype}`);
  const { byteLength, byteOffset, buffer } = given.data;
  const wanted = sizeOf(shape) * itemSize(dtype);
  if (byteLength !== wanted || given.shape?.join() !== shape.join()) {
    throw refuse(
      `have the shape [${given.shape?.join(", ")}] and ${byteLength} bytes, not [${shape.join(", ")}] and ${wanted}`,
    );
  }
  return new Uint8Array(buffer, byteOffset, byteLength);
}

function refuse(what: string): AtsError {
  return new AtsError("INVALID_ARGUMENT", `The values that were made for a chunk ${what}.`);
}
