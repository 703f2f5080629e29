import { Bool, vectorFromArray } from "apache-arrow";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { takeFrame } from "../../src/elements/take-column.js";
import { type AxisSelection, compose, names, normalizeSelection, toPositions } from "../../src/selection/index.js";
import { arbitraryComposition, arbitrarySelector, arbitraryTable } from "./arbitraries.js";
import { toFrame } from "./frames.js";
import { type ModelTable, modelPositions, type SelectorSpec, takeRows, toSelector } from "./model.js";

function select(spec: SelectorSpec, table: ModelTable): AxisSelection {
  return normalizeSelection(toSelector(spec), { axis: "obs", length: table.names.length, frame: toFrame(table) });
}

const positions = (selection: AxisSelection): number[] => [...toPositions(selection)];
const lengthOnly = (length: number) => ({ axis: "obs", length, frame: null });

describe("normalizeSelection", () => {
  it("gives the model's positions for selectors of every kind", () => {
    const cases = arbitraryTable().chain((table) => arbitrarySelector(table).map((spec) => ({ table, spec })));
    fc.assert(
      fc.property(cases, ({ table, spec }) => {
        expect(positions(select(spec, table))).toEqual(modelPositions(spec, table));
      }),
      { numRuns: 1000 },
    );
  });

  it("gives the model's positions for selectors of selections", () => {
    const cases = arbitraryTable().chain((table) => arbitraryComposition(table, 4).map((specs) => ({ table, specs })));
    fc.assert(
      fc.property(cases, ({ table, specs }) => {
        let ours: AxisSelection = normalizeSelection(undefined, lengthOnly(table.names.length));
        let view = table;
        let model = table.names.map((_, i) => i);
        for (const spec of specs) {
          ours = compose(ours, select(spec, view));
          const inner = modelPositions(spec, view);
          model = inner.map((i) => model[i]!);
          view = takeRows(view, inner);
        }
        expect(positions(ours)).toEqual(model);
        expect(takeFrame(toFrame(table), ours)).toEqual(toFrame(view));
      }),
      { numRuns: 500 },
    );
  });

  it("spells consecutive positions and masks as ranges", () => {
    expect(normalizeSelection([3, 4, 5], lengthOnly(9))).toEqual({ kind: "range", start: 3, step: 1, count: 3 });
    expect(normalizeSelection([8, 6, 4], lengthOnly(9))).toEqual({ kind: "range", start: 8, step: -2, count: 3 });
    expect(normalizeSelection([false, true, true], lengthOnly(3))).toEqual({
      kind: "range",
      start: 1,
      step: 1,
      count: 2,
    });
    expect(normalizeSelection([], lengthOnly(3))).toEqual({ kind: "range", start: 0, step: 1, count: 0 });
    expect(normalizeSelection([2, 2, 2], lengthOnly(3))).toMatchObject({ kind: "positions", count: 3 });
  });

  it("takes a Uint8Array as a mask and other integers as positions", () => {
    expect(positions(normalizeSelection(Uint8Array.of(0, 2, 1), lengthOnly(3)))).toEqual([1, 2]);
    expect(positions(normalizeSelection(Int8Array.of(-1, 0), lengthOnly(3)))).toEqual([2, 0]);
    expect(positions(normalizeSelection(BigUint64Array.of(2n, 2n), lengthOnly(3)))).toEqual([2, 2]);
  });

  it("takes an Arrow vector of booleans as a mask, sliced ones and nulls included", () => {
    const vector = vectorFromArray([true, false, null, true, true, false, true, true, true, false, true], new Bool());
    expect(positions(normalizeSelection(vector, lengthOnly(11)))).toEqual([0, 3, 4, 6, 7, 8, 10]);
    expect(positions(normalizeSelection(vector.slice(2, 11), lengthOnly(9)))).toEqual([1, 2, 4, 5, 6, 8]);
  });

  it("uses doubles for positions beyond 2^31", () => {
    const selection = normalizeSelection([4e9, 3, 4e9], lengthOnly(5e9));
    expect(selection).toEqual({ kind: "positions", positions: Float64Array.of(4e9, 3, 4e9), count: 3 });
    expect(compose(selection, { kind: "positions", positions: Int32Array.of(0, 2, 1), count: 3 })).toMatchObject({
      positions: Float64Array.of(4e9, 4e9, 3),
    });
  });

  it.each([
    [[true, false], "needs 3 entries, not 2"],
    [new Uint8Array(4), "needs 3 entries, not 4"],
    [[true, 1, false], "has 1 at 1"],
    [[0, 3], "Position 3 is outside obs of length 3"],
    [[-4], "Position -4 is outside obs of length 3"],
    [[0.5], "Position 0.5 on obs is not an integer"],
    [[0, "1"], "Position 1 on obs is not an integer"],
    [["a", 1], "Name 1 is 1"],
    [BigInt64Array.of(9n), "Position 9 is outside"],
    [Float32Array.of(1), "is not understood"],
    [{ start: 0, end: 2 }, "is not understood"],
    [{ step: 0 }, "step of a slice of obs is 0"],
    [{ start: 0.5 }, "start of a slice of obs is 0.5"],
    [7, "is not understood"],
    [null, "is not understood"],
  ])("refuses %s: %s", (selector, message) => {
    expect(() => normalizeSelection(selector as never, lengthOnly(3))).toThrowError(
      expect.objectContaining({ code: "INVALID_ARGUMENT", message: expect.stringContaining(message) }),
    );
  });
});

describe("names", () => {
  const table = { axis: "var", length: 4, frame: toFrame({ names: ["CD79A", "MS4A1", "CD3D", "CD3D"], columns: {} }) };

  it("keeps the request's order and duplicates", () => {
    expect(positions(normalizeSelection(["MS4A1", "CD79A", "MS4A1"], table))).toEqual([1, 0, 1]);
  });

  it("lists unknown names with near matches", () => {
    expect(() => normalizeSelection(["CD79a", "XYZ", "MS4A1"], table)).toThrowError(
      expect.objectContaining({
        code: "NOT_FOUND",
        message: expect.stringContaining('no name "CD79a" (did you mean "CD79A"?), "XYZ"'),
      }),
    );
  });

  it("lists no more than the first five unknown names", () => {
    const unknown = Array.from({ length: 8 }, (_, i) => `unknown gene ${i}`);
    expect(() => normalizeSelection(unknown, table)).toThrowError(/"unknown gene 4" and 3 more;/);
  });

  it("leaves unknown names out on request", () => {
    expect(positions(normalizeSelection(names(["XYZ", "MS4A1"], { missing: "ignore" }), table))).toEqual([1]);
    expect(positions(normalizeSelection(["XYZ", "MS4A1"], table, { missing: "ignore" }))).toEqual([1]);
  });

  it("refuses a name that occurs twice unless every occurrence is wanted", () => {
    expect(() => normalizeSelection(["CD3D"], table)).toThrowError(
      expect.objectContaining({
        code: "INVALID_ARGUMENT",
        message: expect.stringContaining("2 times (positions 2, 3)"),
      }),
    );
    expect(positions(normalizeSelection(names(["CD3D", "CD79A"], { duplicates: "all" }), table))).toEqual([2, 3, 0]);
  });

  it("looks in a column", () => {
    const frame = toFrame({
      names: ["ENSG1", "ENSG2"],
      columns: { symbol: { kind: "categorical", values: [null, "CD3D"], categories: ["CD3D"] } },
    });
    expect(positions(normalizeSelection(names("symbol", ["CD3D"]), { axis: "var", length: 2, frame }))).toEqual([1]);
    expect(() => normalizeSelection(names("symbols", ["CD3D"]), { axis: "var", length: 2, frame })).toThrowError(
      expect.objectContaining({ code: "NOT_FOUND", message: 'var has no column "symbols" (did you mean "symbol"?).' }),
    );
  });
});
