/** Work on several things at once, a few at a time. */

/**
 * Calls `work` for each of `items` in order, at most `lanes` at a time; `lane` says which of them, for memory that is used again. After a failure
 * nothing more is begun, and what is under way is waited for.
 */
export async function inLanes<T>(
  items: Iterable<T>,
  lanes: number,
  work: (item: T, index: number, lane: number) => Promise<void>,
): Promise<void> {
  const iterator = items[Symbol.iterator]();
  let index = 0;
  let failed = false;
  const run = async (lane: number): Promise<void> => {
    for (let next = iterator.next(); !failed && next.done !== true; next = iterator.next()) {
      await work(next.value, index++, lane).catch((error: unknown) => {
        failed = true;
        throw error;
      });
    }
  };
  const settled = await Promise.allSettled(Array.from({ length: lanes }, (_, lane) => run(lane)));
  for (const result of settled) if (result.status === "rejected") throw result.reason;
}
