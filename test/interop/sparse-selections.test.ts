import { createHash } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type AnnData, type AxisSelector, open, type SparseMatrix, where } from "../../src/index.js";
import { fileBytesRead } from "../../src/tensorstore/index.js";
import { type PythonServer, runPython, startPython } from "./python.js";

/** Stores with every type of values and indices in either layout, tidy or not, in Zarr 2 and 3, sharded too; 25 selections of each. */
const MATRICES = 40;
const SELECTIONS = 25;

/** A selector as JSON, so that Python evaluates the very same. */
type SelectorSpec =
  | { kind: "slice"; value: [number | null, number | null, number | null] }
  | { kind: "mask"; value: boolean[] }
  | { kind: "positions"; value: number[] }
  | { kind: "names"; value: string[] }
  | { kind: "query"; value: { modulus: number; below: number } };

/** Numbers from which every kind of selector is derived once the length of the axis is known. */
const seed = fc.record({
  kind: fc.constantFrom("all", "slice", "mask", "positions", "names", "query"),
  numbers: fc.array(fc.integer({ min: 0, max: 2 ** 30 }), { maxLength: 50 }),
});
type Seed = typeof seed extends fc.Arbitrary<infer T> ? T : never;

function selectorOf({ kind, numbers }: Seed, length: number, prefix: string, modulus: number): SelectorSpec | null {
  const [a = 0, b = 0, c = 0] = numbers;
  const positions = length === 0 ? [] : numbers.map((x) => x % length);
  switch (kind) {
    case "slice": {
      const bound = (x: number) => (x % 7 === 0 ? null : (x % (2 * length + 5)) - length - 2);
      return { kind, value: [bound(a), bound(b), [1, 1, 2, -1, -3, 7, null][c % 7] as number | null] };
    }
    case "mask":
      return { kind, value: Array.from({ length }, (_, i) => (i * 7919 + b) % ((a % 9) + 1) === 0) };
    case "positions":
      return { kind, value: positions.map((position) => (b % 2 === 0 ? position : position - length)) };
    case "names":
      return { kind, value: positions.map((position) => `${prefix}${position}`) };
    case "query":
      return { kind, value: { modulus, below: (a % modulus) + 1 } };
    default:
      return null;
  }
}

function toSelector(spec: SelectorSpec): AxisSelector {
  switch (spec.kind) {
    case "slice": {
      const [start, stop, step] = spec.value;
      return { start: start ?? undefined, stop: stop ?? undefined, step: step ?? undefined };
    }
    case "query":
      return where("n").lt(spec.value.below);
    default:
      return spec.value;
  }
}

interface Answer {
  readonly shape: number[];
  readonly digest: string;
  readonly bytes: number | null;
}

async function digestOf(matrix: SparseMatrix): Promise<string> {
  const { data } = await matrix.toDense();
  return createHash("sha256")
    .update(new Uint8Array(data.buffer, data.byteOffset, data.byteLength))
    .digest("hex");
}

describe("selections of sparse matrices on disk", () => {
  let folder: string;
  let python: PythonServer;
  const stores: AnnData[] = [];
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "sparse-selections-"));
    await runPython("sparse_selections.py", "make", folder, String(MATRICES));
    python = startPython("sparse_selections.py", "serve", folder);
    for (let i = 0; i < MATRICES; i++) stores.push(await open(join(folder, `${i}.zarr`)));
  }, 600_000);
  afterAll(async () => {
    for (const store of stores) await store.close();
    await python.close();
    await rm(folder, { recursive: true });
  });

  it("equal scipy's in 1,000 cases, and read the chunks that they touch and no others", async () => {
    let cases = 0;
    for (let i = 0; i < MATRICES; i++) {
      const adata = stores[i] as AnnData;
      // Metadata and indptr are read once.
      await adata.select({ obs: [], var: [] }).X.read();
      const whole = (await adata.X.read()) as SparseMatrix;
      const pair = fc.tuple(seed, seed);
      for (const [obsSeed, varSeed] of fc.sample(pair, { numRuns: SELECTIONS, seed: 1000 + i })) {
        const obs = selectorOf(obsSeed, adata.shape[0], "c", 5);
        const variables = selectorOf(varSeed, adata.shape[1], "g", 4);
        const expected = await python.ask<Answer>({ matrix: i, obs, var: variables });
        const view = adata.select({
          ...(obs === null ? {} : { obs: toSelector(obs) }),
          ...(variables === null ? {} : { var: toSelector(variables) }),
        });
        await view.explain();
        const before = fileBytesRead();
        const read = (await view.X.read()) as SparseMatrix;
        const bytes = fileBytesRead() - before;

        const named = JSON.stringify({ matrix: i, obs, var: variables });
        expect([read.kind, read.dtype], named).toEqual([whole.kind, whole.dtype]);
        expect([...read.shape], named).toEqual(expected.shape);
        expect(await digestOf(read), named).toBe(expected.digest);
        expect(read.indices, named).toBeInstanceOf(Int32Array);
        expect(read.indptr, named).toBeInstanceOf(Int32Array);
        if (expected.bytes !== null) expect(bytes, named).toBe(expected.bytes);
        cases++;
      }
    }
    expect(cases).toBe(1000);
  }, 600_000);
});
