/** Writes sparse matrices: groups of `data`, `indices` and `indptr`, filled slab by slab. */
import type { DType } from "../dtype.js";
import type { LazyArray } from "../elements/lazy.js";
import { CscMatrix, CsrMatrix, type SparseMatrix } from "../elements/sparse.js";
import type { Value } from "../elements/values.js";
import { AtsError } from "../errors.js";
import type { SparseKind } from "../kernels/index.js";
import type { ArrayWriter, Attributes, GroupWriter, ReadOptions } from "../storage/types.js";
import { Appender } from "./appender.js";

const INT32_MAX = 2 ** 31 - 1;
/** Bytes of `data` and `indices` that one slab should have. */
const SLAB_BYTES = 32 * 2 ** 20;
/** Majors of the first slab, when nothing is known of their density. */
const FIRST_SLAB = 256;

/** How a sparse matrix is written. */
export interface SparseWriteOptions extends ReadOptions {
  /** As in `NewArray`, for `data` and `indices`. */
  readonly codec?: string | undefined;
  /** Stored values per chunk. */
  readonly chunk?: number | undefined;
  /** Attributes beside those of the encoding. */
  readonly attributes?: Attributes | undefined;
  /** Called after each slab with the majors that are written. */
  readonly onMajors?: ((done: number) => void) | undefined;
}

/** Writes a matrix in memory as it is; `INVALID_ARGUMENT` where `value` is not a matrix of that layout. */
export async function writeSparse(
  group: GroupWriter,
  name: string,
  value: Value,
  kind: SparseKind,
  options: SparseWriteOptions,
): Promise<void> {
  if (!(value instanceof CsrMatrix || value instanceof CscMatrix) || value.kind !== kind) {
    const path = `${group.path}/${name}`;
    throw new AtsError("INVALID_ARGUMENT", `${path} is written as a ${kind}_matrix, so it needs one.`, { path });
  }
  const writer = await openWriter(
    group,
    name,
    { kind, shape: value.shape, dtype: value.dtype, nnz: value.nnz },
    options,
  );
  await writer.append(value);
  await writer.end();
}

/**
 * Writes the lazy sparse matrix `source` as it is laid out, in slabs of about 32 MiB. Where its number of stored values is not known (a
 * view), it is read twice, to count first. `INVALID_ARGUMENT` where `source` is not sparse.
 */
export async function streamSparse(
  group: GroupWriter,
  name: string,
  source: LazyArray,
  options: SparseWriteOptions = {},
): Promise<void> {
  const { sparse: kind, dtype } = source;
  if (kind === null || typeof dtype !== "string" || dtype === "string") {
    const path = source.info.path;
    throw new AtsError("INVALID_ARGUMENT", `${path} is not a sparse matrix; write it as an array.`, { path });
  }
  const shape = [source.shape[0] ?? 0, source.shape[1] ?? 0] as const;
  const nnz = source.info.nnz ?? (await count(source, kind, options));
  const writer = await openWriter(group, name, { kind, shape, dtype, nnz }, options);
  let done = 0;
  for await (const slab of slabs(source, kind, options)) {
    await writer.append(slab);
    done += slab.indptr.length - 1;
    options.onMajors?.(done);
  }
  await writer.end();
}

async function count(source: LazyArray, kind: SparseKind, options: ReadOptions): Promise<number> {
  let nnz = 0;
  for await (const slab of slabs(source, kind, options)) nnz += slab.nnz;
  return nnz;
}

/** Reads `source` in slabs of majors whose number follows the density that was met so far. */
async function* slabs(source: LazyArray, kind: SparseKind, options: ReadOptions): AsyncGenerator<SparseMatrix> {
  const axis = kind === "csr" ? 0 : 1;
  const majors = source.shape[axis] ?? 0;
  let size = FIRST_SLAB;
  for (let start = 0; start < majors; ) {
    const stop = Math.min(majors, start + size);
    const rows = { kind: "range", start, step: 1, count: stop - start } as const;
    const slab = (await source.read(axis === 0 ? [rows] : [undefined, rows], options)) as SparseMatrix;
    yield slab;
    const perMajor = (slab.data.byteLength + slab.indices.byteLength) / (stop - start);
    size = Math.max(1, Math.min(8 * size, Math.floor(SLAB_BYTES / Math.max(1, perMajor))));
    start = stop;
  }
}

interface MatrixFacts {
  readonly kind: SparseKind;
  readonly shape: readonly [number, number];
  readonly dtype: DType;
  readonly nnz: number;
}

interface MatrixWriter {
  append(slab: SparseMatrix): Promise<void>;
  end(): Promise<void>;
}

async function openWriter(
  parent: GroupWriter,
  name: string,
  facts: MatrixFacts,
  options: SparseWriteOptions,
): Promise<MatrixWriter> {
  const { kind, shape, dtype, nnz } = facts;
  const [majors, minors] = kind === "csr" ? shape : [shape[1], shape[0]];
  const group = await parent.group(name, {
    "encoding-type": `${kind}_matrix`,
    "encoding-version": "0.1.0",
    ...options.attributes,
    shape,
  });
  const indexType = minors - 1 <= INT32_MAX ? "int32" : "int64";
  const startType = nnz <= INT32_MAX ? "int32" : "int64";
  const chunks = options.chunk === undefined ? undefined : [options.chunk];
  const create = (part: string, type: DType, length: number): Promise<ArrayWriter> =>
    group.array(part, { dtype: type, shape: [length], chunks, codec: options.codec });
  const data = new Appender(await create("data", dtype, nnz), dtype, options);
  const indices = new Appender(await create("indices", indexType, nnz), indexType, options);
  const indptr = new Appender(await create("indptr", startType, majors + 1), startType, options);
  await indptr.append(starts([0], 0, startType));
  let written = 0;
  return {
    async append(slab) {
      options.signal?.throwIfAborted();
      const own = slab.indptr.subarray(1) as ArrayLike<number | bigint>;
      await Promise.all([
        data.append(slab.data),
        indices.append(starts(slab.indices, 0, indexType)),
        indptr.append(starts(own, written, startType)),
      ]);
      written += slab.nnz;
    },
    async end() {
      if (written !== nnz) {
        const path = `${parent.path}/${name}`;
        throw new AtsError(
          "STALE",
          `${path} has ${written} values to write, not ${nnz}; its source changed meanwhile.`,
          {
            path,
          },
        );
      }
      await Promise.all([data.end(), indices.end(), indptr.end()]);
    },
  };
}

/** `values` plus `offset` as integers of `type`; `values` themselves where that changes nothing. */
function starts(
  values: ArrayLike<number | bigint>,
  offset: number,
  type: "int32" | "int64",
): Int32Array | BigInt64Array {
  if (offset === 0 && type === "int32" && values instanceof Int32Array) return values;
  if (offset === 0 && type === "int64" && values instanceof BigInt64Array) return values;
  if (type === "int32") return Int32Array.from(values, (value) => Number(value) + offset);
  return BigInt64Array.from(values as ArrayLike<bigint>, (value) => BigInt(value) + BigInt(offset));
}
