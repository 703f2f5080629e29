import * as fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { canonicalize, convertLayout, densify, type SparseParts, selectSparse } from "../../src/kernels/index.js";
import { type AxisSelection, positionAt, wholeAxis } from "../../src/selection/axis.js";
import { type PythonServer, startPython } from "../interop/python.js";
import { denseRows, selections, sparseMatrices, toRows } from "./matrices.js";

interface Parts {
  readonly shape: number[];
  readonly data: number[];
  readonly indices: number[];
  readonly indptr: number[];
}

interface Answer {
  readonly dense: number[][];
  readonly major: Parts;
  readonly selected: number[][];
  readonly other: Parts;
  readonly tidy: Parts;
}

const numbers = (values: Iterable<number | bigint>) => Array.from(values, Number);

function plain(matrix: SparseParts): Parts {
  return {
    shape: [...matrix.shape],
    data: numbers(matrix.data),
    indices: numbers(matrix.indices),
    indptr: numbers(matrix.indptr),
  };
}

function positions(selection: AxisSelection): number[] {
  return Array.from({ length: selection.count }, (_, i) => positionAt(selection, i));
}

const requests = sparseMatrices.chain((matrix) =>
  fc.tuple(
    fc.constant(matrix),
    selections(matrix.shape[0]).map((rows) => rows ?? wholeAxis(matrix.shape[0])),
    selections(matrix.shape[1]).map((cols) => cols ?? wholeAxis(matrix.shape[1])),
  ),
);

describe("scipy", () => {
  let python: PythonServer;
  beforeAll(() => {
    python = startPython("../kernels/scipy_server.py");
  });
  afterAll(() => python.close());

  it("agrees on matrices with unsorted and duplicate entries", async () => {
    await fc.assert(
      fc.asyncProperty(requests, async ([matrix, rows, cols]) => {
        const expected = await python.ask<Answer>({
          ...plain(matrix),
          kind: matrix.kind,
          dtype: matrix.dtype,
          wide: matrix.indices instanceof BigInt64Array,
          rows: positions(rows),
          cols: positions(cols),
        });
        const [height, width] = matrix.shape;
        expect(toRows(await densify(matrix), width, height)).toEqual(expected.dense);
        expect(denseRows(await selectSparse(matrix, rows, cols))).toEqual(expected.selected);
        const major = matrix.kind === "csr" ? [rows, undefined] : [undefined, cols];
        expect(plain(await selectSparse(matrix, major[0], major[1]))).toEqual(expected.major);
        expect(plain(await convertLayout(matrix, matrix.kind === "csr" ? "csc" : "csr"))).toEqual(expected.other);
        expect(plain(await canonicalize(matrix))).toEqual(expected.tidy);
      }),
      { numRuns: 300 },
    );
  });
});
