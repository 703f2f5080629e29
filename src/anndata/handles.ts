/** Handles of the elements of a view: what `adata.X`, `adata.layers.get("counts")` and their like are. Nothing is read before `read`. */

import type { DenseMatrix } from "../elements/dense.js";
import type { LazyArray, LazyElement } from "../elements/lazy.js";
import { CscMatrix, CsrMatrix } from "../elements/sparse.js";
import type { ArrayValue, Value } from "../elements/values.js";
import { execute } from "../plan/plan.js";
import type { AxisSelection } from "../selection/axis.js";
import type { NameOptions } from "../selection/names.js";
import type { AxisSelector } from "../selection/normalize.js";
import type { ReadOptions, StoredDType } from "../storage/types.js";
import type { AxisName, AxisView } from "./axis-view.js";
import { planReads } from "./read-plan.js";

/** A matrix in memory: dense in C order, or compressed sparse as it is stored. */
export type Matrix = DenseMatrix | CsrMatrix | CscMatrix;

/** The axes of a view. */
export type AxisViews = Readonly<Record<AxisName, AxisView>>;

/** What a handle needs of its view. */
export interface HandleContext {
  readonly axes: AxisViews;
  /** Throws `CLOSED` once the store is closed. */
  readonly assertOpen: () => void;
}

/** Options of reading an element: selectors within the view, and how to stop. */
export interface ElementReadOptions extends NameOptions, ReadOptions {
  readonly obs?: AxisSelector | undefined;
  readonly var?: AxisSelector | undefined;
  /**
   * The type of `indices` and `indptr` of a sparse matrix. Where not given each is Int32Array where that holds it, else BigInt64Array; `int32` is
   * `LIMIT_EXCEEDED` where it does not.
   */
  readonly indexType?: "int32" | "int64" | undefined;
}

/** An element of a view. `T` is what reading it gives. */
export class ElementHandle<T extends Value = Value> {
  /** Where it is, such as `layers/counts`. */
  readonly path: string;
  readonly #element: LazyElement;
  readonly #along: readonly AxisName[];
  readonly #context: HandleContext;

  /** Made by {@link AnnData}; `element` is the whole, `along` names the axes of its leading dimensions. */
  constructor(path: string, element: LazyElement, along: readonly AxisName[], context: HandleContext) {
    this.path = path;
    this.#element = element;
    this.#along = along;
    this.#context = context;
  }

  /** What is stored: encoding, type, shape and layout of the whole element, without the view's selection. */
  get info() {
    return this.#element.info;
  }

  /** The element type; null for what is no array. */
  get dtype(): StoredDType | null {
    return this.#element.kind === "lazy-array" ? this.#element.dtype : null;
  }

  /** `csr` or `csc` where it is stored sparse. */
  get sparse(): "csr" | "csc" | null {
    return this.#element.kind === "lazy-array" ? this.#element.sparse : null;
  }

  /** The shape that `read` gives; undefined where the view's selection is not resolved yet, or the element has none. */
  get shape(): readonly number[] | undefined {
    const whole = (this.#element as LazyArray).shape;
    if (whole === undefined) return undefined;
    const shape = whole.map((extent, d) => {
      const axis = this.#along[d];
      return axis === undefined ? extent : this.#context.axes[axis].selection?.count;
    });
    return shape.every((extent) => extent !== undefined) ? shape : undefined;
  }

  /**
   * Reads the element, or with `obs` and `var` a part of it, selected within the view. Only what is selected is read from disk.
   * `NOT_FOUND` for unknown names, `INVALID_ARGUMENT` for a selector that does not fit, `CORRUPT` where the store is damaged.
   */
  async read(options: ElementReadOptions = {}): Promise<T> {
    this.#context.assertOpen();
    const { signal, indexType, ...selectors } = options;
    signal?.throwIfAborted();
    const selection = await this.#resolve({ ...selectors, signal });
    const [value] = await execute(planReads([{ path: this.path, element: this.#element, selection }]), { signal });
    const cast = indexType !== undefined && (value instanceof CsrMatrix || value instanceof CscMatrix);
    return (cast ? await value.withIndexType(indexType, { signal, path: this.path }) : value) as T;
  }

  /** One selection per dimension; an axis that is whole stays undefined. */
  async #resolve({
    obs,
    var: variables,
    signal,
    ...names
  }: ElementReadOptions): Promise<(AxisSelection | undefined)[]> {
    const selectors = { obs, var: variables };
    const resolved = new Map<AxisName, AxisSelection | undefined>();
    for (const axis of new Set(this.#along)) {
      const view = this.#context.axes[axis].select(selectors[axis], names);
      resolved.set(axis, view.isWhole ? undefined : await view.resolve({ signal }));
    }
    return this.#along.map((axis) => resolved.get(axis));
  }
}

/** The handle of a matrix, such as X. */
export type MatrixHandle = ElementHandle<Matrix>;

/** The handle of a member of layers, obsm, varm, obsp or varp: mostly a matrix; in obsm also a table, strings, a categorical. */
export type MemberHandle = ElementHandle<ArrayValue>;
