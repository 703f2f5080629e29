/** `csr_matrix` and `csc_matrix`: groups of `data`, `indices` and `indptr`, which carry no encoding of their own. */

import { itemSize } from "../dtype.js";
import type { LazyArray } from "../elements/lazy.js";
import { fromParts } from "../elements/sparse.js";
import { convertLayout, type SparseKind } from "../kernels/index.js";
import { type StoredPart, sparseReads } from "../plan/sparse.js";
import type { ArrayNode, GroupNode } from "../storage/types.js";
import { infoOf, sumBytes } from "./describe.js";
import { arrayOf, corrupt } from "./member.js";
import { agree, cheaperSide, otherKind, type StoredSide, sidecarGroup } from "./sparse-dual.js";
import { majorAxis, type SparseNodes } from "./sparse-nodes.js";
import { readSparse } from "./sparse-read.js";
import { loadStarts } from "./sparse-starts.js";

/**
 * Opens the matrix in `group`; `CORRUPT` where its parts do not fit each other. `indptr` is read once, by the first read. Where the matrix is kept
 * in both layouts, each read takes the one that decodes less; values come in the layout of the group.
 */
export async function openSparse(group: GroupNode, kind: SparseKind, version: string): Promise<LazyArray> {
  const side = await openSide(group, kind);
  const { data, indices, indptr, shape, dtype } = side.nodes;
  const sides = [side, ...(await openSidecar(group, side))] as const;
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
    indexTypes: { indices: signedType(indices), indptr: signedType(indptr) },
    async read(selection = [], options = {}) {
      const { nodes, starts } = await cheaperSide(sides, selection, options);
      const matrix = await readSparse(nodes, starts, selection, options);
      return fromParts(await convertLayout(matrix, kind, { ...options, path: group.path }));
    },
    async reads(selection = [], options = {}) {
      const { nodes, starts } = await cheaperSide(sides, selection, options);
      const major = selection[majorAxis(nodes)];
      const store = { data: partOf(nodes.data), indices: partOf(nodes.indices), indptr: partOf(nodes.indptr) };
      return sparseReads(store, major === undefined ? [] : await starts(options), major);
    },
    storedBytes: (options) => sumBytes([data, indices, indptr].map((node) => node.storedBytes?.(options))),
  };
}

async function openSide(group: GroupNode, kind: SparseKind): Promise<StoredSide> {
  const nodes = await openParts(group, kind);
  return { nodes, starts: loadStarts(nodes) };
}

/** The other layout, where there is one that agrees. */
async function openSidecar(group: GroupNode, { nodes }: StoredSide): Promise<StoredSide[]> {
  const beside = await sidecarGroup(group, nodes.kind);
  if (beside === undefined) return [];
  const side = await openSide(beside, otherKind(nodes.kind));
  return agree(nodes, side.nodes) ? [side] : [];
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

/** The type that a copy's integers have at least: scipy works with signed ones of 32 and 64 bits, so that others need not stay. */
function signedType({ dtype }: ArrayNode): "int32" | "int64" {
  return dtype === "int64" ? "int64" : "int32";
}

function partOf(node: ArrayNode): StoredPart {
  const { path, shape, layout, dtype } = node;
  return { path, shape, layout, itemSize: typeof dtype === "string" && dtype !== "string" ? itemSize(dtype) : 8 };
}
