/** Moves the values of a piece to their places in the result. */
import type { Segment } from "./plan.js";

/** Calls `visit` with the number of every wanted value of a piece and its number in a result of `shape`, both in C order. */
export function forEachValue(
  block: readonly Segment[],
  shape: readonly number[],
  visit: (source: number, target: number) => void,
): void {
  const walk = (axis: number, source: number, target: number): void => {
    const segment = block[axis];
    if (segment === undefined) {
      visit(source, target);
      return;
    }
    const { take, put, putStart, length } = segment;
    const count = take === null ? length : take.length;
    const from = source * length;
    const to = target * (shape[axis] as number);
    for (let i = 0; i < count; i++) {
      walk(
        axis + 1,
        from + (take === null ? i : (take[i] as number)),
        to + (put === null ? putStart + i : (put[i] as number)),
      );
    }
  };
  walk(0, 0, 0);
}

/** Copies the wanted values, of `size` bytes each, of the piece at `pointer` of `heap` into `result`, an array of `shape`. */
export function scatter(
  heap: Uint8Array,
  pointer: number,
  size: number,
  block: readonly Segment[],
  shape: readonly number[],
  result: Uint8Array,
): void {
  // The trailing axes that are wanted whole make one run of bytes, together with the axis before them if it is a plain range.
  let axis = block.length;
  let run = size;
  while (axis > 0 && block[axis - 1]?.take === null && block[axis - 1]?.length === shape[axis - 1]) {
    axis -= 1;
    run *= shape[axis] as number;
  }
  const outer = block.slice(0, axis);
  const tail = outer.at(-1);
  if (tail !== undefined && tail.take === null) {
    const rows = outer.slice(0, -1);
    const width = shape[axis - 1] as number;
    forEachValue(rows, shape, (source, target) => {
      const from = pointer + source * tail.length * run;
      result.set(heap.subarray(from, from + tail.length * run), (target * width + tail.putStart) * run);
    });
    return;
  }
  const copy = run % 4 === 0 && pointer % 4 === 0 && run <= 16 ? copyWords : copyBytes;
  const move = copy(heap, pointer, run, result);
  forEachValue(outer, shape, move);
}

type Move = (source: number, target: number) => void;

function copyBytes(heap: Uint8Array, pointer: number, run: number, result: Uint8Array): Move {
  if (run > 32) {
    return (source, target) => {
      const from = pointer + source * run;
      result.set(heap.subarray(from, from + run), target * run);
    };
  }
  return (source, target) => {
    for (let i = 0; i < run; i++) result[target * run + i] = heap[pointer + source * run + i] as number;
  };
}

function copyWords(heap: Uint8Array, pointer: number, run: number, result: Uint8Array): Move {
  const lanes = run / 4;
  const from = new Uint32Array(heap.buffer, pointer);
  const to = new Uint32Array(result.buffer, result.byteOffset, result.byteLength / 4);
  if (lanes === 1) {
    return (source, target) => {
      to[target] = from[source] as number;
    };
  }
  return (source, target) => {
    for (let i = 0; i < lanes; i++) to[target * lanes + i] = from[source * lanes + i] as number;
  };
}
