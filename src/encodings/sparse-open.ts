/** `csr_matrix` and `csc_matrix`: groups of `data`, `indices` and `indptr`, which carry no encoding of their own. */

import { itemSize } from "../dtype.js";
import type { LazyArray } from "../elements/lazy.js";
import type { SparseKind } from "../kernels/index.js";
import { type StoredPart, sparseReads } from "../plan/sparse.js";
import type { ArrayNode, GroupNode } from "../storage/types.js";
import { infoOf, sumBytes } from "./describe.js";
import { arrayOf, corrupt } from "./member.js";
import type { SparseNodes } from "./sparse-nodes.js";
import { readSparse } from "./sparse-read.js";
import { loadStarts } from "./sparse-starts.js";

/** Opens the matrix in `group`; `CORRUPT` where its parts do not fit each other. `indptr` is read once, by the first read. */
export async function openSparse(group: GroupNode, kind: SparseKind, version: string): Promise<LazyArray> {
  const nodes = await openParts(group, kind);
  const { data, indices, indptr, shape, dtype } = nodes;
  const starts = loadStarts(nodes);
  const info = infoOf(group, `${kind}_matrix`, version, {
    dtype,
    shape,
    layout: data.layout,
    nnz: indices.shape[0] ?? 0,
  });
  return {
    kind: "lazy-array",
    info,
    shape,
    dtype,
    sparse: kind,
    read: async (selection = [], options = {}) => readSparse(nodes, await starts(options), selection, options),
    reads: async (selection = [], options = {}) => {
      const major = selection[kind === "csr" ? 0 : 1];
      const store = { data: partOf(data), indices: partOf(indices), indptr: partOf(indptr) };
      return sparseReads(store, major === undefined ? [] : await starts(options), major);
    },
    storedBytes: (options) => sumBytes([data, indices, indptr].map((node) => node.storedBytes?.(options))),
  };
}

async function openParts(group: GroupNode, kind: SparseKind): Promise<SparseNodes> {
  const [data, indices, indptr] = await Promise.all([
    arrayOf(group, "data"),
    arrayOf(group, "indices"),
    arrayOf(group, "indptr"),
  ]);
  const shape = shapeOf(group);
  const { dtype } = data;
  if (typeof dtype !== "string" || dtype === "string") throw corrupt(group.path, "is a sparse matrix of no numbers");
  for (const node of [data, indices, indptr]) {
    if (node.shape.length !== 1) throw corrupt(node.path, `has the shape [${node.shape}], not one dimension`);
  }
  if (data.shape[0] !== indices.shape[0]) {
    throw corrupt(group.path, `has ${data.shape[0]} values but ${indices.shape[0]} indices`);
  }
  const majors = shape[kind === "csr" ? 0 : 1];
  if (indptr.shape[0] !== majors + 1) {
    throw corrupt(group.path, `has an indptr of ${indptr.shape[0]} entries, not ${majors + 1}`);
  }
  return { path: group.path, kind, shape, dtype, data, indices, indptr };
}

function shapeOf(group: GroupNode): readonly [number, number] {
  const shape = group.attributes.shape ?? group.attributes.h5sparse_shape;
  if (!Array.isArray(shape) || shape.length !== 2) throw corrupt(group.path, "is a sparse matrix without a shape");
  const [rows, columns] = shape.map(Number) as [number, number];
  if (Number.isSafeInteger(rows) && Number.isSafeInteger(columns) && rows >= 0 && columns >= 0) return [rows, columns];
  throw corrupt(group.path, `is a sparse matrix of the shape [${shape}]`);
}

function partOf(node: ArrayNode): StoredPart {
  const { path, shape, layout, dtype } = node;
  return { path, shape, layout, itemSize: typeof dtype === "string" && dtype !== "string" ? itemSize(dtype) : 8 };
}
