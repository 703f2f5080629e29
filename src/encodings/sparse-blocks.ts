/** Cuts runs of stored values into blocks of about the same size that share no chunk. Pure. */
import type { EntryRuns } from "../selection/runs.js";

/** Some of the runs, to be read at once. */
export interface RunBlock {
  /** The runs; their places count from the front of the block, one run behind the other. */
  readonly runs: EntryRuns;
  /** The place of each run among all. */
  readonly places: Float64Array;
  /** Values of the block. */
  readonly count: number;
}

/**
 * The blocks of `runs`, in order: `most` values each (the last may have fewer), and what else their last chunk of `chunk` values holds, so that no
 * chunk is decoded for two of them.
 */
export function* runBlocks(runs: EntryRuns, most: number, chunk: number): Generator<RunBlock> {
  let block = new Block();
  let limit = Number.POSITIVE_INFINITY;
  for (let run = 0; run < runs.starts.length; run++) {
    let start = runs.starts[run] as number;
    let place = runs.places[run] as number;
    const end = start + (runs.counts[run] as number);
    while (start < end) {
      if (start >= limit) {
        yield block.end();
        block = new Block();
        limit = Number.POSITIVE_INFINITY;
      }
      const room = Math.max(1, most - block.count);
      if (limit === Number.POSITIVE_INFINITY && end - start >= room) limit = Math.ceil((start + room) / chunk) * chunk;
      const size = Math.min(end, limit) - start;
      block.add(start, size, place);
      start += size;
      place += size;
    }
  }
  if (block.count > 0) yield block.end();
}

/** More values than a block of {@link runBlocks} ever has. */
export function blockRoom(most: number, chunk: number): number {
  return Math.max(1, most) + chunk;
}

class Block {
  count = 0;
  readonly #starts: number[] = [];
  readonly #counts: number[] = [];
  readonly #places: number[] = [];
  readonly #own: number[] = [];

  add(start: number, count: number, place: number): void {
    this.#starts.push(start);
    this.#counts.push(count);
    this.#places.push(place);
    this.#own.push(this.count);
    this.count += count;
  }

  end(): RunBlock {
    const [starts, counts, places] = [this.#starts, this.#counts, this.#own].map((values) => Float64Array.from(values));
    return {
      runs: { starts, counts, places } as EntryRuns,
      places: Float64Array.from(this.#places),
      count: this.count,
    };
  }
}
