import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { countChunks, selectedBytes } from "../../src/plan/chunks.js";
import { describeSelection } from "../../src/plan/describe.js";
import { sparseReads, storedRuns } from "../../src/plan/sparse.js";
import type { StoredRead } from "../../src/plan/types.js";
import { compact, runs, toPositions } from "../../src/selection/index.js";

/** A dimension with its chunk extent and positions, some of which are ranges once compacted. */
const dimension = fc.integer({ min: 1, max: 20 }).chain((extent) =>
  fc.record({
    extent: fc.constant(extent),
    chunk: fc.integer({ min: 1, max: 8 }),
    positions: fc.option(
      fc.oneof(
        fc.array(fc.nat({ max: extent - 1 }), { maxLength: 25 }),
        fc.tuple(fc.nat({ max: extent - 1 }), fc.integer({ min: 1, max: 9 })).map(([start, step]) => {
          return Array.from({ length: Math.ceil((extent - start) / step) }, (_, i) => start + i * step);
        }),
      ),
    ),
    reversed: fc.boolean(),
    asRuns: fc.boolean(),
  }),
);

describe("countChunks", () => {
  it("counts the chunks, and the bytes within the array, that hold a selected value", () => {
    fc.assert(
      fc.property(fc.array(dimension, { minLength: 1, maxLength: 3 }), (dimensions) => {
        const touched = dimensions.map(({ positions, reversed, asRuns }) => {
          if (positions === null) return undefined;
          const selection = compact(Int32Array.from(reversed ? [...positions].reverse() : positions));
          return asRuns ? runs(selection) : selection;
        });
        const read: StoredRead = {
          path: "X",
          shape: dimensions.map(({ extent }) => extent),
          itemSize: 4,
          layout: { chunks: dimensions.map(({ chunk }) => chunk), shards: null, codec: null },
          touched,
        };
        const along = dimensions.map(({ extent, chunk, positions }) => {
          const all = positions ?? Array.from({ length: extent }, (_, i) => i);
          const seen = new Set(all.map((position) => Math.floor(position / chunk)));
          const values = [...seen].map((c) => Math.min(chunk, extent - c * chunk)).reduce((a, b) => a + b, 0);
          return { chunks: seen.size, values, selected: all.length };
        });
        const chunks = along.reduce((product, d) => product * d.chunks, 1);
        const bytes = along.reduce((product, d) => product * d.values, 4);
        expect(countChunks(read)).toEqual({ chunks, bytes });
        expect(selectedBytes(read)).toBe(along.reduce((product, d) => product * d.selected, 4));
      }),
    );
  });

  it("reads the selected rows of an array without chunks, and all of a table whose layout is unknown", () => {
    const read = {
      path: "X",
      shape: [10, 3],
      itemSize: 8,
      touched: [{ kind: "range", start: 2, step: 1, count: 4 }],
    } as const;
    expect(countChunks({ ...read, layout: { chunks: null, shards: null, codec: null } })).toEqual({
      chunks: 1,
      bytes: 96,
    });
    expect(countChunks({ ...read, layout: null })).toEqual({ chunks: 1, bytes: 240 });
  });
});

describe("storedRuns", () => {
  it("covers exactly the stored values of the selected rows", () => {
    const rowLengths = fc.array(fc.nat({ max: 4 }), { minLength: 1, maxLength: 12 });
    const cases = rowLengths.chain((lengths) =>
      fc.record({
        lengths: fc.constant(lengths),
        rows: fc.array(fc.nat({ max: lengths.length - 1 }), { maxLength: 20 }),
      }),
    );
    fc.assert(
      fc.property(cases, ({ lengths, rows }) => {
        const indptr = BigInt64Array.of(
          0n,
          ...lengths.map((_, i) => BigInt(lengths.slice(0, i + 1).reduce((a, b) => a + b, 0))),
        );
        const selection = compact(Int32Array.from(rows));
        const { starts, counts } = storedRuns(indptr, selection);
        const covered = Array.from(starts, (start, r) =>
          Array.from({ length: counts[r]! }, (_, i) => start + i),
        ).flat();
        const wanted = [...toPositions(selection)].flatMap((row) =>
          Array.from({ length: lengths[row]! }, (_, i) => Number(indptr[row]) + i),
        );
        expect(covered.sort((a, b) => a - b)).toEqual(wanted.sort((a, b) => a - b));
      }),
    );
  });

  it("reads all of indptr and the same runs of data and indices", () => {
    const part = (path: string, length: number) => ({ path, shape: [length], itemSize: 4, layout: null });
    const store = { data: part("X/data", 6), indices: part("X/indices", 6), indptr: part("X/indptr", 4) };
    const rows = { kind: "range", start: 2, step: -2, count: 2 } as const;
    const reads = sparseReads(store, Int32Array.of(0, 2, 3, 6), rows);
    expect(reads.map((read) => [read.path, read.touched])).toEqual([
      ["X/indptr", [undefined]],
      ["X/indices", [{ starts: Float64Array.of(0, 3), counts: Float64Array.of(2, 3) }]],
      ["X/data", [{ starts: Float64Array.of(0, 3), counts: Float64Array.of(2, 3) }]],
    ]);
  });
});

describe("describeSelection", () => {
  it("says how much of each dimension is selected, and in how many pieces", () => {
    const positions = compact(Int32Array.of(5, 6, 2));
    expect(describeSelection([2638, 1838], [positions, undefined])).toBe("3 of 2,638 (2 runs) × all 1,838");
    expect(describeSelection([10], [{ kind: "range", start: 2, step: 1, count: 3 }])).toBe("3 of 10 (2:5)");
    expect(describeSelection([10], [{ kind: "range", start: 8, step: -2, count: 3 }])).toBe("3 of 10 (from 8 by -2)");
    expect(describeSelection([10], [{ kind: "range", start: 0, step: 1, count: 0 }])).toBe("0 of 10 (none)");
    expect(describeSelection([10], [runs(positions)])).toBe("3 of 10 (2 runs)");
  });
});
