import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type DType, itemSize } from "../../src/dtype.js";
import type { DenseArray } from "../../src/elements/dense.js";
import type { AxisSelection } from "../../src/selection/axis.js";
import { type H5wasmStorage, openH5wasm } from "../../src/storage/h5wasm.js";
import type { ArrayNode } from "../../src/storage/types.js";
import { runPython } from "./python.js";

/** One dataset as h5py reads it. */
interface Expected {
  readonly name: string;
  readonly shape: readonly number[];
  readonly stored: number;
}

const FILES = [
  "types",
  "types-latest",
  "filters",
  "filters-latest",
  "indexes",
  "indexes-old",
  "pages",
  "holes",
  "holes-latest",
  "userblock",
  "userblock-latest",
  "newest",
  "newest-indexes",
];

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "ats-hdf5-"));
  await runPython("hdf5_write.py", folder);
});

afterAll(() => rm(folder, { recursive: true }));

/** The bytes of `selection` of an array of `shape` whose values lie in `bytes`. */
function pick(
  bytes: Uint8Array,
  width: number,
  shape: readonly number[],
  selection: readonly AxisSelection[],
): Uint8Array {
  let picked = [0];
  shape.forEach((extent, axis) => {
    const along = selection[axis] as AxisSelection;
    picked = picked.flatMap((base) =>
      Array.from({ length: along.count }, (_, i) => {
        const position = along.kind === "range" ? along.start + i * along.step : (along.positions[i] as number);
        return base * extent + position;
      }),
    );
  });
  const out = new Uint8Array(picked.length * width);
  picked.forEach((at, i) => {
    out.set(bytes.subarray(at * width, (at + 1) * width), i * width);
  });
  return out;
}

/** A selection along an axis: a run, a range with a step, or positions in any order, with duplicates. */
function axisOf(extent: number): fc.Arbitrary<AxisSelection> {
  const empty = fc.constant<AxisSelection>({ kind: "range", start: 0, step: 1, count: 0 });
  if (extent === 0) return empty;
  const position = fc.integer({ min: 0, max: extent - 1 });
  const run = fc.tuple(position, position).map(([a, b]): AxisSelection => {
    const start = Math.min(a, b);
    return { kind: "range", start, step: 1, count: Math.abs(a - b) + 1 };
  });
  const stepped = fc
    .tuple(position, fc.integer({ min: 1, max: 9 }), fc.boolean())
    .map(([start, size, down]): AxisSelection => {
      const room = down ? start : extent - 1 - start;
      return { kind: "range", start, step: down ? -size : size, count: Math.min(30, Math.floor(room / size) + 1) };
    });
  const positions = fc
    .array(position, { maxLength: 25 })
    .map((list): AxisSelection => ({ kind: "positions", positions: Int32Array.from(list), count: list.length }));
  return fc.oneof(run, stepped, positions, empty);
}

function bytesOf(value: DenseArray): Uint8Array {
  const { buffer, byteOffset, byteLength } = value.data;
  return new Uint8Array(buffer, byteOffset, byteLength);
}

async function expectedOf(
  file: string,
): Promise<{ list: readonly Expected[]; bytes(name: string): Promise<Uint8Array> }> {
  const list = JSON.parse(await readFile(join(folder, file, "index.json"), "utf8")) as Expected[];
  return { list, bytes: async (name) => new Uint8Array(await readFile(join(folder, file, `${name}.bin`))) };
}

async function node(storage: H5wasmStorage, name: string): Promise<ArrayNode> {
  return (await storage.root.get(name)) as ArrayNode;
}

describe.each(FILES)("%s", (file) => {
  it("reads as h5py reads it, every dataset natively", async () => {
    const { list, bytes } = await expectedOf(file);
    const storage = await openH5wasm(join(folder, `${file}.h5`));
    try {
      for (const { name, shape } of list) {
        const array = await node(storage, name);
        const value = (await array.read()) as DenseArray;
        expect(value.shape, name).toEqual(shape);
        expect(Buffer.compare(bytesOf(value), await bytes(name)), name).toBe(0);
      }
      expect(storage.statistics()).toMatchObject({ reads: list.length, refused: 0 });
    } finally {
      await storage.close();
    }
  });

  it("reads any selection as h5py's values have it", async () => {
    const { list, bytes } = await expectedOf(file);
    const storage = await openH5wasm(join(folder, `${file}.h5`));
    try {
      for (const { name, shape } of list) {
        const array = await node(storage, name);
        const all = await bytes(name);
        const width = itemSize(array.dtype as DType);
        await fc.assert(
          fc.asyncProperty(fc.tuple(...shape.map(axisOf)), async (selection) => {
            const value = (await array.read(selection)) as DenseArray;
            expect(value.shape).toEqual(selection.map((axis) => axis.count));
            expect(Buffer.compare(bytesOf(value), pick(all, width, shape, selection)), name).toBe(0);
          }),
          { numRuns: 6, seed: 4 },
        );
      }
      expect(storage.statistics().refused).toBe(0);
    } finally {
      await storage.close();
    }
  });

  it("knows what its values take in the file", async () => {
    const { list } = await expectedOf(file);
    const storage = await openH5wasm(join(folder, `${file}.h5`));
    try {
      for (const { name, stored } of list) {
        expect(await (await node(storage, name)).storedBytes?.(), name).toBe(stored);
      }
    } finally {
      await storage.close();
    }
  });
});
