import {
  Decimal,
  Field,
  Int32,
  Int64,
  List,
  Timestamp,
  TimeUnit,
  Utf8,
  type Vector,
  vectorFromArray,
} from "apache-arrow";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Categorical } from "../../src/elements/categorical.js";
import { DenseArray, sizeOf } from "../../src/elements/dense.js";
import { ArrowColumn, Frame } from "../../src/elements/frame.js";
import { lazyFromValue } from "../../src/elements/memory.js";
import { NullableArray } from "../../src/elements/nullable.js";
import { RecordArray } from "../../src/elements/record.js";
import { selectElement } from "../../src/elements/select.js";
import { CscMatrix, CsrMatrix } from "../../src/elements/sparse.js";
import { StringArray } from "../../src/elements/strings.js";
import { takeValue } from "../../src/elements/take.js";
import { takeColumn } from "../../src/elements/take-column.js";
import { takeDense } from "../../src/elements/take-dense.js";
import type { Dict } from "../../src/elements/values.js";
import { type AxisSelection, compact, toPositions } from "../../src/selection/index.js";

const select = (...positions: number[]): AxisSelection => compact(Int32Array.from(positions));

/** Positions on an axis of `length`, or undefined for the whole. */
function arbitraryEntry(length: number): fc.Arbitrary<AxisSelection | undefined> {
  const scattered = length === 0 ? fc.constant([]) : fc.array(fc.nat({ max: length - 1 }), { maxLength: length + 2 });
  return fc.option(
    scattered.map((list) => select(...list)),
    { nil: undefined },
  );
}

/** Shapes with a selection for each. */
const arbitraryOuter = fc
  .array(fc.nat({ max: 5 }), { minLength: 1, maxLength: 4 })
  .chain((shape) => fc.record({ shape: fc.constant(shape), selection: fc.tuple(...shape.map(arbitraryEntry)) }));

/** The positions of the selected values in C order, found index by index. */
function modelOffsets(shape: number[], selection: (AxisSelection | undefined)[]): number[] {
  let offsets = [0];
  shape.forEach((extent, d) => {
    const entry = selection[d];
    const along = entry === undefined ? Array.from({ length: extent }, (_, i) => i) : [...toPositions(entry)];
    offsets = offsets.flatMap((offset) => along.map((i) => offset * extent + i));
  });
  return offsets;
}

describe("takeValue", () => {
  it("selects orthogonally in arrays of any rank, in order and with duplicates", async () => {
    await fc.assert(
      fc.asyncProperty(arbitraryOuter, async ({ shape, selection }) => {
        const offsets = modelOffsets(shape, selection);
        const counts = shape.map((extent, d) => selection[d]?.count ?? extent);
        const data = Float32Array.from({ length: sizeOf(shape) }, (_, i) => i);
        const expected = new DenseArray("float32", counts, Float32Array.from(offsets));
        const array = new DenseArray("float32", shape, data);
        expect(takeDense(array, selection)).toEqual(expected);
        expect(await takeValue(array, selection)).toEqual(expected);
        const strings = new StringArray(Array.from(data, String), shape);
        expect(await takeValue(strings, selection)).toEqual(new StringArray(offsets.map(String), counts));
        const pairs = new DenseArray(
          "complex64",
          shape,
          Float32Array.from({ length: 2 * data.length }, (_, i) => i),
        );
        const both = Float32Array.from(offsets.flatMap((offset) => [2 * offset, 2 * offset + 1]));
        expect(takeDense(pairs, selection)).toEqual(new DenseArray("complex64", counts, both));
      }),
      { numRuns: 300 },
    );
  });

  it("selects in sparse matrices on both axes as in the dense ones that they stand for", async () => {
    const cases = fc
      .record({ rows: fc.integer({ min: 1, max: 6 }), columns: fc.integer({ min: 1, max: 6 }) })
      .chain(({ rows, columns }) =>
        fc.record({
          dense: fc
            .array(fc.constantFrom(0, 0, 0, 1.5, -2, 3), { minLength: rows * columns, maxLength: rows * columns })
            .map((values) => new DenseArray("float64", [rows, columns], Float64Array.from(values))),
          selection: fc.tuple(arbitraryEntry(rows), arbitraryEntry(columns)),
        }),
      );
    await fc.assert(
      fc.asyncProperty(cases, async ({ dense, selection }) => {
        const expected = await takeValue(dense, selection);
        for (const matrix of [await dense.toCsr(), await dense.toCsc()]) {
          const taken = (await takeValue(matrix, selection)) as CsrMatrix;
          expect(taken.kind).toBe(matrix.kind);
          expect(await taken.toDense()).toEqual(expected);
        }
      }),
      { numRuns: 200 },
    );
  });

  it("gives the value itself where all is selected", async () => {
    const array = new DenseArray("int8", [3], Int8Array.of(1, 2, 3));
    expect(await takeValue(array, [select(0, 1, 2)])).toBe(array);
    const frame = new Frame(new StringArray(["a"]), new Map([["x", new DenseArray("int8", [1], Int8Array.of(1))]]));
    expect(await takeValue(frame, [undefined])).toBe(frame);
  });

  it("selects rows of categoricals, nullable arrays, records and frames", async () => {
    const rows = select(2, 0, 2);
    const categories = new StringArray(["x", "y", "unused"]);
    const categorical = new Categorical(Int8Array.of(0, 1, -1), categories, true);
    expect(await takeValue(categorical, [rows])).toEqual(new Categorical(Int8Array.of(-1, 0, -1), categories, true));
    const ints = new DenseArray("int16", [3], Int16Array.of(5, 6, 7));
    const nullable = new NullableArray(ints, Uint8Array.of(0, 0, 1));
    const taken = new DenseArray("int16", [3], Int16Array.of(7, 5, 7));
    expect(await takeValue(nullable, [rows])).toEqual(new NullableArray(taken, Uint8Array.of(1, 0, 1)));
    const pairs = new DenseArray("int8", [3, 2], Int8Array.of(1, 2, 3, 4, 5, 6));
    const records = new RecordArray(
      new Map<string, DenseArray | StringArray>([
        ["p", pairs],
        ["s", new StringArray(["a", "b", "c"])],
      ]),
      3,
    );
    const record = (await takeValue(records, [rows])) as RecordArray;
    expect(record.fields.get("p")).toEqual(new DenseArray("int8", [3, 2], Int8Array.of(5, 6, 1, 2, 5, 6)));
    expect(record.fields.get("s")).toEqual(new StringArray(["c", "a", "c"]));
    const frame = new Frame(new StringArray(["r0", "r1", "r2"]), new Map([["n", ints]]), "id");
    expect(await takeValue(frame, [rows])).toEqual(
      new Frame(new StringArray(["r2", "r0", "r2"]), new Map([["n", taken]]), "id"),
    );
  });

  it("rejects with the signal's reason", async () => {
    const lazy = lazyFromValue(new DenseArray("int8", [2, 2], new Int8Array(4)), "X");
    await expect(lazy.read([select(1)], { signal: AbortSignal.abort("stopped") })).rejects.toBe("stopped");
  });
});

describe("takeColumn of Arrow vectors", () => {
  const scattered = select(3, 0, 0, 2, 4, 1, 4);
  it.each<[string, Vector]>([
    ["timestamps", vectorFromArray([1, null, 3, 4, 5], new Timestamp(TimeUnit.MILLISECOND))],
    ["nanoseconds", vectorFromArray([1_700_000_000_000, null, 3, 4, 5], new Timestamp(TimeUnit.NANOSECOND))],
    ["64-bit integers", vectorFromArray([1n, -2n, 3n, null, 2n ** 62n], new Int64())],
    [
      "decimals",
      vectorFromArray(
        [1, 2, 3, 4, 5].map((n) => Uint32Array.of(n, 0, 0, 7)),
        new Decimal(2, 20, 128),
      ),
    ],
    ["text", vectorFromArray(["a", null, "ccc", "", "e"], new Utf8())],
    ["booleans", vectorFromArray([true, false, null, false, true])],
    ["lists", vectorFromArray([[1], [2, 3], null, [], [5]], new List(new Field("item", new Int32(), true)))],
    ["dictionaries", vectorFromArray(["a", "b", "a", null, "c"])],
  ])("gives %s as the vector itself gives them", (_, vector) => {
    const plain = (v: Vector, rows: Iterable<number>) => Array.from(rows, (row) => String(v.get(row)));
    for (const column of [vector, vector.slice(0, 2).concat(vector.slice(2))]) {
      const taken = takeColumn(new ArrowColumn(column), scattered).vector;
      expect(plain(taken, [0, 1, 2, 3, 4, 5, 6])).toEqual(plain(vector, toPositions(scattered)));
      expect(taken.nullCount).toBe([...toPositions(scattered)].filter((row) => vector.get(row) === null).length);
      const later = takeColumn(new ArrowColumn(column.slice(1, 5)), select(3, 0)).vector;
      expect(plain(later, [0, 1])).toEqual(plain(vector, [4, 1]));
      const run = takeColumn(new ArrowColumn(column), select(1, 2, 3)).vector;
      expect(plain(run, [0, 1, 2])).toEqual(plain(vector, [1, 2, 3]));
    }
  });
});

describe("selectElement", () => {
  it("composes with the selection of the read, dimension by dimension", async () => {
    const cases = arbitraryOuter.chain(({ shape, selection }) => {
      const counts = shape.map((extent, d) => selection[d]?.count ?? extent);
      return fc.record({
        shape: fc.constant(shape),
        selection: fc.constant(selection),
        inner: fc.tuple(...counts.map(arbitraryEntry)),
      });
    });
    await fc.assert(
      fc.asyncProperty(cases, async ({ shape, selection, inner }) => {
        const data = Int32Array.from({ length: sizeOf(shape) }, (_, i) => i);
        const array = new DenseArray("int32", shape, data);
        const selected = selectElement(lazyFromValue(array, "X"), selection);
        const twice = selectElement(selected, inner);
        const expected = takeDense(takeDense(array, selection), inner);
        expect(await selected.read(inner)).toEqual(expected);
        expect(await twice.read()).toEqual(expected);
        expect(twice.shape).toEqual(expected.shape);
        expect(twice.info.shape).toEqual(expected.shape);
      }),
      { numRuns: 200 },
    );
  });

  it("ignores selections of dimensions that an element does not have", async () => {
    const column = lazyFromValue(new StringArray(["a", "b"]), "obsm/s");
    expect(await selectElement(column, [select(1), select(0)]).read()).toEqual(new StringArray(["b"]));
  });

  it("selects frames by rows, and their lazy columns too", async () => {
    const columns = new Map([["n", new DenseArray("int8", [3], Int8Array.of(1, 2, 3))]]);
    const frame = selectElement(lazyFromValue(new Frame(new StringArray(["a", "b", "c"]), columns), "obs"), [
      select(2, 1),
    ]);
    expect([frame.length, frame.shape, frame.columnNames]).toEqual([2, [2, 1], ["n"]]);
    expect((await frame.readFrame([], select(0))).index).toEqual(new StringArray(["c"]));
    expect(await (await frame.column!("n")).read([select(1)])).toEqual(new DenseArray("int8", [1], Int8Array.of(2)));
    await expect(frame.column!("m")).rejects.toMatchObject({ code: "NOT_FOUND", path: "obs/m" });
    await expect(frame.readFrame(["m"])).rejects.toMatchObject({ code: "NOT_FOUND", path: "obs/m" });
  });

  it("selects every member of a dict, and leaves single values alone", async () => {
    const dict: Dict = { a: new StringArray(["x", "y"]), b: { c: new StringArray(["z", "w"]) }, n: 7 };
    const selected = selectElement(lazyFromValue(dict, "obsm"), [select(1)]);
    expect(await selected.keys()).toEqual(["a", "b", "n"]);
    expect(await (await selected.get("a"))!.read()).toEqual(new StringArray(["y"]));
    expect(await (await selected.get("n"))!.read()).toBe(7);
    expect(await selected.get("constructor")).toBeUndefined();
    const whole = (await selected.read()) as Dict;
    expect((whole.b as Dict).c).toEqual(new StringArray(["w"]));
  });
});

describe("matrices", () => {
  const dense = new DenseArray("float32", [2, 3], Float32Array.of(0, 1, 2, 3, 0, 0));

  it("become canonical, as scipy's sum_duplicates makes them", async () => {
    const untidy = new CsrMatrix(
      "uint8",
      [2, 3],
      Uint8Array.of(3, 200, 100, 7),
      Int32Array.of(2, 0, 0, 1),
      Int32Array.of(0, 3, 4),
    );
    const tidy = new CsrMatrix(
      "uint8",
      [2, 3],
      Uint8Array.of(44, 3, 7),
      Int32Array.of(0, 2, 1),
      Int32Array.of(0, 2, 3),
    );
    expect(await untidy.toCanonical()).toEqual(tidy);
    expect(await tidy.toCanonical()).toBe(tidy);
  });

  it("have the index type that is asked for", async () => {
    const csr = await dense.toCsr();
    const wide = await csr.withIndexType("int64");
    expect([wide.indices, wide.indptr]).toEqual([BigInt64Array.of(1n, 2n, 0n), BigInt64Array.of(0n, 2n, 3n)]);
    expect(wide.data).toBe(csr.data);
    expect(await wide.withIndexType("int32")).toEqual(csr);
    expect(await csr.withIndexType("int32")).toBe(csr);
    const long = new CsrMatrix("uint8", [1, 2 ** 31 + 1], Uint8Array.of(1), BigInt64Array.of(7n), Int32Array.of(0, 1));
    await expect(long.withIndexType("int32")).rejects.toMatchObject({ code: "LIMIT_EXCEEDED" });
  });

  it("become sparse and dense again", async () => {
    const csr = await dense.toCsr();
    expect(csr).toEqual(
      new CsrMatrix("float32", [2, 3], Float32Array.of(1, 2, 3), Int32Array.of(1, 2, 0), Int32Array.of(0, 2, 3)),
    );
    const csc = await csr.toCsc();
    expect(csc).toEqual(
      new CscMatrix("float32", [2, 3], Float32Array.of(3, 1, 2), Int32Array.of(1, 0, 0), Int32Array.of(0, 1, 2, 3)),
    );
    expect(await csc.toCsr()).toEqual(csr);
    expect(await csr.toCsr()).toBe(csr);
    expect(await csc.toDense()).toEqual(dense);
    expect(await dense.toDense()).toBe(dense);
    await expect(new DenseArray("int8", [2], new Int8Array(2)).toCsr()).rejects.toMatchObject({
      code: "INVALID_ARGUMENT",
    });
  });

  it("give a row as a typed array, whichever way they are stored", async () => {
    for (const matrix of [dense, await dense.toCsr(), await dense.toCsc()]) {
      expect(matrix.row(1)).toEqual(Float32Array.of(3, 0, 0));
      expect(() => matrix.row(2)).toThrowError(expect.objectContaining({ code: "INVALID_ARGUMENT" }));
      expect(() => matrix.row(-1)).toThrowError(expect.objectContaining({ code: "INVALID_ARGUMENT" }));
    }
  });
});
