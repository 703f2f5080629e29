/** The index operations that stores, specs and transforms share. They are index arithmetic: nothing is read. */
import { AtsError } from "../errors.js";
import type { Indexable as NativeIndexable, SelectionDescriptor } from "../native/addon.js";

/** Half-open, in the coordinates of the domain: a negative number is a negative index, it does not count from the end. */
export interface Slice {
  readonly start?: number | bigint | null | undefined;
  readonly stop?: number | bigint | null | undefined;
  /** Negative steps go backwards: `start` is then the larger bound. */
  readonly step?: number | bigint | null | undefined;
}

/** Positions in request order; duplicates are kept. */
export type Indices =
  | readonly number[]
  | readonly bigint[]
  | Int8Array
  | Uint8Array
  | Int16Array
  | Uint16Array
  | Int32Array
  | Uint32Array
  | Float64Array
  | BigInt64Array
  | BigUint64Array;

/** Positions with a shape of their own. */
export interface ShapedIndices {
  readonly data: Indices;
  readonly shape: readonly number[];
}

/** All of a dimension (null or undefined), one index (the dimension goes), or an interval. */
export type SliceSelector = null | undefined | number | bigint | Slice;

/** What {@link Indexable.oindex} and {@link Indexable.vindex} take for a dimension. */
export type IndexSelector = SliceSelector | Indices | ShapedIndices;

/** Something with a domain that can be indexed; every operation returns a view with another domain. */
export abstract class Indexable<Native extends NativeIndexable<Native>, Self> {
  /** @internal */
  abstract readonly handle: Native;
  protected abstract view(handle: Native): Self;
  /** The number of dimensions. */
  abstract get rank(): number;

  /**
   * Slices by intervals and single indices, one selector a dimension; dimensions without one are kept whole. The view
   * keeps its coordinates: `slice({ start: 5, stop: 8 })` has the domain [5, 8).
   * @throws AtsError INVALID_ARGUMENT outside the domain
   */
  slice(...selectors: SliceSelector[]): Self {
    return this.outer(selectors);
  }

  /**
   * Selects independently in each dimension, as numpy's `ix_` does; index arrays keep order and duplicates.
   * @throws AtsError INVALID_ARGUMENT outside the domain
   */
  oindex(...selectors: IndexSelector[]): Self {
    return this.outer(selectors);
  }

  /**
   * Selects points: index arrays are broadcast against each other, and the dimensions that they have together come first.
   * @throws AtsError INVALID_ARGUMENT outside the domain, or where arrays do not broadcast
   */
  vindex(...selectors: IndexSelector[]): Self {
    return this.view(this.handle.index("vectorized", this.describe(selectors)));
  }

  /** Reorders the dimensions; without an argument it reverses them. */
  transpose(permutation?: readonly number[]): Self {
    const order = permutation ?? Array.from({ length: this.rank }, (_, i) => this.rank - 1 - i);
    return this.view(this.handle.index("transpose", order));
  }

  /** Moves the domain to another origin; null keeps that of a dimension, one number is used for all. */
  translateTo(origin: number | readonly (number | bigint | null)[]): Self {
    const origins = typeof origin === "number" ? Array<number>(this.rank).fill(origin) : origin;
    return this.view(this.handle.index("translateTo", origins));
  }

  /** Names the dimensions; "" for none. */
  label(...labels: string[]): Self {
    return this.view(this.handle.index("label", labels));
  }

  private outer(selectors: readonly IndexSelector[]): Self {
    return this.view(this.handle.index("outer", this.describe(selectors)));
  }

  private describe(selectors: readonly IndexSelector[]): SelectionDescriptor[] {
    if (selectors.length > this.rank) {
      throw new AtsError("INVALID_ARGUMENT", `${selectors.length} selectors do not fit ${this.rank} dimensions.`);
    }
    return Array.from({ length: this.rank }, (_, i) => describe(selectors[i]));
  }
}

function describe(selector: IndexSelector): SelectionDescriptor {
  if (selector === null || selector === undefined) return null;
  if (typeof selector === "number" || typeof selector === "bigint" || ArrayBuffer.isView(selector)) return selector;
  if (Array.isArray(selector)) return toIndices(selector);
  if ("data" in selector) {
    const { data, shape } = selector as ShapedIndices;
    return { indices: ArrayBuffer.isView(data) ? data : toIndices(data), shape };
  }
  const { start, stop, step } = selector as Slice;
  return [start ?? null, stop ?? null, step ?? null];
}

function toIndices(indices: readonly number[] | readonly bigint[]): Float64Array | BigInt64Array {
  if (typeof indices[0] === "bigint") return BigInt64Array.from(indices as readonly bigint[]);
  return Float64Array.from(indices as readonly number[]);
}
