import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type AxisSelection, positionAt } from "../../src/selection/axis.js";
import { splitRows } from "../../src/storage/h5wasm-split.js";
import { planRead, segments } from "../../src/workers/h5wasm/plan.js";
import { forEachValue, scatter } from "../../src/workers/h5wasm/scatter.js";

/** Any selection of an axis. */
function selectionOf(extent: number): fc.Arbitrary<AxisSelection> {
  const positions = fc
    .array(fc.nat(extent - 1), { maxLength: 30 })
    .map((list): AxisSelection => ({ kind: "positions", positions: Int32Array.from(list), count: list.length }));
  const range = fc
    .record({ start: fc.nat(extent - 1), step: fc.constantFrom(1, 1, 2, 7, -1, -3), most: fc.nat(extent) })
    .map(({ start, step, most }): AxisSelection => {
      const room = Math.floor((step > 0 ? extent - 1 - start : start) / Math.abs(step)) + 1;
      return { kind: "range", start, step, count: Math.min(most, room) };
    });
  return fc.oneof(positions, range);
}

const grid = fc
  .record({ rows: fc.integer({ min: 1, max: 60 }), cols: fc.integer({ min: 1, max: 40 }) })
  .chain(({ rows, cols }) =>
    fc.record({
      shape: fc.constant([rows, cols]),
      chunks: fc.option(fc.tuple(fc.integer({ min: 1, max: 70 }), fc.integer({ min: 1, max: 50 })), { nil: null }),
      selection: fc.tuple(selectionOf(rows), selectionOf(cols)),
    }),
  );

describe("planRead", () => {
  it("covers every wanted value exactly where it belongs, for any selection and chunking", () => {
    fc.assert(
      fc.property(grid, ({ shape, chunks, selection }) => {
        const [rows, cols] = shape as [number, number];
        const [rowPlan, colPlan] = planRead(shape, chunks, 4, selection);
        const counts = selection.map((axis) => axis.count);
        const result = new Int32Array(counts[0]! * counts[1]!).fill(-1);
        for (const row of segments(rowPlan!)) {
          for (const col of segments(colPlan!)) {
            expect(row.start + row.length).toBeLessThanOrEqual(rows);
            expect(col.start + col.length).toBeLessThanOrEqual(cols);
            const block = new Int32Array(row.length * col.length);
            for (let i = 0; i < block.length; i++) {
              block[i] = (row.start + Math.floor(i / col.length)) * cols + col.start + (i % col.length);
            }
            scatter(new Uint8Array(block.buffer), 0, 4, [row, col], counts, new Uint8Array(result.buffer));
          }
        }
        const wanted = Array.from(result, (_, i) => {
          const [r, c] = [Math.floor(i / counts[1]!), i % counts[1]!];
          return positionAt(selection[0], r) * cols + positionAt(selection[1], c);
        });
        expect([...result]).toEqual(wanted);
      }),
      { numRuns: 500 },
    );
  });

  it("reads each touched chunk in one piece, and no other, for scattered rows", () => {
    const positions = Int32Array.of(950, 3, 5, 420, 951, 3);
    const selection: AxisSelection = { kind: "positions", positions, count: 6 };
    const [plan] = planRead([1000], [100], 8, [selection]);
    const pieces = [...segments(plan!)].map(({ start, length }) => [start, length]);
    expect(pieces).toEqual([
      [3, 3],
      [420, 1],
      [950, 2],
    ]);
  });

  it("keeps pieces below the bound even where one chunk is larger", () => {
    const whole: AxisSelection = { kind: "range", start: 0, step: 1, count: 2 ** 28 };
    const [plan] = planRead([2 ** 28], [2 ** 28], 8, [whole]);
    for (const { length } of segments(plan!)) expect(length * 8).toBeLessThanOrEqual(256 * 2 ** 20);
  });
});

describe("forEachValue", () => {
  it("visits a scalar once", () => {
    const seen: number[][] = [];
    forEachValue([], [], (source, target) => seen.push([source, target]));
    expect(seen).toEqual([[0, 0]]);
  });
});

describe("splitRows", () => {
  it("gives parts that together are the selection, cut at chunks", () => {
    fc.assert(
      fc.property(
        selectionOf(500),
        fc.integer({ min: 1, max: 60 }),
        fc.integer({ min: 1, max: 90 }),
        (selection, chunk, rows) => {
          const parts = splitRows(selection, chunk, rows);
          const all = parts.flatMap((part) => Array.from({ length: part.count }, (_, i) => positionAt(part, i)));
          expect(all).toEqual(Array.from({ length: selection.count }, (_, i) => positionAt(selection, i)));
          if (selection.kind !== "range") return;
          const chunks = parts.flatMap((part) => [
            ...new Set(Array.from({ length: part.count }, (_, i) => Math.floor(positionAt(part, i) / chunk))),
          ]);
          if (parts.length > 1) expect(new Set(chunks).size).toBe(chunks.length);
        },
      ),
      { numRuns: 500 },
    );
  });
});
