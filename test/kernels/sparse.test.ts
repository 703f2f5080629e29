import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { DType } from "../../src/dtype.js";
import {
  canonicalize,
  checkSparse,
  convertLayout,
  densify,
  densifySync,
  type SparseParts,
  selectSparse,
  selectSparseSync,
  sparsify,
} from "../../src/kernels/index.js";
import { type AxisSelection, positionAt, wholeAxis } from "../../src/selection/axis.js";
import { denseRows, fromTriples, selections, sparseMatrices, toRows } from "./matrices.js";

const selected = sparseMatrices.chain((matrix) =>
  fc.tuple(fc.constant(matrix), selections(matrix.shape[0]), selections(matrix.shape[1])),
);

function positions(selection: AxisSelection | undefined, length: number): number[] {
  const axis = selection ?? wholeAxis(length);
  return Array.from({ length: axis.count }, (_, i) => positionAt(axis, i));
}

/** Whether two arrays hold the same bytes; vitest's own comparison takes seconds for a million values. */
function sameBytes(a: ArrayBufferView, b: ArrayBufferView): boolean {
  return Buffer.from(a.buffer, a.byteOffset, a.byteLength).equals(Buffer.from(b.buffer, b.byteOffset, b.byteLength));
}

describe("selectSparse", () => {
  it("gives the rows and columns of the dense answer, in request order with duplicates", async () => {
    await fc.assert(
      fc.asyncProperty(selected, async ([matrix, rows, cols]) => {
        const result = await selectSparse(matrix, rows, cols);
        const dense = denseRows(matrix);
        const columns = positions(cols, matrix.shape[1]);
        expect(result.shape).toEqual([positions(rows, matrix.shape[0]).length, columns.length]);
        expect(denseRows(result)).toEqual(
          positions(rows, matrix.shape[0]).map((row) => columns.map((column) => dense[row]![column])),
        );
        expect(result.kind).toBe(matrix.kind);
        expect(result.indices.constructor).toBe(matrix.indices.constructor);
        await checkSparse(result);
      }),
      { numRuns: 500 },
    );
  });

  it("gives ascending indices when columns are asked for out of order", () => {
    const matrix = fromTriples(
      "csr",
      "float32",
      [1, 4],
      [
        [0, 0, 1],
        [0, 1, 2],
        [0, 3, 3],
      ],
    );
    const result = selectSparseSync(matrix, undefined, {
      kind: "positions",
      positions: Int32Array.of(3, 0, 3),
      count: 3,
    });
    expect([...result.indices]).toEqual([0, 1, 2]);
    expect([...result.data]).toEqual([3, 1, 3]);
  });

  it("returns the matrix itself where all of it is selected", async () => {
    const matrix = fromTriples("csc", "int32", [2, 3], [[1, 2, 5]]);
    expect(await selectSparse(matrix, wholeAxis(2), wholeAxis(3))).toBe(matrix);
  });

  it("refuses positions outside the axis", async () => {
    const matrix = fromTriples("csr", "float64", [2, 2], [[0, 0, 1]]);
    const outside: AxisSelection = { kind: "positions", positions: Int32Array.of(0, 2), count: 2 };
    await expect(selectSparse(matrix, outside)).rejects.toMatchObject({ code: "INVALID_ARGUMENT" });
    await expect(selectSparse(matrix, undefined, outside)).rejects.toMatchObject({ code: "INVALID_ARGUMENT" });
    const range: AxisSelection = { kind: "range", start: 1, step: 1, count: 2 };
    await expect(selectSparse(matrix, range)).rejects.toMatchObject({ code: "INVALID_ARGUMENT" });
  });
});

describe("densify", () => {
  it("gives any block of the dense answer", async () => {
    const blocks = sparseMatrices.chain((matrix) => {
      const interval = (length: number) =>
        fc.tuple(fc.nat(length), fc.nat(length)).map(([a, b]) => ({ start: Math.min(a, b), stop: Math.max(a, b) }));
      return fc.tuple(fc.constant(matrix), interval(matrix.shape[0]), interval(matrix.shape[1]));
    });
    await fc.assert(
      fc.asyncProperty(blocks, async ([matrix, rows, cols]) => {
        const expected = denseRows(matrix)
          .slice(rows.start, rows.stop)
          .map((row) => row.slice(cols.start, cols.stop));
        const block = await densify(matrix, { rows, cols });
        expect(toRows(block, cols.stop - cols.start, rows.stop - rows.start)).toEqual(expected);
        const tidy = await canonicalize(matrix);
        expect(await densify(tidy, { rows, cols, sorted: true })).toEqual(block);
      }),
      { numRuns: 300 },
    );
  });

  it("clears the memory that it is given and uses no more of it than it needs", async () => {
    const matrix = fromTriples("csr", "float32", [2, 2], [[1, 0, 4]]);
    const into = new Float32Array(6).fill(9);
    expect([...(await densify(matrix, { into }))]).toEqual([0, 0, 4, 0]);
    expect([...into]).toEqual([0, 0, 4, 0, 9, 9]);
    expect(() => densifySync(matrix, { into: new Float32Array(3) })).toThrow(
      expect.objectContaining({ code: "INVALID_ARGUMENT" }),
    );
  });
});

describe("convertLayout", () => {
  it("keeps the values and sorts the indices, there and back", async () => {
    await fc.assert(
      fc.asyncProperty(sparseMatrices, async (matrix) => {
        const other = await convertLayout(matrix, matrix.kind === "csr" ? "csc" : "csr");
        expect(denseRows(other)).toEqual(denseRows(matrix));
        expect(await checkSparse(other)).toMatchObject({ sorted: true });
        expect(denseRows(await convertLayout(other, matrix.kind))).toEqual(denseRows(matrix));
      }),
    );
  });
});

describe("sparsify", () => {
  it("undoes densify", async () => {
    await fc.assert(
      fc.asyncProperty(sparseMatrices, async (matrix) => {
        const data = await densify(matrix);
        const back = await sparsify({ dtype: matrix.dtype, shape: matrix.shape, data }, matrix.kind);
        expect(await densify(back)).toEqual(data);
        expect(await checkSparse(back)).toEqual({ sorted: true, canonical: true });
      }),
    );
  });

  it("keeps NaN and drops both zeros", async () => {
    const data = Float64Array.of(0, -0, Number.NaN, 1);
    const sparse = await sparsify({ dtype: "float64", shape: [2, 2], data }, "csr");
    expect([...sparse.data]).toEqual([Number.NaN, 1]);
  });
});

describe("canonicalize", () => {
  it("sorts, sums duplicates and keeps the values", async () => {
    await fc.assert(
      fc.asyncProperty(sparseMatrices, async (matrix) => {
        const tidy = await canonicalize(matrix);
        expect(await checkSparse(tidy)).toEqual({ sorted: true, canonical: true });
        expect(denseRows(tidy)).toEqual(denseRows(matrix));
        expect(await canonicalize(tidy)).toBe(tidy);
      }),
    );
  });
});

describe("a large matrix", () => {
  const triples = Array.from(
    { length: 200_000 },
    (_, i) => [(i * 7919) % 3000, (i * 104_729) % 500, 1 + (i % 5)] as const,
  );
  const large = fromTriples("csr", "float32", [3000, 500], triples);

  it("is worked on off-thread with the answer of the calling thread", async () => {
    const rows: AxisSelection = { kind: "range", start: 2999, step: -1, count: 3000 };
    let turned = false;
    setImmediate(() => {
      turned = true;
    });
    const result = await selectSparse(large, rows);
    expect(turned).toBe(true);
    const expected = selectSparseSync(large, rows);
    expect(sameBytes(result.indptr, expected.indptr)).toBe(true);
    expect(sameBytes(result.indices, expected.indices)).toBe(true);
    expect(sameBytes(result.data, expected.data)).toBe(true);
    expect(sameBytes(await densify(result), densifySync(result))).toBe(true);
  });

  it("stops between steps once aborted, with the signal's reason", async () => {
    const controller = new AbortController();
    const reason = new Error("enough");
    const pending = selectSparse(large, { kind: "range", start: 1, step: 1, count: 2999 }, undefined, {
      signal: controller.signal,
    });
    controller.abort(reason);
    await expect(pending).rejects.toBe(reason);
  });
});

describe("damaged arrays", () => {
  const sound: SparseParts<DType> = fromTriples(
    "csr",
    "float32",
    [2, 3],
    [
      [0, 1, 1],
      [1, 2, 2],
    ],
  );
  const damages: readonly (readonly [string, Partial<SparseParts>])[] = [
    ["indptr that does not start at 0", { indptr: Int32Array.of(1, 1, 2) }],
    ["a negative indptr", { indptr: Int32Array.of(0, -5, 2) }],
    ["indptr past the stored values", { indptr: Int32Array.of(0, 1, 2_000_000_000) }],
    ["a descending indptr", { indptr: BigInt64Array.of(0n, 2n, 1n) }],
    ["a negative index", { indices: Int32Array.of(-1, 2) }],
    ["an index past the axis", { indices: BigInt64Array.of(1n, 3n) }],
  ];

  it.each(damages)("%s is CORRUPT everywhere, naming the element", async (_, damage) => {
    const matrix = { ...sound, ...damage };
    const options = { path: "layers/counts" };
    const corrupt = { code: "CORRUPT", path: "layers/counts" };
    await expect(checkSparse(matrix, options)).rejects.toMatchObject(corrupt);
    await expect(convertLayout(matrix, "csc", options)).rejects.toMatchObject(corrupt);
    await expect(canonicalize(matrix, options)).rejects.toMatchObject(corrupt);
  });

  it("an indptr of another length than the shape asks for is refused", async () => {
    const matrix = { ...sound, shape: [5, 3] as const };
    await expect(densify(matrix)).rejects.toMatchObject({ code: "INVALID_ARGUMENT" });
    await expect(densify({ ...sound, indptr: new Int32Array(0) })).rejects.toMatchObject({ code: "INVALID_ARGUMENT" });
  });

  it("values shorter than the indices are refused", async () => {
    await expect(densify({ ...sound, data: new Float32Array(1) })).rejects.toMatchObject({ code: "INVALID_ARGUMENT" });
  });
});
