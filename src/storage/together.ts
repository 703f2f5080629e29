/** Waiting for several reads of one store. */

/**
 * The values of `reads`, once all of them have ended, so that a failure leaves none behind that still uses the store. Of several failures the
 * first in order is thrown, whichever came first in time.
 */
export async function together<T extends readonly Promise<unknown>[]>(
  ...reads: T
): Promise<{ -readonly [K in keyof T]: Awaited<T[K]> }> {
  await Promise.allSettled(reads);
  return Promise.all(reads) as Promise<{ -readonly [K in keyof T]: Awaited<T[K]> }>;
}
