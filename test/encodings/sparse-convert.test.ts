import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { DenseArray } from "../../src/elements/dense.js";
import type { LazyArray } from "../../src/elements/lazy.js";
import { lazyFromValue } from "../../src/elements/memory.js";
import { selectElement } from "../../src/elements/select.js";
import { fromParts, type SparseMatrix } from "../../src/elements/sparse.js";
import { asCompressed, asCsc, asCsr } from "../../src/encodings/as-compressed.js";
import { openContext, openNode } from "../../src/encodings/registry.js";
import { streamSparse } from "../../src/encodings/sparse-write.js";
import { convertLayout } from "../../src/kernels/index.js";
import { fromTriples } from "../kernels/matrices.js";
import { MemoryWriter, memoryRoot, texts } from "./memory-store.js";

/** So little that every row is a slab of its own, and every stretch of the result a few values. */
const TINY = 64;

let scratch: string;
beforeAll(async () => {
  scratch = await mkdtemp(join(tmpdir(), "sparse-convert-"));
});
afterAll(() => rm(scratch, { recursive: true }));

const ROWS = 9;
const COLUMNS = 7;
const triples = fc.array(fc.tuple(fc.nat(ROWS - 1), fc.nat(COLUMNS - 1), fc.integer({ min: 1, max: 9 })), {
  maxLength: 60,
});
const matrices = fc
  .record({
    kind: fc.constantFrom("csr", "csc"),
    dtype: fc.constantFrom("uint8", "int16", "float32", "float64", "complex64", "complex128"),
    triples,
    wide: fc.boolean(),
  })
  .map(({ kind, dtype, triples, wide }) => fromParts(fromTriples(kind, dtype, [ROWS, COLUMNS], triples, wide)));

async function streamed(source: LazyArray, memory: number): Promise<{ nnz: number; slabs: SparseMatrix[] }> {
  const stream = await source.stream!({ memory, scratch });
  const slabs: SparseMatrix[] = [];
  for await (const slab of stream.slabs) slabs.push(slab);
  await stream.close();
  return { nnz: stream.nnz, slabs };
}

/** What a store holds after `source` was written to it. */
async function written(source: LazyArray, memory: number, chunk = 5): Promise<SparseMatrix> {
  const writer = new MemoryWriter(chunk);
  await streamSparse(writer, "x", source, { memory, scratch, chunk });
  const root = memoryRoot(writer.members);
  return (await ((await openNode((await root.get("x"))!, openContext(root))) as LazyArray).read()) as SparseMatrix;
}

/** With indices of 32 bits, as what is read from a store has them. */
function narrow(matrix: SparseMatrix): SparseMatrix {
  const { indices, indptr } = matrix;
  return fromParts({
    kind: matrix.kind,
    dtype: matrix.dtype,
    shape: matrix.shape,
    data: matrix.data,
    indices: Int32Array.from(indices, Number),
    indptr: Int32Array.from(indptr, Number),
  });
}

describe("a matrix in the other layout", () => {
  it("is what a conversion in memory gives, written under any budget of memory", async () => {
    await fc.assert(
      fc.asyncProperty(matrices, fc.constantFrom(TINY, 700, 2 ** 30), async (matrix, memory) => {
        const other = matrix.kind === "csr" ? "csc" : "csr";
        const expected = narrow(fromParts(await convertLayout(matrix, other)));
        const source = asCompressed(lazyFromValue(matrix, "x"), other);
        expect([source.sparse, source.info.encoding, source.info.nnz]).toEqual([other, `${other}_matrix`, matrix.nnz]);
        expect(await written(source, memory)).toEqual(expected);
        expect(narrow((await source.read()) as SparseMatrix)).toEqual(expected);
        expect(await readdir(scratch)).toEqual([]);
      }),
      { numRuns: 150 },
    );
  });

  it("comes in stretches where memory is short, and in one piece where it is not", async () => {
    const all = Array.from(
      { length: ROWS * COLUMNS },
      (_, i) => [Math.floor(i / COLUMNS), i % COLUMNS, 1 + i] as const,
    );
    const matrix = fromParts(fromTriples("csr", "float64", [ROWS, COLUMNS], all));
    const source = asCsc(lazyFromValue(matrix, "x"));
    const small = await streamed(source, 600);
    expect(small.slabs.length).toBe(COLUMNS);
    expect(small.nnz).toBe(all.length);
    expect((await streamed(source, 2 ** 20)).slabs.length).toBe(1);
  });

  it("counts as it goes where nobody knows the number of stored values", async () => {
    const all = Array.from({ length: 40 }, (_, i) => [i % ROWS, (i * 3) % COLUMNS, i] as const);
    const matrix = fromParts(fromTriples("csr", "float32", [ROWS, COLUMNS], all));
    const rows = { kind: "positions", positions: Int32Array.of(4, 1, 1, 8), count: 4 } as const;
    const view = selectElement(lazyFromValue(matrix, "x"), [rows]);
    expect(view.info.nnz).toBeNull();
    const expected = fromParts(await convertLayout((await view.read()) as SparseMatrix, "csc"));
    expect(await written(asCsc(view), TINY)).toEqual(expected);
  });

  it("selects rows and columns before it converts", async () => {
    const all = Array.from({ length: 40 }, (_, i) => [i % ROWS, (i * 3) % COLUMNS, i] as const);
    const matrix = fromParts(fromTriples("csr", "float32", [ROWS, COLUMNS], all));
    const columns = { kind: "positions", positions: Int32Array.of(6, 0), count: 2 } as const;
    const base = lazyFromValue(matrix, "x");
    const part = (await asCsc(base).read([undefined, columns])) as SparseMatrix;
    expect(await part.toDense()).toEqual(await ((await base.read([undefined, columns])) as SparseMatrix).toDense());
  });

  it("stops when it is aborted, and leaves no file", async () => {
    const all = Array.from({ length: 40 }, (_, i) => [i % ROWS, (i * 3) % COLUMNS, i] as const);
    const matrix = fromParts(fromTriples("csr", "float32", [ROWS, COLUMNS], all));
    const signal = AbortSignal.abort(new Error("enough"));
    const writing = streamSparse(new MemoryWriter(5), "x", asCsc(lazyFromValue(matrix, "x")), {
      memory: TINY,
      scratch,
      signal,
    });
    await expect(writing).rejects.toThrow("enough");
    expect(await readdir(scratch)).toEqual([]);
  });

  it("is IO where no temporary file can be made", async () => {
    const matrix = fromParts(fromTriples("csr", "float32", [ROWS, COLUMNS], [[0, 0, 1]]));
    const source = asCsc(lazyFromValue(matrix, "x"));
    await expect(source.stream!({ memory: 1, scratch: join(scratch, "missing") })).rejects.toMatchObject({
      code: "IO",
    });
  });
});

describe("a dense matrix as a sparse one", () => {
  it("keeps what is not zero, in either layout and under any budget", async () => {
    const data = Float32Array.from({ length: ROWS * COLUMNS }, (_, i) =>
      i % 3 === 0 ? i : i % 7 === 1 ? Number.NaN : 0,
    );
    const dense = new DenseArray("float32", [ROWS, COLUMNS], data);
    for (const memory of [TINY, 2 ** 30]) {
      expect(await written(asCsr(lazyFromValue(dense, "x")), memory)).toEqual(await dense.toCsr());
      expect(await written(asCsc(lazyFromValue(dense, "x")), memory)).toEqual(await dense.toCsc());
    }
  });

  it("is INVALID_ARGUMENT for what is no matrix of numbers", () => {
    expect(() => asCsr(lazyFromValue(texts("a"), "x"))).toThrow(expect.objectContaining({ code: "INVALID_ARGUMENT" }));
    const line = new DenseArray("float32", [2], Float32Array.of(1, 2));
    expect(() => asCsc(lazyFromValue(line, "x"))).toThrow(expect.objectContaining({ code: "INVALID_ARGUMENT" }));
  });

  it("is itself where it has that layout", () => {
    const csr = lazyFromValue(fromParts(fromTriples("csr", "float32", [1, 1], [])), "x");
    expect(asCsr(csr)).toBe(csr);
  });
});
