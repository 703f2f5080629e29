/** Orthogonal selection in arrays in C order, of any rank. */
import { type ArrayFor, allocate, type DType, lanes } from "../dtype.js";
import { type AxisSelection, isWholeAxis, positionAt, wholeAxis } from "../selection/axis.js";
import { DenseArray, sizeOf } from "./dense.js";
import { StringArray } from "./strings.js";
import { takeText } from "./take-text.js";

/** One entry per dimension; a missing entry means the whole dimension. */
export type Selections = readonly (AxisSelection | undefined)[];

/** The shape of what `selection` takes from `shape`. */
export function selectedShape(shape: readonly number[], selection: Selections): number[] {
  return shape.map((extent, d) => selection[d]?.count ?? extent);
}

/** Whether `selection` takes all of `shape` in order. */
export function isWhole(shape: readonly number[], selection: Selections): boolean {
  return shape.every((extent, d) => {
    const entry = selection[d];
    return entry === undefined || isWholeAxis(entry, extent);
  });
}

/** The selected values of `array`; the array itself, not a copy, where all is selected. */
export function takeDense<D extends DType>(array: DenseArray<D>, selection: Selections): DenseArray<D> {
  if (isWhole(array.shape, selection)) return array;
  const shape = selectedShape(array.shape, selection);
  const data = allocate(array.dtype, sizeOf(shape));
  gather(array.data as Uint8Array, data as Uint8Array, array.shape, selection, lanes(array.dtype), copyTyped);
  return new DenseArray(array.dtype, shape, data as ArrayFor<D>);
}

/** The selected strings of `array`; the array itself where all is selected. */
export function takeStrings(array: StringArray, selection: Selections): StringArray {
  if (isWhole(array.shape, selection)) return array;
  const shape = selectedShape(array.shape, selection);
  const [rows] = selection;
  if (rows !== undefined && shape.length === 1 && array.hasUtf8) {
    return StringArray.fromUtf8(takeText(array.utf8(), rows), shape, array.na);
  }
  const values = new Array<string | null>(sizeOf(shape));
  gather(array.values, values, array.shape, selection, 1, copyEach);
  return new StringArray(values, shape, array.na);
}

/** The selected values of a one-dimensional typed array. */
export function takeTyped<A extends Int8Array | Int16Array | Int32Array | Uint8Array>(
  array: A,
  rows: AxisSelection,
): A {
  if (rows.kind === "range" && rows.step === 1) return array.slice(rows.start, rows.start + rows.count) as A;
  const out = new (array.constructor as new (length: number) => A)(rows.count);
  for (let i = 0; i < out.length; i++) out[i] = array[positionAt(rows, i)] as number;
  return out;
}

type CopyBlock<S, T> = (source: S, target: T, from: number, to: number, length: number) => void;

function copyTyped(source: Uint8Array, target: Uint8Array, from: number, to: number, length: number): void {
  if (length < 32) copyEach(source, target, from, to, length);
  else target.set(source.subarray(from, from + length), to);
}

function copyEach<V>(source: ArrayLike<V>, target: { [i: number]: V }, from: number, to: number, length: number): void {
  for (let i = 0; i < length; i++) target[to + i] = source[from + i] as V;
}

/** Where the blocks to copy lie: for each outer dimension the offsets of its positions, and the block that is contiguous in both. */
interface Blocks {
  readonly offsets: readonly Float64Array[];
  readonly start: number;
  readonly length: number;
}

function blocksOf(shape: readonly number[], selection: Selections, width: number): Blocks {
  let length = width;
  let d = shape.length - 1;
  const entry = (dimension: number): AxisSelection => selection[dimension] ?? wholeAxis(shape[dimension] as number);
  for (; d >= 0 && isWholeAxis(entry(d), shape[d] as number); d--) length *= shape[d] as number;
  let start = 0;
  let stride = length;
  const last = d < 0 ? undefined : entry(d);
  if (last?.kind === "range" && last.step === 1) {
    start = last.start * stride;
    length = last.count * stride;
    stride *= shape[d--] as number;
  }
  const offsets: Float64Array[] = [];
  for (; d >= 0; d--) {
    const positions = entry(d);
    const along = new Float64Array(positions.count);
    for (let i = 0; i < along.length; i++) along[i] = positionAt(positions, i) * stride;
    offsets.unshift(along);
    stride *= shape[d] as number;
  }
  return { offsets, start, length };
}

function gather<S, T>(
  source: S,
  target: T,
  shape: readonly number[],
  selection: Selections,
  width: number,
  copy: CopyBlock<S, T>,
): void {
  const { offsets, start, length } = blocksOf(shape, selection, width);
  let to = 0;
  const walk = (d: number, from: number): void => {
    const along = offsets[d];
    if (along === undefined) {
      copy(source, target, from, to, length);
      to += length;
    } else if (d === offsets.length - 1) {
      for (let i = 0; i < along.length; i++, to += length)
        copy(source, target, from + (along[i] as number), to, length);
    } else {
      for (let i = 0; i < along.length; i++) walk(d + 1, from + (along[i] as number));
    }
  };
  walk(0, start);
}
