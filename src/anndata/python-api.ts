/** The functions of the Python package anndata-tensorstore, with its names and their meaning. */

import { lazyFromValue } from "../elements/memory.js";
import { AtsError } from "../errors.js";
import type { OpenOptions } from "../formats/types.js";
import { names as namesOf } from "../selection/names.js";
import type { AxisSelector } from "../selection/normalize.js";
import { type Literal, type Predicate, where } from "../selection/predicate.js";
import { sortPositions } from "../selection/runs.js";
import type { ReadOptions } from "../storage/types.js";
import { AnnData } from "./anndata.js";
import { type AxisName, AxisView } from "./axis-view.js";
import { open } from "./open.js";
import { type WriteAnnDataOptions, write } from "./write.js";

/** Saves an AnnData, also a view, as an `.ats` store. Errors as `write`. */
export function saveAnnDataToTensorstore(
  adata: AnnData,
  path: string | URL,
  options: Omit<WriteAnnDataOptions, "format"> = {},
): Promise<void> {
  return write(adata, path, { ...options, format: "ats" });
}

/** Conditions on the columns of an axis: a column and the value, or one of the values, that it has to have. */
export type Conditions = readonly (readonly [column: string, value: Literal | readonly Literal[]])[];

/** Options of {@link loadAnnDataFromTensorstore}; at most one of indices, names and selection for each axis. */
export interface LoadAnnDataOptions extends OpenOptions {
  /** A slice, a mask or positions. */
  readonly obsIndices?: AxisSelector | undefined;
  readonly varIndices?: AxisSelector | undefined;
  /** The rows of these names, in the order of the store. */
  readonly obsNames?: readonly string[] | undefined;
  readonly varNames?: readonly string[] | undefined;
  readonly obsSelection?: Conditions | undefined;
  readonly varSelection?: Conditions | undefined;
  /** Whether all conditions of a selection have to hold, or one. Default `and`. */
  readonly combine?: "and" | "or" | undefined;
  /** What to do with names that are not there. Default `error`. */
  readonly missing?: "error" | "ignore" | undefined;
  /** Whether X becomes a CSR matrix. */
  readonly asSparse?: boolean | undefined;
}

/**
 * Loads a store, or a part of it, into memory; only what is selected of X is read. `INVALID_ARGUMENT` where an axis is selected in two
 * ways, `NOT_FOUND` for unknown names and columns.
 */
export async function loadAnnDataFromTensorstore(
  path: string | URL,
  options: LoadAnnDataOptions = {},
): Promise<AnnData> {
  const adata = await open(path, options);
  try {
    const obs = await axisSelector(adata, "obs", options.obsIndices, options.obsNames, options.obsSelection, options);
    const variables = await axisSelector(
      adata,
      "var",
      options.varIndices,
      options.varNames,
      options.varSelection,
      options,
    );
    const loaded = await adata.select({ obs, var: variables }).load({ signal: options.signal });
    return options.asSparse ? await withSparseX(loaded, options) : loaded;
  } finally {
    await adata.close();
  }
}

async function axisSelector(
  adata: AnnData,
  axis: AxisName,
  indices: AxisSelector | undefined,
  names: readonly string[] | undefined,
  conditions: Conditions | undefined,
  options: LoadAnnDataOptions,
): Promise<AxisSelector | undefined> {
  const given = [indices, names, conditions].filter((selector) => selector !== undefined);
  if (given.length > 1) {
    throw new AtsError(
      "INVALID_ARGUMENT",
      `${axis} is selected in ${given.length} ways; pass one of ${axis}Indices, ${axis}Names and ${axis}Selection.`,
      { path: axis },
    );
  }
  if (names !== undefined) return positionsOf(adata, axis, names, options);
  return conditions === undefined ? indices : conditionsToPredicate(conditions, options.combine ?? "and");
}

/** The positions of names in the order of the store, each once. */
async function positionsOf(adata: AnnData, axis: AxisName, names: readonly string[], options: LoadAnnDataOptions) {
  const selector = namesOf(names, { missing: options.missing, duplicates: "all" });
  const view = AxisView.whole(axis, adata.elements[axis]).select(selector);
  const found = await view.resolve({ signal: options.signal });
  return BigInt64Array.from(sortPositions(found).sorted as ArrayLike<number>, BigInt);
}

/** No condition at all selects everything. */
function conditionsToPredicate(conditions: Conditions, combine: "and" | "or"): Predicate | undefined {
  const terms = conditions.map(([column, value]) =>
    Array.isArray(value) ? where(column).in(value as readonly Literal[]) : where(column).eq(value as Literal),
  );
  const [first, ...others] = terms;
  return others.reduce<Predicate | undefined>((all, term) => all?.[combine](term), first);
}

async function withSparseX(adata: AnnData, { signal }: ReadOptions): Promise<AnnData> {
  if (!adata.hasX) return adata;
  const X = await adata.X.read({ signal });
  return AnnData.fromElements({ ...adata.elements, X: lazyFromValue(await X.toCsr({ signal }), "X") });
}

/** What a store holds, in brief. */
export interface Preview {
  readonly shape: readonly [number, number];
  readonly obs: readonly string[];
  readonly var: readonly string[];
  /** The lines that the Python package prints. */
  toString(): string;
}

/** The shape of a store and the columns of its tables; reads metadata only. */
export async function previewAnnDataFromTensorstore(path: string | URL, options: OpenOptions = {}): Promise<Preview> {
  const adata = await open(path, options);
  try {
    const { shape } = adata;
    const [obs, variables] = [adata.obs.columnNames, adata.var.columnNames];
    const text = `AnnData object with n_obs × n_vars = ${shape.join(" × ")}\n    obs: ${obs.join(", ")}\n    var: ${variables.join(", ")}\n`;
    return { shape, obs, var: variables, toString: () => text };
  } finally {
    await adata.close();
  }
}
