/** Memory order: pickles keep arrays in the order in which they lay in memory; ours are row-major. */

/** How elements lie in a buffer: row-major by `stored` axes, of which axis `order[i]` is the array's axis `i`. */
export interface Layout {
  readonly shape: readonly number[];
  readonly stored: readonly number[];
  readonly order: readonly number[];
}

/** The layout of numpy's order "C" or "F". */
export function plainLayout(shape: readonly number[], fortran: boolean): Layout {
  const axes = shape.map((_, axis) => axis);
  if (!fortran) return { shape, stored: shape, order: axes };
  return { shape, stored: [...shape].reverse(), order: axes.reverse() };
}

/** Whether the elements are already row-major. */
export function isRowMajor({ order, stored }: Layout): boolean {
  const long = order.filter((axis) => stored[axis] !== 1);
  return long.every((axis, i) => i === 0 || axis > (long[i - 1] as number)) || stored.includes(0);
}

interface Indexed<T> {
  readonly length: number;
  [index: number]: T;
}

/** Copies `source`, which lies as `layout` says, into `target` in row-major order; `lanes` entries make one element. */
export function copyRowMajor<T>(source: Readonly<Indexed<T>>, target: Indexed<T>, layout: Layout, lanes: number): void {
  const steps = storedSteps(layout).map((step) => step * lanes);
  const { shape } = layout;
  const at = shape.map(() => 0);
  let from = 0;
  for (let to = 0; to < target.length; to += lanes) {
    for (let lane = 0; lane < lanes; lane++) target[to + lane] = source[from + lane] as T;
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      from += steps[axis] as number;
      at[axis] = (at[axis] as number) + 1;
      if (at[axis] !== shape[axis]) break;
      from -= (steps[axis] as number) * (shape[axis] as number);
      at[axis] = 0;
    }
  }
}

/** For each axis of the array, how many stored elements lie between neighbours along it. */
function storedSteps({ stored, order }: Layout): number[] {
  const steps = stored.map(() => 1);
  for (let axis = stored.length - 2; axis >= 0; axis--) {
    steps[axis] = (steps[axis + 1] as number) * (stored[axis + 1] as number);
  }
  return order.map((axis) => steps[axis] as number);
}
