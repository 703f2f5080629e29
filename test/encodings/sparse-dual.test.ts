import { describe, expect, it } from "vitest";
import type { LazyArray } from "../../src/elements/lazy.js";
import { lazyFromValue } from "../../src/elements/memory.js";
import { fromParts, type SparseMatrix } from "../../src/elements/sparse.js";
import { openContext, openNode } from "../../src/encodings/registry.js";
import { asDual } from "../../src/encodings/sparse-dual.js";
import { streamSparse } from "../../src/encodings/sparse-write.js";
import type { AxisSelection } from "../../src/selection/axis.js";
import { fromTriples } from "../kernels/matrices.js";
import { MemoryWriter, memoryRoot, type ReadCounts, type Sketch } from "./memory-store.js";

const ROWS = 40;
const COLUMNS = 30;
/** Unsorted and with duplicates, so that the two layouts can differ where they must not. */
const TRIPLES = Array.from({ length: 400 }, (_, i) => [(i * 7) % ROWS, (i * i) % COLUMNS, 1 + (i % 9)] as const);
const at = (...positions: number[]): AxisSelection => ({
  kind: "positions",
  positions: Int32Array.from(positions),
  count: positions.length,
});

async function stored(kind: "csr" | "csc"): Promise<Sketch> {
  const writer = new MemoryWriter(8);
  const matrix = fromParts(fromTriples(kind, "float32", [ROWS, COLUMNS], TRIPLES));
  await streamSparse(writer, "x", asDual(lazyFromValue(matrix, "x")), { chunk: 8 });
  return writer.members.x as Sketch;
}

async function open(x: Sketch, counts?: ReadCounts): Promise<LazyArray> {
  const root = memoryRoot({ x }, counts);
  return (await openNode((await root.get("x"))!, openContext(root))) as LazyArray;
}

/** `x` without the other layout. */
function single(x: Sketch): Sketch {
  const { data, indices, indptr } = x.members!;
  return { ...x, members: { data, indices, indptr } as Record<string, Sketch> };
}

describe.each(["csr", "csc"] as const)("a %s matrix in both layouts", (kind) => {
  const other = kind === "csr" ? "csc" : "csr";
  const minors = (...positions: number[]) =>
    kind === "csr" ? [undefined, at(...positions)] : [at(...positions), undefined];

  it("answers every selection as one layout does", async () => {
    const x = await stored(kind);
    const [dual, alone] = [await open(x), await open(single(x))];
    const selections = [[], minors(4), minors(7, 2, 2), [at(1, 5), at(2, 3, 4)], [at(39, 0, 39), undefined], minors()];
    for (const selection of selections) {
      expect(await dual.read(selection)).toEqual(await alone.read(selection));
    }
  });

  it("reads a few of the other axis from the other layout, and the rest from its own", async () => {
    const counts: ReadCounts = new Map();
    const dual = await open(await stored(kind), counts);
    const few = (await dual.read(minors(4))) as SparseMatrix;
    expect(few.kind).toBe(kind);
    expect(counts.get(`x/${other}/data`)).toBe(few.nnz);
    expect(counts.get("x/data")).toBeUndefined();
    expect((await dual.reads!(minors(4)))!.map((read) => read.path)).toContain(`x/${other}/data`);
    await dual.read();
    expect(counts.get("x/data")).toBe(TRIPLES.length);
  });

  it("is three arrays and a group beside them, both with the same seal", async () => {
    const x = await stored(kind);
    expect(Object.keys(x.members!)).toEqual(["data", "indices", "indptr", other]);
    expect(x.members![other]!.attributes).toEqual({ ...x.attributes, "encoding-type": `${other}_matrix` });
  });

  it("does not read the other layout where it is of another matrix", async () => {
    const x = await stored(kind);
    const beside = x.members![other]!;
    const shape = [ROWS, COLUMNS + 1];
    const others: Sketch[] = [
      { ...x, attributes: { ...x.attributes, "ats-dual": "replaced" } },
      {
        ...x,
        members: { ...x.members, [other]: { ...beside, attributes: { ...beside.attributes, "ats-dual": "old" } } },
      },
      { ...x, members: { ...x.members, [other]: beside.members!.data as Sketch } },
    ];
    for (const [i, sketch] of others.entries()) {
      const counts: ReadCounts = new Map();
      const element = await open(sketch, counts);
      await element.read(minors(3));
      expect(counts.get("x/data"), `${i}`).toBe(TRIPLES.length);
      expect(counts.get(`x/${other}/data`), `${i}`).toBeUndefined();
    }
    const wider = { ...beside, attributes: { ...beside.attributes, shape } };
    if (kind === "csc") {
      const element = await open({ ...x, members: { ...x.members, [other]: wider } });
      expect(await element.read(minors(3))).toEqual(await (await open(single(x))).read(minors(3)));
    }
  });
});

describe("a dense matrix", () => {
  it("becomes CSR, and CSC beside it", async () => {
    const dense = await fromParts(fromTriples("csr", "float32", [ROWS, COLUMNS], TRIPLES)).toDense();
    const writer = new MemoryWriter(8);
    await streamSparse(writer, "x", asDual(lazyFromValue(dense, "x")));
    const x = await open(writer.members.x!);
    expect(x.sparse).toBe("csr");
    expect(await ((await x.read()) as SparseMatrix).toDense()).toEqual(dense);
    expect(Object.keys(writer.members.x!.members!)).toContain("csc");
  });
});
