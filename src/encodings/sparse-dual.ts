/**
 * A matrix in both layouts: beside its own arrays, the group of a sparse matrix may hold the same matrix in the other layout, as a group named `csc`
 * (or `csr`). Readers that do not know it, such as anndata, see the three arrays that they look for and nothing else. Both groups carry the same seal, a
 * name that is given once: a matrix that somebody has replaced has lost it, and the old sidecar is not read.
 */
import { randomUUID } from "node:crypto";
import type { LazyArray } from "../elements/lazy.js";
import { type IndexArray, lastEntry, type SparseKind } from "../kernels/index.js";
import type { AxisSelection } from "../selection/axis.js";
import type { Attributes, GroupNode, ReadOptions } from "../storage/types.js";
import { asCompressed } from "./as-compressed.js";
import { majorAxis, type SparseNodes } from "./sparse-nodes.js";
import { countEntries } from "./sparse-starts.js";

/** The attribute that holds the seal. */
const SEAL = "ats-dual";

/** The other layout. */
export function otherKind(kind: SparseKind): SparseKind {
  return kind === "csr" ? "csc" : "csr";
}

/** The attributes of both groups of a new dual matrix. */
export function newSeal(): Attributes {
  return { [SEAL]: randomUUID() };
}

/** `source`, a sparse matrix, for writers to keep in both layouts. */
export function asDual(source: LazyArray): LazyArray {
  if (source.sparse === null) return asDual(asCompressed(source, "csr"));
  return { ...viewOf(source), sidecar: asCompressed(source, otherKind(source.sparse)) };
}

/** The same element as a plain object, whatever class it is of. */
function viewOf(source: LazyArray): LazyArray {
  const { kind, info, shape, dtype, sparse, via, indexTypes } = source;
  return {
    kind,
    info,
    shape,
    dtype,
    sparse,
    ...(via && { via }),
    ...(indexTypes && { indexTypes }),
    read: (selection, options) => source.read(selection, options),
    ...(source.stream === undefined
      ? {}
      : { stream: (request) => (source.stream as Required<LazyArray>["stream"])(request) }),
    storedBytes: (options) => source.storedBytes(options),
  };
}

/** One layout of a stored matrix. */
export interface StoredSide {
  readonly nodes: SparseNodes;
  readonly starts: (options: ReadOptions) => Promise<IndexArray>;
}

/** The group of the other layout, where there is one of the same seal. */
export async function sidecarGroup(group: GroupNode, kind: SparseKind): Promise<GroupNode | undefined> {
  const seal = group.attributes[SEAL];
  if (typeof seal !== "string") return undefined;
  const node = await group.get(otherKind(kind));
  return node?.kind === "group" && node.attributes[SEAL] === seal ? node : undefined;
}

/** Whether two layouts say of themselves that they are of one matrix. */
export function agree(a: SparseNodes, b: SparseNodes): boolean {
  const same = a.shape[0] === b.shape[0] && a.shape[1] === b.shape[1] && a.dtype === b.dtype;
  return same && a.indices.shape[0] === b.indices.shape[0];
}

/** The side that `selection` is read from with less decoding; the first where it makes no difference. */
export async function cheaperSide(
  sides: readonly [StoredSide, ...StoredSide[]],
  selection: readonly (AxisSelection | undefined)[],
  options: ReadOptions,
): Promise<StoredSide> {
  let best = sides[0];
  let least = Number.POSITIVE_INFINITY;
  if (sides.length === 1) return best;
  for (const side of sides) {
    const cost = await costOf(side, selection, options);
    if (cost >= least) continue;
    best = side;
    least = cost;
  }
  return best;
}

/** About how many stored values are decoded. */
async function costOf(
  { nodes, starts }: StoredSide,
  selection: readonly (AxisSelection | undefined)[],
  options: ReadOptions,
): Promise<number> {
  const majors = selection[majorAxis(nodes)];
  const all = await starts(options);
  if (majors === undefined) return lastEntry(all);
  const chunk = nodes.data.layout.chunks?.[0] ?? 1;
  return Math.min(lastEntry(all), countEntries(all, majors) + majors.count * chunk);
}
