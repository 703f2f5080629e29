/** Writes appended arrays: the stored chunks are taken over unread, but for the last ones, which get new rows. */
import { allocate, type DType, type TypedArray } from "../dtype.js";
import type { DenseArray } from "../elements/dense.js";
import { type ElementSelection, type LazyArray, numericDType } from "../elements/lazy.js";
import type { SparseMatrix } from "../elements/sparse.js";
import type { Value } from "../elements/values.js";

import type { AxisRange } from "../selection/axis.js";
import type { ArrayNode, ArrayWriter, ExtendedArray, GroupNode, GroupWriter, ReadOptions } from "../storage/types.js";
import { type Appended, appendedParts, readAlike } from "./appended.js";
import { Appender } from "./appender.js";
import type { StreamOptions } from "./block-stream.js";
import { writeDense } from "./dense-write.js";
import { arrayOf } from "./member.js";
import { storedNode } from "./stored-node.js";

/** Rows (columns of CSC) of a slab of new ones. */
const SLAB_ROWS = 4096;

/**
 * Writes `element` as the member `name` of `group` where it is an appended array and the storage can extend the array that it begins with; false
 * where it cannot, and nothing is written then.
 */
export async function writeExtended(
  group: GroupWriter,
  name: string,
  element: LazyArray,
  options: StreamOptions,
): Promise<boolean> {
  const parts = appendedParts(element);
  const node = parts && storedNode(parts.first);
  if (parts === undefined || node === undefined || group.extend === undefined) return false;
  if (parts.first.sparse !== null) {
    return node.kind === "group" && extendSparse(group, name, { parts, node, shape: element.shape }, options);
  }
  // Pairs make the rows longer: every chunk of a dense matrix changes.
  if (String(parts.first.shape.slice(1)) !== String(element.shape.slice(1))) return false;
  return node.kind === "array" && extendDense(group, name, element, node, options);
}

async function extendDense(
  group: GroupWriter,
  name: string,
  element: LazyArray,
  node: ArrayNode,
  options: StreamOptions,
): Promise<boolean> {
  const rows = element.shape[0] as number;
  if (numericDType(element) === undefined) return false;
  const extended = await group.extend?.(name, node, rows, options);
  if (extended === undefined) return false;
  const { kept, writer } = extended;
  const rest = { path: group.path, array: async () => shifted(writer, kept), group: group.group };
  await writeDense(rest as GroupWriter, name, tail(element, kept), options);
  return true;
}

/** The rows of `element` from `start` on. */
function tail(element: LazyArray, start: number): LazyArray {
  const shape = [(element.shape[0] as number) - start, ...element.shape.slice(1)];
  const read = ([rows, ...others]: ElementSelection = [], options?: ReadOptions) => {
    const wanted = (rows ?? { kind: "range", start: 0, step: 1, count: shape[0] as number }) as AxisRange;
    return element.read([{ ...wanted, start: wanted.start + start }, ...others], options);
  };
  const { info, dtype } = element;
  return { kind: "lazy-array", info, shape, dtype, sparse: null, read, storedBytes: async () => undefined };
}

/** `writer` as an array of what comes after its first `kept` rows, which are a whole number of chunks. */
function shifted(writer: ArrayWriter, kept: number): ArrayWriter {
  const [rows = 0, ...others] = writer.shape;
  return {
    path: writer.path,
    shape: [rows - kept, ...others],
    chunks: writer.chunks,
    write: ([row = 0, ...rest], block, options) => writer.write([row + kept, ...rest], block, options),
  };
}

/** A stored sparse matrix that is to have more rows (CSR) or columns (CSC), and the shape that it is to have then. */
interface SparseExtension {
  readonly parts: Appended;
  readonly node: GroupNode;
  readonly shape: readonly number[];
}

async function extendSparse(
  group: GroupWriter,
  name: string,
  { parts, node, shape }: SparseExtension,
  options: StreamOptions,
): Promise<boolean> {
  const stored = await Promise.all([arrayOf(node, "data"), arrayOf(node, "indices"), arrayOf(node, "indptr")]);
  const [data, indices, indptr] = stored;
  const majors = shape[parts.axis] as number;
  const minors = shape[1 - parts.axis] as number;
  const added = await countEntries(parts, options);
  const before = data.shape[0] as number;
  if (before + added > limitOf(indptr) || minors - 1 > limitOf(indices)) return false;
  const target = await group.group(name, { ...node.attributes, shape });
  const begin = (part: string, array: ArrayNode, length: number) => beginExtended(target, part, array, length, options);
  const [values, columns, starts] = await Promise.all([
    begin("data", data, before + added),
    begin("indices", indices, before + added),
    begin("indptr", indptr, majors + 1),
  ]);
  let done = 0;
  for await (const slab of newMajors(parts, options)) {
    const base = before + done;
    await Promise.all([
      values.append(slab.data),
      columns.append(cast(slab.indices, indices.dtype as DType, 0)),
      starts.append(cast(slab.indptr.subarray(1), indptr.dtype as DType, base)),
    ]);
    done += slab.nnz;
  }
  await Promise.all([values.end(), columns.end(), starts.end()]);
  return true;
}

/** An appender behind the values of `node`, of which those beyond the last whole chunk are written anew. */
async function beginExtended(
  group: GroupWriter,
  name: string,
  node: ArrayNode,
  length: number,
  options: StreamOptions,
): Promise<Appender> {
  const extended = (await group.extend?.(name, node, length, options)) as ExtendedArray | undefined;
  const dtype = node.dtype as DType;
  const writer =
    extended?.writer ?? (await group.array(name, { dtype, shape: [length], chunks: node.layout.chunks ?? undefined }));
  const kept = extended?.kept ?? 0;
  const appender = new Appender(shifted(writer, kept), dtype, options);
  const size = writer.chunks[0] ?? 1;
  for (let start = kept; start < (node.shape[0] as number); start += size) {
    const count = Math.min(size, (node.shape[0] as number) - start);
    const value = (await node.read([{ kind: "range", start, step: 1, count }], options)) as DenseArray;
    await appender.append(value.data as TypedArray);
  }
  return appender;
}

async function* newMajors(parts: Appended, options: ReadOptions): AsyncGenerator<SparseMatrix> {
  const majors = parts.second.shape[parts.axis] as number;
  for (let start = 0; start < majors; start += SLAB_ROWS) {
    options.signal?.throwIfAborted();
    const range: AxisRange = { kind: "range", start, step: 1, count: Math.min(SLAB_ROWS, majors - start) };
    const selection = parts.axis === 0 ? [range] : [undefined, range];
    yield (await readAlike(parts, selection, options)) as Value as SparseMatrix;
  }
}

async function countEntries(parts: Appended, options: ReadOptions): Promise<number> {
  const { nnz } = parts.second.info;
  if (nnz !== null && parts.second.sparse !== null) return nnz;
  let count = 0;
  for await (const slab of newMajors(parts, options)) count += slab.nnz;
  return count;
}

function limitOf({ dtype }: ArrayNode): number {
  const bits = /^u?int(\d+)$/.exec(String(dtype))?.[1];
  if (bits === undefined) return 0;
  return Math.min(Number.MAX_SAFE_INTEGER, 2 ** (Number(bits) - (String(dtype).startsWith("u") ? 0 : 1)) - 1);
}

/** `values` plus `offset` as `dtype`, which holds them. */
function cast(values: ArrayLike<number | bigint>, dtype: DType, offset: number): TypedArray {
  const into = allocate(dtype, values.length) as TypedArray;
  const wide = into instanceof BigInt64Array || into instanceof BigUint64Array;
  for (let i = 0; i < values.length; i++) {
    const value = Number(values[i]) + offset;
    into[i] = (wide ? BigInt(value) : value) as never;
  }
  return into;
}
