import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { blockRoom, runBlocks } from "../../src/encodings/sparse-blocks.js";
import { selectedStarts, startsOf } from "../../src/encodings/sparse-starts.js";
import { findRuns } from "../../src/kernels/index.js";
import type { EntryRuns } from "../../src/selection/runs.js";

/** The stored position of every value of `runs`, by place. */
function positions({ starts, counts, places }: EntryRuns): Map<number, number> {
  const out = new Map<number, number>();
  for (let r = 0; r < starts.length; r++) {
    for (let i = 0; i < counts[r]!; i++) out.set(places[r]! + i, starts[r]! + i);
  }
  return out;
}

/** Ascending, disjoint runs at consecutive places. */
const runsOf = fc
  .array(fc.tuple(fc.integer({ min: 0, max: 30 }), fc.integer({ min: 1, max: 40 })), { maxLength: 30 })
  .map((pairs) => {
    const [starts, counts, places] = [[] as number[], [] as number[], [] as number[]];
    let [at, place] = [0, 0];
    for (const [gap, count] of pairs) {
      starts.push(at + gap);
      counts.push(count);
      places.push(place);
      at += gap + count;
      place += count;
    }
    return {
      starts: Float64Array.from(starts),
      counts: Float64Array.from(counts),
      places: Float64Array.from(places),
    };
  });

describe("blocks of runs", () => {
  it("hold every value once, in order, share no chunk and keep to their size", () => {
    fc.assert(
      fc.property(runsOf, fc.integer({ min: 1, max: 60 }), fc.integer({ min: 1, max: 25 }), (runs, most, chunk) => {
        const blocks = [...runBlocks(runs, most, chunk)];
        const found = new Map<number, number>();
        let lastChunk = -1;
        for (const [b, block] of blocks.entries()) {
          const own = positions(block.runs);
          expect([...own.keys()]).toEqual(Array.from({ length: block.count }, (_, i) => i));
          for (const [place, position] of positions({ ...block.runs, places: block.places }))
            found.set(place, position);
          const stored = [...own.values()];
          expect(Math.floor(stored[0]! / chunk)).toBeGreaterThan(lastChunk);
          lastChunk = Math.floor(stored.at(-1)! / chunk);
          expect(block.count).toBeLessThanOrEqual(blockRoom(most, chunk));
          if (b + 1 < blocks.length) expect(block.count).toBeGreaterThanOrEqual(most);
        }
        expect(found).toEqual(positions(runs));
      }),
    );
  });

  it("count beyond 2^31 values", () => {
    const start = 2 ** 33 + 5;
    const runs = { starts: Float64Array.of(start), counts: Float64Array.of(2 ** 32), places: Float64Array.of(0) };
    const blocks = [...runBlocks(runs, 2 ** 31, 2 ** 20)];
    expect(blocks.map((block) => block.runs.starts[0])).toEqual([start, 2 ** 33 + 2 ** 31 + 2 ** 20]);
    expect(blocks.reduce((sum, block) => sum + block.count, 0)).toBe(2 ** 32);
    expect(blocks[1]!.places[0]).toBe(blocks[0]!.count);
  });
});

describe("starts of a matrix of more than 2^31 values", () => {
  const big = BigInt64Array.of(0n, 5n, 2n ** 31n, 2n ** 33n, 2n ** 33n + 3n);

  it("are of 64 bits for what needs them, of 32 for what does not", () => {
    expect(startsOf(Float64Array.of(2 ** 30, 2 ** 30))).toEqual(BigInt64Array.of(0n, 2n ** 30n, 2n ** 31n));
    expect(startsOf(Float64Array.of(2 ** 30, 2 ** 30 - 1))).toEqual(Int32Array.of(0, 2 ** 30, 2 ** 31 - 1));
    const few = { kind: "positions", positions: Int32Array.of(3, 0, 3), count: 3 } as const;
    expect(selectedStarts(big, few)).toEqual(Int32Array.of(0, 3, 8, 11));
    const many = { kind: "range", start: 2, step: 1, count: 2 } as const;
    expect(selectedStarts(big, many)).toEqual(BigInt64Array.of(0n, 2n ** 33n - 2n ** 31n, 2n ** 33n - 2n ** 31n + 3n));
  });

  it("give runs of their stored values, coalesced where neighbours stay neighbours, and copies for duplicates", async () => {
    const majors = { kind: "positions", positions: Int32Array.of(3, 0, 3, 1, 2), count: 5 } as const;
    const { stored, copies } = await findRuns(big, majors);
    expect([...stored.starts]).toEqual([0, 5, 2 ** 33]);
    expect([...stored.counts]).toEqual([5, 2 ** 33 - 5, 3]);
    expect([...stored.places]).toEqual([3, 11, 0]);
    expect([[...copies.starts], [...copies.counts], [...copies.places]]).toEqual([[0], [3], [8]]);
  });

  it("are refused where a position is not on the axis", async () => {
    const majors = { kind: "positions", positions: Int32Array.of(0, 4), count: 2 } as const;
    await expect(findRuns(big, majors)).rejects.toMatchObject({ code: "INVALID_ARGUMENT" });
  });
});
