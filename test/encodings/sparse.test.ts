import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { LazyArray } from "../../src/elements/lazy.js";
import { lazyFromValue } from "../../src/elements/memory.js";
import { CscMatrix, CsrMatrix, type SparseMatrix } from "../../src/elements/sparse.js";
import { csrMatrix } from "../../src/encodings/csr-matrix.js";
import { openContext, openNode } from "../../src/encodings/registry.js";
import { streamSparse } from "../../src/encodings/sparse-write.js";
import { writeContext } from "../../src/encodings/write-context.js";
import { type AxisSelection, positionAt } from "../../src/selection/axis.js";
import {
  encoded,
  float64,
  int32,
  MemoryWriter,
  memoryRoot,
  numbers,
  type ReadCounts,
  type Sketch,
} from "./memory-store.js";

/** A matrix as triplets, row by row; duplicates and any order within a row are welcome. */
type Rows = readonly (readonly (readonly [column: number, value: number])[])[];

function compress(rows: Rows) {
  const indptr = [0];
  for (const row of rows) indptr.push(indptr.at(-1)! + row.length);
  const flat = rows.flat();
  return { indptr, indices: flat.map(([column]) => column), data: flat.map(([, value]) => value) };
}

function sketch(kind: "csr" | "csc", rows: Rows, minors: number, parts: Partial<Record<string, Sketch>> = {}): Sketch {
  const { indptr, indices, data } = compress(rows);
  const shape = kind === "csr" ? [rows.length, minors] : [minors, rows.length];
  return encoded(`${kind}_matrix`, "0.1.0", {
    attributes: { shape },
    members: {
      data: { value: float64(...data) },
      indices: { value: int32(...indices) },
      indptr: { value: int32(...indptr) },
      ...parts,
    } as Record<string, Sketch>,
  });
}

async function open(x: Sketch, counts?: ReadCounts): Promise<LazyArray> {
  const root = memoryRoot({ x }, counts);
  return (await openNode((await root.get("x"))!, openContext(root))) as LazyArray;
}

/** The sum of what each place holds, as scipy's `toarray`. */
function dense(matrix: SparseMatrix): number[][] {
  const [rows, columns] = matrix.shape;
  const out = Array.from({ length: rows }, () => new Array<number>(columns).fill(0));
  for (let major = 0; major + 1 < matrix.indptr.length; major++) {
    for (let at = Number(matrix.indptr[major]); at < Number(matrix.indptr[major + 1]); at++) {
      const minor = Number(matrix.indices[at]);
      const [row, column] = matrix.kind === "csr" ? [major, minor] : [minor, major];
      out[row]![column]! += Number(matrix.data[at]);
    }
  }
  return out;
}

const MAJORS = 40;
const MINORS = 23;

const rowsOf = fc.array(fc.array(fc.tuple(fc.nat(MINORS - 1), fc.integer({ min: 1, max: 9 })), { maxLength: 12 }), {
  minLength: MAJORS,
  maxLength: MAJORS,
});

function selectionOf(extent: number): fc.Arbitrary<AxisSelection | undefined> {
  const positions = fc
    .array(fc.nat(extent - 1), { maxLength: 20 })
    .map((list): AxisSelection => ({ kind: "positions", positions: Int32Array.from(list), count: list.length }));
  const range = fc
    .record({ start: fc.nat(extent - 1), step: fc.constantFrom(1, 2, -1, -3), most: fc.nat(extent) })
    .map(({ start, step, most }): AxisSelection => {
      const room = Math.floor((step > 0 ? extent - 1 - start : start) / Math.abs(step)) + 1;
      return { kind: "range", start, step, count: Math.min(most, room) };
    });
  return fc.oneof(fc.constant(undefined), positions, range);
}

const listed = (selection: AxisSelection | undefined, extent: number): number[] =>
  selection === undefined
    ? Array.from({ length: extent }, (_, i) => i)
    : Array.from({ length: selection.count }, (_, i) => positionAt(selection, i));

describe.each(["csr", "csc"] as const)("%s_matrix", (kind) => {
  const [rowExtent, columnExtent] = kind === "csr" ? [MAJORS, MINORS] : [MINORS, MAJORS];

  it("selects rows and columns as the dense matrix has them, order and duplicates kept", async () => {
    await fc.assert(
      fc.asyncProperty(rowsOf, selectionOf(rowExtent), selectionOf(columnExtent), async (rows, rowSel, columnSel) => {
        const element = await open(sketch(kind, rows, MINORS));
        const whole = dense((await element.read()) as SparseMatrix);
        const part = (await element.read([rowSel, columnSel])) as SparseMatrix;
        const columns = listed(columnSel, columnExtent);
        expect(dense(part)).toEqual(
          listed(rowSel, rowExtent).map((row) => columns.map((column) => whole[row]![column])),
        );
        expect(part).toBeInstanceOf(kind === "csr" ? CsrMatrix : CscMatrix);
      }),
      { numRuns: 200 },
    );
  });

  it("keeps unsorted and duplicate entries as they are stored", async () => {
    const rows: Rows = [
      [
        [3, 1],
        [1, 2],
        [3, 4],
      ],
      [],
      [[0, 5]],
    ];
    const element = await open(sketch(kind, rows, 5));
    const whole = (await element.read()) as SparseMatrix;
    expect([[...whole.indptr], [...whole.indices], [...whole.data]]).toEqual([
      [0, 3, 3, 4],
      [3, 1, 3, 0],
      [1, 2, 4, 5],
    ]);
  });

  it("gives a lonely row as often as it is asked for", async () => {
    const element = await open(sketch(kind, [[], [[1, 5]], []], 3));
    const again: AxisSelection = { kind: "positions", positions: Int32Array.of(1, 1, 0, 1), count: 4 };
    const matrix = (await element.read(kind === "csr" ? [again] : [undefined, again])) as SparseMatrix;
    expect([matrix.indptr, matrix.indices, matrix.data]).toEqual([
      Int32Array.of(0, 1, 2, 2, 3),
      Int32Array.of(1, 1, 1),
      Float64Array.of(5, 5, 5),
    ]);
  });

  it("reads no stored value but those of the asked rows, and indptr once", async () => {
    const counts: ReadCounts = new Map();
    const rows: Rows = Array.from({ length: MAJORS }, (_, i) => [[i % MINORS, i] as const, [0, 1] as const]);
    const element = await open(sketch(kind, rows, MINORS), counts);
    const majors: AxisSelection = { kind: "positions", positions: Int32Array.of(30, 2, 2, 3), count: 4 };
    const selection = kind === "csr" ? [majors] : [undefined, majors];
    await element.read(selection);
    await element.read(selection);
    expect(Object.fromEntries(counts)).toEqual({ "x/indptr": MAJORS + 1, "x/indices": 12, "x/data": 12 });
    const reads = await element.reads!(selection);
    expect(reads!.map((read) => read.path)).toEqual(["x/indptr", "x/indices", "x/data"]);
  });

  it("tells what it is without reading", async () => {
    const counts: ReadCounts = new Map();
    const element = await open(sketch(kind, [[[1, 1]], [[0, 1]]], 3), counts);
    expect(element.info).toMatchObject({ path: "x", encoding: `${kind}_matrix`, dtype: "float64", nnz: 2 });
    expect([element.sparse, element.shape]).toEqual([kind, kind === "csr" ? [2, 3] : [3, 2]]);
    expect(counts.size).toBe(0);
    expect(await element.storedBytes()).toBe(2 * 8 + 2 * 4 + 3 * 4);
  });

  const rows: Rows = [[[0, 1]], [[2, 1]]];

  it.each([
    ["an indptr that does not start at 0", { indptr: { value: int32(1, 1, 2) } }],
    ["an indptr that descends", { indptr: { value: int32(0, 3, 2) } }],
    ["an indptr that ends before the values", { indptr: { value: int32(0, 1, 1) } }],
    ["an indptr that ends behind the values", { indptr: { value: int32(0, 1, 5) } }],
    ["an index that is not on the matrix", { indices: { value: int32(0, 3) } }],
    ["a negative index", { indices: { value: int32(0, -1) } }],
    [
      "an index of 64 bits that is not on the matrix",
      { indices: { value: numbers(BigInt64Array.of(0n, 2n ** 40n), "int64") } },
    ],
    ["indices that are no integers", { indices: { value: float64(0, 2) } }],
  ])("is CORRUPT with %s", async (_, parts) => {
    const element = await open(sketch(kind, rows, 3, parts));
    await expect(element.read()).rejects.toMatchObject({ code: "CORRUPT" });
    const first: AxisSelection = { kind: "range", start: 0, step: 1, count: 2 };
    await expect(element.read([first, first])).rejects.toMatchObject({ code: "CORRUPT" });
  });

  it.each([
    ["an indptr of another length", { indptr: { value: int32(0, 2) } }],
    ["more values than indices", { data: { value: float64(1, 2, 3) } }],
    ["values in two dimensions", { data: { value: numbers(Float64Array.of(1, 2), "float64", [2, 1]) } }],
    ["a group for indices", { indices: { members: {} } }],
  ])("does not open with %s", async (_, parts) => {
    await expect(open(sketch(kind, rows, 3, parts))).rejects.toMatchObject({ code: "CORRUPT" });
  });

  it.each([[undefined], [[2]], [[2, -1]], [[2, 1.5]], ["2,3"]])("does not open with the shape %j", async (shape) => {
    const x = sketch(kind, rows, 3);
    const attributes = { ...x.attributes, ...(shape === undefined ? { shape: null } : { shape }) };
    await expect(open({ ...x, attributes })).rejects.toMatchObject({ code: "CORRUPT" });
  });

  it("reads indices and indptr of every integer type", async () => {
    for (const [make, dtype] of [
      [Uint8Array, "uint8"],
      [Int16Array, "int16"],
      [Uint32Array, "uint32"],
    ] as const) {
      const parts = {
        indices: { value: numbers(make.from([0, 2]), dtype) },
        indptr: { value: numbers(BigInt64Array.of(0n, 1n, 2n), "int64") },
      };
      const matrix = (await (await open(sketch(kind, rows, 3, parts))).read()) as SparseMatrix;
      expect([matrix.indices, matrix.indptr]).toEqual([Int32Array.of(0, 2), Int32Array.of(0, 1, 2)]);
    }
  });

  it("is written as it is read, each chunk once, whatever the slabs", async () => {
    await fc.assert(
      fc.asyncProperty(rowsOf, fc.integer({ min: 1, max: 50 }), selectionOf(MAJORS), async (stored, chunk, majors) => {
        const source = await open(sketch(kind, stored, MINORS));
        const view: LazyArray =
          majors === undefined
            ? source
            : {
                ...source,
                info: { ...source.info, nnz: null },
                shape: kind === "csr" ? [majors.count, MINORS] : [MINORS, majors.count],
                read: async (selection = [], options) => {
                  const part = selection[kind === "csr" ? 0 : 1]!;
                  const positions = Int32Array.from(listed(part, majors.count), (i) => positionAt(majors, i));
                  const own: AxisSelection = { kind: "positions", positions, count: positions.length };
                  return source.read(kind === "csr" ? [own] : [undefined, own], options);
                },
              };
        const writer = new MemoryWriter(chunk);
        await streamSparse(writer, "x", view, { chunk });
        const back = (await (await open(writer.members.x!)).read()) as SparseMatrix;
        expect(back).toEqual(await source.read(kind === "csr" ? [majors] : [undefined, majors]));
        for (const { path, origin, count } of writer.writes) {
          expect(origin % chunk).toBe(0);
          const end = (writer.members.x!.members![path.slice(2)]!.value!.shape[0] ?? 0) === origin + count;
          expect(end || count % chunk === 0).toBe(true);
        }
      }),
      { numRuns: 100 },
    );
  });
});

describe("writing", () => {
  it("marks the group as anndata does", async () => {
    const matrix = new CsrMatrix("float32", [2, 3], Float32Array.of(1), Int32Array.of(2), Int32Array.of(0, 1, 1));
    const writer = new MemoryWriter(10);
    await writeContext().write(writer, "x", lazyFromValue(matrix, "x"));
    expect(writer.members.x!.attributes).toEqual({
      "encoding-type": "csr_matrix",
      "encoding-version": "0.1.0",
      shape: [2, 3],
    });
    expect(await (await open(writer.members.x!)).read()).toEqual(matrix);
  });

  it("refuses what is no matrix of that layout", async () => {
    const writer = new MemoryWriter(10);
    const context = writeContext();
    await expect(csrMatrix.write!(writer, "x", lazyFromValue(float64(1), "x"), context)).rejects.toMatchObject({
      code: "INVALID_ARGUMENT",
    });
    const csc = new CscMatrix("float32", [1, 1], Float32Array.of(1), Int32Array.of(0), Int32Array.of(0, 1));
    await expect(csrMatrix.write!(writer, "x", lazyFromValue(csc, "x"), context)).rejects.toMatchObject({
      code: "INVALID_ARGUMENT",
    });
  });

  it("stops between slabs when aborted, and is STALE where the source gives other than it said", async () => {
    const source = await open(sketch("csr", [[[0, 1]]], 3));
    const signal = AbortSignal.abort(new Error("enough"));
    await expect(streamSparse(new MemoryWriter(10), "x", source, { signal })).rejects.toThrow("enough");
    const liar: LazyArray = { ...source, info: { ...source.info, nnz: 7 } };
    await expect(streamSparse(new MemoryWriter(10), "x", liar)).rejects.toMatchObject({ code: "STALE" });
  });
});
