import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compact, runs, sortPositions, toPositions } from "../../src/selection/index.js";

const anyPositions = fc.array(fc.nat({ max: 30 }), { maxLength: 60 }).map((list) => Int32Array.from(list));

describe("runs", () => {
  it("spell the positions again, each run longer than it could be joined", () => {
    fc.assert(
      fc.property(anyPositions, (positions) => {
        const { starts, counts } = runs(compact(positions));
        const spelled = Array.from(starts, (start, r) =>
          Array.from({ length: counts[r]! }, (_, i) => start + i),
        ).flat();
        expect(spelled).toEqual([...positions]);
        for (let r = 1; r < starts.length; r++) expect(starts[r]).not.toBe(starts[r - 1]! + counts[r - 1]!);
      }),
    );
  });

  it("are one for a range of any length", () => {
    expect(runs({ kind: "range", start: 5, step: 1, count: 3e9 })).toEqual({
      starts: Float64Array.of(5),
      counts: Float64Array.of(3e9),
    });
  });
});

describe("sortPositions", () => {
  it("gives ascending positions without duplicates, and the way back", () => {
    fc.assert(
      fc.property(anyPositions, (positions) => {
        const { sorted, inverse } = sortPositions(compact(positions));
        expect([...sorted]).toEqual([...new Set(positions)].sort((a, b) => a - b));
        const expanded = inverse === null ? [...sorted] : Array.from(inverse, (i) => sorted[i]);
        expect(expanded).toEqual([...positions]);
      }),
    );
  });

  it("does not touch the selection's own positions", () => {
    const positions = Int32Array.of(4, 1, 4);
    sortPositions({ kind: "positions", positions, count: 3 });
    expect(positions).toEqual(Int32Array.of(4, 1, 4));
    expect([...toPositions({ kind: "range", start: 4, step: -2, count: 3 })]).toEqual([4, 2, 0]);
  });
});
