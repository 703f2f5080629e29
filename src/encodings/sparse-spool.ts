/** Slabs of a sparse matrix in a temporary file, so that any stretch of majors can be read back from each of them. */
import { randomUUID } from "node:crypto";
import { type FileHandle, open, unlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type ArrayFor, allocate, type DType, itemSize } from "../dtype.js";
import type { SparseMatrix } from "../elements/sparse.js";
import { AtsError } from "../errors.js";
import { lastEntry } from "../kernels/index.js";

/** A part of a slab: some of its majors. */
export interface SpoolPiece {
  /** Starts of the majors, from 0 on. */
  readonly indptr: Int32Array;
  readonly indices: Int32Array;
  readonly data: ArrayFor<DType>;
}

interface Slab {
  readonly indptr: number;
  readonly indices: number;
  readonly data: number;
}

/** A temporary file that has no name any more: the system takes it back when it is closed, also after a crash. */
export class SparseSpool {
  readonly #file: FileHandle;
  readonly #dtype: DType;
  readonly #slabs: Slab[] = [];
  #end = 0;

  private constructor(file: FileHandle, dtype: DType) {
    this.#file = file;
    this.#dtype = dtype;
  }

  /** A new one in `directory` for values of `dtype`; `IO` where no file can be made there. */
  static async open(dtype: DType, directory: string = tmpdir()): Promise<SparseSpool> {
    const path = join(directory, `.ats-spool-${randomUUID()}`);
    try {
      const file = await open(path, "wx+", 0o600);
      await unlink(path);
      return new SparseSpool(file, dtype);
    } catch (cause) {
      throw new AtsError("IO", `${path}: a temporary file cannot be made; choose another directory for them.`, {
        path,
        cause,
      });
    }
  }

  /** Adds a slab of fewer than 2^31 values. */
  async add({ indptr, indices, data }: SparseMatrix): Promise<void> {
    if (!(indptr instanceof Int32Array && indices instanceof Int32Array)) {
      throw new AtsError(
        "LIMIT_EXCEEDED",
        "A slab of 2^31 values is more than a conversion holds; give it less memory.",
      );
    }
    this.#slabs.push({
      indptr: await this.#append(indptr),
      indices: await this.#append(indices),
      data: await this.#append(data),
    });
  }

  /** The majors `begin` to `end` (exclusive) of a slab. */
  async read(slab: number, begin: number, end: number): Promise<SpoolPiece> {
    const at = this.#slabs[slab] as Slab;
    const indptr = await this.#read(new Int32Array(end - begin + 1), at.indptr + 4 * begin);
    const first = indptr[0] as number;
    for (let i = 0; i < indptr.length; i++) indptr[i] = (indptr[i] as number) - first;
    const count = lastEntry(indptr);
    const [indices, data] = await Promise.all([
      this.#read(new Int32Array(count), at.indices + 4 * first),
      this.#read(allocate(this.#dtype, count), at.data + itemSize(this.#dtype) * first),
    ]);
    return { indptr, indices, data };
  }

  /** Gives the space back. */
  async close(): Promise<void> {
    await this.#file.close();
  }

  async #append(values: ArrayBufferView): Promise<number> {
    const begin = this.#end;
    const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
    for (let done = 0; done < bytes.length; ) {
      const { bytesWritten } = await this.#file.write(bytes, done, bytes.length - done, begin + done).catch(spoolError);
      done += bytesWritten;
    }
    this.#end += bytes.length;
    return begin;
  }

  async #read<T extends ArrayBufferView>(values: T, position: number): Promise<T> {
    const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
    for (let done = 0; done < bytes.length; ) {
      const { bytesRead } = await this.#file.read(bytes, done, bytes.length - done, position + done).catch(spoolError);
      if (bytesRead === 0) throw new AtsError("IO", "A temporary file ended early.");
      done += bytesRead;
    }
    return values;
  }
}

function spoolError(cause: unknown): never {
  throw new AtsError("IO", `A temporary file could not be used (${(cause as Error).message}); is its disk full?`, {
    cause,
  });
}
