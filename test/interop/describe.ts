/** Describes our values as `h5ad_describe.py` describes Python's, so that the two can be compared. */
import { createHash } from "node:crypto";
import { AwkwardArray } from "../../src/elements/awkward.js";
import { Categorical } from "../../src/elements/categorical.js";
import { DenseArray } from "../../src/elements/dense.js";
import { ArrowColumn, Frame } from "../../src/elements/frame.js";
import type { LazyDict, LazyElement } from "../../src/elements/lazy.js";
import { NullableArray } from "../../src/elements/nullable.js";
import { RecordArray } from "../../src/elements/record.js";
import { Scalar } from "../../src/elements/scalar.js";
import { CscMatrix, CsrMatrix, type SparseMatrix } from "../../src/elements/sparse.js";
import { StringArray } from "../../src/elements/strings.js";
import type { Value } from "../../src/elements/values.js";
import type { AnnDataElements } from "../../src/formats/types.js";

function digest(array: ArrayBufferView): string {
  return createHash("sha256")
    .update(new Uint8Array(array.buffer, array.byteOffset, array.byteLength))
    .digest("hex");
}

function wide(values: ArrayLike<number | bigint>): string {
  return digest(BigInt64Array.from(Array.from(values, (value) => BigInt(value))));
}

function number(value: unknown): unknown {
  if (typeof value === "bigint") return Number.isSafeInteger(Number(value)) ? Number(value) : String(value);
  if (typeof value !== "number" || Number.isFinite(value)) return value;
  return Number.isNaN(value) ? "nan" : value > 0 ? "inf" : "-inf";
}

/** Sorts the indices within each row (CSR) or column (CSC), as scipy's `sort_indices`. */
function sparse(value: SparseMatrix): unknown {
  const indices = Array.from(value.indices as ArrayLike<number | bigint>, Number);
  const data = value.data.slice();
  for (let major = 0; major + 1 < value.indptr.length; major++) {
    const [start, stop] = [Number(value.indptr[major]), Number(value.indptr[major + 1])];
    const order = Array.from({ length: stop - start }, (_, i) => start + i).sort((a, b) => indices[a]! - indices[b]!);
    const [sortedIndices, sortedData] = [order.map((i) => indices[i]!), order.map((i) => value.data[i]!)];
    for (let i = 0; i < order.length; i++) {
      indices[start + i] = sortedIndices[i]!;
      data[start + i] = sortedData[i]! as never;
    }
  }
  return {
    kind: value.kind,
    dtype: value.dtype,
    shape: [...value.shape],
    data: digest(data),
    indices: wide(indices),
    indptr: wide(value.indptr),
  };
}

function dense(value: DenseArray): unknown {
  return { kind: "dense", dtype: value.dtype, shape: [...value.shape], sha: digest(value.data) };
}

/** What a value is, as JSON. */
export function describeValue(value: Value | ArrowColumn): unknown {
  if (value === null || typeof value === "string") return value;
  if (value instanceof DenseArray) return dense(value);
  if (value instanceof StringArray) return { kind: "strings", shape: [...value.shape], values: [...value.values] };
  if (value instanceof CsrMatrix || value instanceof CscMatrix) return sparse(value);
  if (value instanceof RecordArray) {
    return { kind: "records", fields: [...value.fields].map(([name, field]) => [name, describeValue(field)]) };
  }
  if (value instanceof Categorical) {
    const categories = describeValue(value.categories);
    return { kind: "categorical", codes: [...value.codes], categories, ordered: value.ordered };
  }
  if (value instanceof NullableArray) {
    const { data, dtype } = value.values;
    const cell = (i: number) => (dtype === "bool" ? data[i] === 1 : number(data[i]));
    return { kind: "nullable", dtype, values: [...value.mask].map((missing, i) => (missing ? null : cell(i))) };
  }
  if (value instanceof Frame) {
    const columns = [...value.columns].map(([name, column]) => [name, describeValue(column)]);
    return { kind: "frame", indexName: value.indexName, index: describeValue(value.index), columns };
  }
  if (value instanceof ArrowColumn) return { kind: "arrow" };
  if (value instanceof Uint8Array) return { bytes: Buffer.from(value).toString("hex") };
  if (value instanceof Scalar) {
    const { value: inner } = value;
    return { number: typeof inner === "object" ? [number(inner.re), number(inner.im)] : number(inner) };
  }
  if (typeof value === "object") {
    const entries = Object.entries(value as Record<string, Value>).map(([key, entry]) => [key, describeValue(entry)]);
    return { kind: "dict", entries: entries.sort(([a], [b]) => ((a as string) < (b as string) ? -1 : 1)) };
  }
  return { number: number(value) };
}

/** A value that may have to be decoded first. */
async function describeLazy(element: LazyElement): Promise<unknown> {
  if (element.kind === "lazy-dict") return describeDict(element);
  const value = await element.read();
  return value instanceof AwkwardArray ? { kind: "awkward", values: await value.toNested() } : describeValue(value);
}

async function describeMembers(members: Iterable<readonly [string, LazyElement]>): Promise<unknown> {
  const entries: [string, unknown][] = [];
  for (const [key, element] of members) entries.push([key, await describeLazy(element)]);
  return { kind: "dict", entries: entries.sort(([a], [b]) => (a < b ? -1 : 1)) };
}

async function describeDict(dict: LazyDict): Promise<unknown> {
  const members: [string, LazyElement][] = [];
  for (const key of await dict.keys()) members.push([key, (await dict.get(key)) as LazyElement]);
  return describeMembers(members);
}

/** All elements of an AnnData, as JSON. */
export async function describeElements(elements: AnnDataElements): Promise<unknown> {
  const { X, obs, layers, obsm, varm, obsp, varp, uns, raw } = elements;
  return {
    X: X === null ? null : describeValue(await X.read()),
    obs: describeValue(await obs.read()),
    var: describeValue(await elements.var.read()),
    layers: await describeMembers(layers),
    obsm: await describeMembers(obsm),
    varm: await describeMembers(varm),
    obsp: await describeMembers(obsp),
    varp: await describeMembers(varp),
    uns: await describeDict(uns),
    raw:
      raw === null
        ? null
        : {
            X: raw.X === null ? null : describeValue(await raw.X.read()),
            var: describeValue(await raw.var.read()),
            varm: await describeMembers(raw.varm),
          },
  };
}
