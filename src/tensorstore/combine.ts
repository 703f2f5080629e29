/** Several arrays as one view. */
import { Context } from "./context.js";
import type { ElementType } from "./element-type.js";
import { native } from "./native.js";
import { TensorStore } from "./tensorstore.js";
import type { Transaction } from "./transaction.js";

/** What a combined view works with. */
export interface CombineOptions {
  readonly context?: Context | undefined;
  readonly transaction?: Transaction | undefined;
}

/** The arrays one after the other along `dimension`, from zero; `INVALID_ARGUMENT` where they do not fit. */
export function concat<E extends ElementType>(
  layers: readonly TensorStore<E>[],
  dimension: number,
  options: CombineOptions = {},
): TensorStore<E> {
  const handle = native().concat(handles(layers), dimension, contextOf(options), options.transaction?.handle);
  return new TensorStore<E>(handle);
}

/** The arrays along a new dimension at `dimension`; `INVALID_ARGUMENT` where their domains differ. */
export function stack<E extends ElementType>(
  layers: readonly TensorStore<E>[],
  dimension = 0,
  options: CombineOptions = {},
): TensorStore<E> {
  const handle = native().stack(handles(layers), dimension, contextOf(options), options.transaction?.handle);
  return new TensorStore<E>(handle);
}

/** The arrays over each other in their own coordinates; where they overlap, the later one is seen. */
export function overlay<E extends ElementType>(
  layers: readonly TensorStore<E>[],
  options: CombineOptions = {},
): TensorStore<E> {
  return new TensorStore<E>(native().overlay(handles(layers), contextOf(options), options.transaction?.handle));
}

function handles(layers: readonly TensorStore[] | readonly TensorStore<never>[]) {
  return (layers as readonly TensorStore[]).map((layer) => layer.handle);
}

function contextOf(options: CombineOptions) {
  return (options.context ?? Context.default()).handle;
}
