/** Three-valued logic over whole columns, one byte per row: and is the minimum, or the maximum, not the mirror. */

/** The row does not satisfy the condition. */
export const FALSE = 0;
/** Whether it does is unknown (a masked value was compared); in the end it is not selected. */
export const UNKNOWN = 1;
/** The row satisfies the condition. */
export const TRUE = 2;

export type TriState = 0 | 1 | 2;

/** The truth of every row of a table. */
export type Truth = Uint8Array;

/** Kleene's and; the result takes the place of `a`. */
export function and(a: Truth, b: Truth): Truth {
  for (let i = 0; i < a.length; i++) if ((b[i] as number) < (a[i] as number)) a[i] = b[i] as number;
  return a;
}

/** Kleene's or; the result takes the place of `a`. */
export function or(a: Truth, b: Truth): Truth {
  for (let i = 0; i < a.length; i++) if ((b[i] as number) > (a[i] as number)) a[i] = b[i] as number;
  return a;
}

/** Kleene's not; the result takes the place of `a`. */
export function not(a: Truth): Truth {
  for (let i = 0; i < a.length; i++) a[i] = TRUE - (a[i] as number);
  return a;
}

/** The truth of `length` rows by a test of each position. */
export function fromTest(length: number, test: (i: number) => boolean): Truth {
  const truth = new Uint8Array(length);
  for (let i = 0; i < length; i++) if (test(i)) truth[i] = TRUE;
  return truth;
}
