import { describe, expect, it } from "vitest";
import type { ArrayFor, DType } from "../../src/dtype.js";
import { DenseArray } from "../../src/elements/dense.js";
import type { LazyArray, NumericArray } from "../../src/elements/lazy.js";
import { lazyFromValue } from "../../src/elements/memory.js";
import { selectElement } from "../../src/elements/select.js";
import { CscMatrix, CsrMatrix, type SparseMatrix } from "../../src/elements/sparse.js";
import { asDType } from "../../src/encodings/as-dtype.js";
import { narrowestType } from "../../src/encodings/narrowest.js";
import { streamSparse } from "../../src/encodings/sparse-write.js";
import { MemoryWriter } from "./memory-store.js";

const lazy = (value: DenseArray | SparseMatrix) => lazyFromValue(value, "layers/counts") as NumericArray;
const dense = <D extends DType>(dtype: D, shape: readonly number[], data: ArrayFor<D>) =>
  lazy(new DenseArray(dtype, shape, data));
const row = (values: readonly number[]) => dense("float64", [1, values.length], Float64Array.from(values));

/** [[1, 0, 200], [0, 0, 0], [3, 0, 0]], with what `extra` adds at row 2. */
function csr(extra: readonly (readonly [column: number, value: number])[] = []): CsrMatrix<"float64"> {
  const data = Float64Array.of(1, 200, 3, ...extra.map(([, value]) => value));
  const indices = Int32Array.of(0, 2, 0, ...extra.map(([column]) => column));
  return new CsrMatrix("float64", [3, 3], data, indices, Int32Array.of(0, 2, 2, 3 + extra.length));
}

const refusal = (what: string) => ({
  code: "INVALID_ARGUMENT",
  path: "layers/counts",
  message: expect.stringContaining(what),
});

describe("asDType", () => {
  it("reads dense and sparse matrices, whole and in part, as another type", async () => {
    const source = dense("float64", [2, 3], Float64Array.of(0, 1, 2, 3, 4, 255));
    const cast = asDType(source, "uint8");
    expect(cast.dtype).toBe("uint8");
    expect(await cast.read()).toEqual(new DenseArray("uint8", [2, 3], Uint8Array.of(0, 1, 2, 3, 4, 255)));
    const column = { kind: "range", start: 2, step: -1, count: 2 } as const;
    expect(await cast.read([undefined, column])).toEqual(new DenseArray("uint8", [2, 2], Uint8Array.of(2, 1, 255, 4)));
    const { shape, indices, indptr } = csr();
    const narrow = new CsrMatrix("int16", shape, Int16Array.of(1, 200, 3), indices, indptr);
    expect(await asDType(lazy(csr()), "int16").read()).toEqual(narrow);
    expect(asDType(source, "float64")).toBe(source);
  });

  it("names the row, the column and the value that would change, whatever is selected", async () => {
    const half = dense("float64", [3, 2], Float64Array.of(0, 1, 2, 3, 4, 0.5));
    await expect(asDType(half, "int32").read()).rejects.toMatchObject(refusal("row 2, column 1 would not stay 0.5"));
    const rows = { kind: "positions", positions: Int32Array.of(0, 2), count: 2 } as const;
    await expect(asDType(half, "int32").read([rows])).rejects.toMatchObject(refusal("row 2, column 1"));
    const view = selectElement<LazyArray>(half, [rows]);
    await expect(asDType(view, "int32").read()).rejects.toMatchObject(refusal("row 1, column 1"));
    await expect(asDType(lazy(csr()), "int8").read()).rejects.toMatchObject(
      refusal("row 0, column 2 would not stay 200"),
    );
    const columns = await csr().toCsc();
    await expect(asDType(lazy(columns), "int8").read()).rejects.toMatchObject(refusal("row 0, column 2"));
  });

  it("shows the values of every type", async () => {
    const shown = async (source: NumericArray, dtype: DType) => asDType(source, dtype).read();
    await expect(shown(row([-0]), "int32")).rejects.toMatchObject(refusal("stay -0 as int32"));
    await expect(shown(row([Number.NaN]), "int32")).rejects.toMatchObject(refusal("stay NaN"));
    const big = dense("int64", [1, 1], BigInt64Array.of(2n ** 62n + 1n));
    await expect(shown(big, "float64")).rejects.toMatchObject(refusal("stay 4611686018427387905 as float64"));
    const complex = dense("complex128", [1, 1], Float64Array.of(1, 0.1));
    await expect(shown(complex, "complex64")).rejects.toMatchObject(refusal("stay 1 + 0.1i"));
    const half = dense("bfloat16", [1, 1], Uint16Array.of(0x3f00));
    await expect(shown(half, "uint8")).rejects.toMatchObject(refusal("stay 0.5 as uint8"));
  });

  it("refuses what is no matrix of numbers, and complex numbers as others, at once", () => {
    const vector = dense("float64", [2], Float64Array.of(1, 2));
    expect(() => asDType(vector, "uint8")).toThrow(expect.objectContaining(refusal("no matrix of numbers")));
    const complex = dense("complex64", [1, 1], Float32Array.of(1, 0));
    expect(() => asDType(complex, "float32")).toThrow(expect.objectContaining(refusal("complex64")));
    expect(() => asDType(vector, "complex64")).toThrow(expect.objectContaining(refusal("no matrix")));
  });

  it("proves what duplicate entries sum to as well", async () => {
    const fits = csr([[0, 4]]);
    expect(await asDType(lazy(fits), "uint8").read()).toMatchObject({ data: Uint8Array.of(1, 200, 3, 4) });
    const wraps = csr([[0, 253]]);
    await expect(asDType(lazy(wraps), "uint8").read()).rejects.toMatchObject(
      refusal("row 2, column 0 would not stay 256"),
    );
    // -1 + 3 is 2 in unsigned types too, but no entry may be negative there.
    await expect(asDType(lazy(csr([[0, -1]])), "uint8").read()).rejects.toMatchObject(refusal("stay -1"));
    // Each is a float32 and so is their sum, but 2^24 + 1 on the way is not.
    const rounded = csr([
      [1, 2 ** 24],
      [1, 1],
      [1, -1],
      [2, 1],
    ]);
    await expect(asDType(lazy(rounded), "float32").read()).rejects.toMatchObject(
      refusal("row 2, column 1 would not stay 16777216"),
    );
  });

  it("streams what is streamed, and tells rows from the first one on", async () => {
    const rows = 3000;
    const data = Float64Array.from({ length: rows }, (_, i) => (i === 2900 ? 0.5 : 7));
    const indptr = Int32Array.from({ length: rows + 1 }, (_, i) => i);
    const matrix = new CsrMatrix("float64", [rows, 2], data, new Int32Array(rows).fill(1), indptr);
    const source = lazy(matrix);
    const { kind, info, shape, dtype, sparse } = source;
    const unstreamed: LazyArray = {
      ...{ kind, info, shape, dtype, sparse },
      read: (selection, options) => source.read(selection, options),
      storedBytes: async () => undefined,
    };
    for (const each of [source, unstreamed]) {
      const writer = new MemoryWriter(64);
      const writing = streamSparse(writer, "x", asDType(each, "uint8"), { memory: 4096 });
      await expect(writing).rejects.toMatchObject(refusal("row 2900, column 1"));
    }
  });
});

describe("narrowestType", () => {
  const typeOf = (source: NumericArray) => narrowestType(source, { memory: 1024 });

  it.each<[string, NumericArray, DType]>([
    ["small counts in floats", row([0, 1, 255]), "uint8"],
    ["small negative ones", row([0, -1, 127]), "int8"],
    ["a sign and a large one", row([-1, 128]), "int16"],
    ["larger counts", row([256]), "uint16"],
    ["whole numbers of 32 bits, where floats do", row([70_000]), "float32"],
    ["whole numbers of 32 bits that floats round", row([2 ** 24 + 1]), "uint32"],
    ["halves", row([0.5, 1]), "float32"],
    ["tenths", row([0.1]), "float64"],
    ["NaN and infinity", row([1, Number.NaN, Number.NEGATIVE_INFINITY]), "float32"],
    ["-0", row([-0, 1]), "float32"],
    ["halves in float32", dense("float32", [1, 2], Float32Array.of(0.5, 1)), "float32"],
    ["counts in int64", dense("int64", [1, 2], BigInt64Array.of(3n, 127n)), "int8"],
    ["counts in int64 that are no int8", dense("int64", [1, 2], BigInt64Array.of(3n, 200n)), "uint8"],
    ["extremes of int64", dense("int64", [1, 2], BigInt64Array.of(-(2n ** 63n), 2n ** 63n - 1n)), "int64"],
    ["the largest uint64", dense("uint64", [1, 1], BigUint64Array.of(2n ** 64n - 1n)), "uint64"],
    ["unsigned counts", dense("uint64", [1, 1], BigUint64Array.of(5n)), "uint8"],
    ["booleans", dense("bool", [1, 1], Uint8Array.of(1)), "bool"],
    ["complex numbers", dense("complex128", [1, 1], Float64Array.of(0.5, 2)), "complex64"],
    ["no values", dense("float64", [0, 3], new Float64Array(0)), "float64"],
    ["sparse counts", lazy(csr()), "uint8"],
    [
      "a sparse matrix without a value",
      lazy(new CscMatrix("float64", [2, 1], new Float64Array(0), new Int32Array(0), Int32Array.of(0, 0))),
      "float64",
    ],
    ["duplicates by their sum", lazy(csr([[0, 253]])), "uint16"],
    ["duplicates of halves: not rounded on the way", lazy(csr([[0, 0.5]])), "float64"],
    [
      "a view by what it has",
      selectElement(dense("float64", [2, 1], Float64Array.of(0.1, 9)), [
        { kind: "range", start: 1, step: 1, count: 1 },
      ]) as NumericArray,
      "uint8",
    ],
  ])("of %s", async (_, source, dtype) => {
    expect(await typeOf(source)).toBe(dtype);
    // What it says holds.
    expect((await asDType(source, dtype).read()) as unknown).toMatchObject({ dtype });
  });

  it("looks at every block and slab, and tells how far it is", async () => {
    const values = Float64Array.from({ length: 50 * 40 }, (_, i) => (i === 1999 ? 300 : 1));
    const source = dense("float64", [50, 40], values);
    const done: number[] = [];
    const options = { memory: 4096, onBytes: (bytes: number) => void done.push(bytes) };
    expect(await narrowestType(source, options)).toBe("uint16");
    expect(done.length).toBeGreaterThan(10);
    expect(done.at(-1)).toBe(50 * 40 * 8);
    const sparse = lazy(await new DenseArray("float64", [50, 40], values).toCsc());
    expect(await narrowestType(sparse, { memory: 4096 })).toBe("uint16");
  });

  it("stops with its signal", async () => {
    const signal = AbortSignal.abort(new Error("enough"));
    await expect(narrowestType(lazy(csr()), { memory: 1024, signal })).rejects.toThrow("enough");
    await expect(narrowestType(row([1]), { memory: 1024, signal })).rejects.toThrow("enough");
  });
});
