import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { vectorFromArray } from "apache-arrow";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { allocate } from "../../src/dtype.js";
import { Categorical } from "../../src/elements/categorical.js";
import { DenseArray } from "../../src/elements/dense.js";
import { ArrowColumn, type Column, Frame } from "../../src/elements/frame.js";
import { NullableArray } from "../../src/elements/nullable.js";
import { StringArray } from "../../src/elements/strings.js";
import { AtsError } from "../../src/errors.js";
import { openParquet } from "../../src/storage/parquet.js";
import { writeParquet } from "../../src/storage/parquet-write.js";

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "ats-table-"));
  file = join(folder, "t.parquet");
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const failsWith = (code: string) => expect.objectContaining({ name: "AtsError", code });

/** Half floats by their bits, in the array that this runtime has for them. */
function halves(rows: number): DenseArray {
  const data = allocate("float16", rows);
  new Uint16Array(data.buffer).forEach((_, i, bits) => {
    bits[i] = 15360 + (i % 1024);
  });
  return new DenseArray("float16", [rows], data);
}

function frame(rows = 1000): Frame {
  const texts = (prefix: string) => Array.from({ length: rows }, (_, i) => (i % 9 === 0 ? null : `${prefix}${i % 77}`));
  const columns = new Map<string, Column>([
    ["text", new StringArray(texts("ü"))],
    [
      "group",
      new Categorical(
        Int8Array.from({ length: rows }, (_, i) => (i % 4) - 1),
        new StringArray(["c", "a", "b", "unused"]),
        true,
      ),
    ],
    [
      "cluster",
      new Categorical(
        Int8Array.from({ length: rows }, (_, i) => i % 3),
        new DenseArray("int64", [4], BigInt64Array.of(7n, 2n ** 62n, -1n, 0n)),
      ),
    ],
    [
      "value",
      new DenseArray(
        "float64",
        [rows],
        Float64Array.from({ length: rows }, (_, i) => Math.sqrt(i)),
      ),
    ],
    ["half", halves(rows)],
    [
      "flag",
      new DenseArray(
        "bool",
        [rows],
        Uint8Array.from({ length: rows }, (_, i) => i % 2),
      ),
    ],
    [
      "count",
      new NullableArray(
        new DenseArray(
          "uint32",
          [rows],
          Uint32Array.from({ length: rows }, (_, i) => (i % 5 === 0 ? 0 : 4e9)),
        ),
        Uint8Array.from({ length: rows }, (_, i) => (i % 5 === 0 ? 1 : 0)),
      ),
    ],
  ]);
  return new Frame(new StringArray(Array.from({ length: rows }, (_, i) => `row${i}`)), columns, "cell");
}

const read = async () => (await openParquet(file, "t")).read();

describe("tables of ours", () => {
  it.each([0, 1, 1000, 70_000])("read as they were written, with %i rows", async (rows) => {
    const written = frame(rows);
    await writeParquet(file, written);
    const table = await openParquet(file, "t");
    expect([table.length, table.indexName, table.columnNames]).toEqual([rows, "cell", [...written.columns.keys()]]);
    const back = await table.read();
    expect(isDeepStrictEqual(back.index, written.index)).toBe(true);
    for (const [name, column] of written.columns)
      expect(isDeepStrictEqual(back.columns.get(name), column), name).toBe(true);
  });

  it("read only what is asked for: other columns may be damaged", async () => {
    await writeParquet(file, frame());
    const bytes = readFileSync(file);
    bytes.fill(0xff, 4, 300);
    writeFileSync(file, bytes);
    await expect(read()).rejects.toEqual(failsWith("CORRUPT"));
    const value = (await (await openParquet(file, "t")).read(["value"])).columns.get("value");
    expect(value).toEqual(frame().columns.get("value"));
  });

  it("keep dates and durations", async () => {
    const vector = vectorFromArray([new Date(0), null, new Date(86_400_000)]);
    const index = new StringArray(["a", "b", "c"]);
    await writeParquet(file, new Frame(index, new Map([["day", new ArrowColumn(vector)]])));
    const column = (await read()).columns.get("day") as ArrowColumn;
    expect([...column.vector].map((day) => (day === null ? null : Number(day)))).toEqual([0, null, 86_400_000]);
  });

  it("refuse what Parquet has no type for, naming the column", async () => {
    const complex = new DenseArray("complex64", [1], new Float32Array(2));
    const odd = new Frame(new StringArray(["a"]), new Map([["z", complex]]));
    await expect(writeParquet(file, odd)).rejects.toEqual(failsWith("UNSUPPORTED"));
    await expect(writeParquet(file, odd)).rejects.toThrow('"z"');
  });

  it("are not read with an unknown column, nor after they were replaced", async () => {
    await writeParquet(file, frame());
    const table = await openParquet(file, "t");
    await expect(table.read(["nope"])).rejects.toEqual(failsWith("INVALID_ARGUMENT"));
    rmSync(file);
    await writeParquet(file, frame(10));
    await expect(table.read()).rejects.toEqual(failsWith("STALE"));
  });

  it("stop reading on abort with the signal's reason", async () => {
    await writeParquet(file, frame());
    const table = await openParquet(file, "t");
    const reason = new Error("enough");
    await expect(table.read(undefined, undefined, { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
  });
});

function lengthened(bytes: Buffer): Buffer {
  bytes.writeUInt32LE(0x7fffffff, bytes.length - 8);
  return bytes;
}

describe("damaged tables", () => {
  it.each([
    ["empty", () => Buffer.alloc(0)],
    ["too short", (bytes: Buffer) => bytes.subarray(0, 11)],
    ["cut at the end", (bytes: Buffer) => bytes.subarray(0, -1)],
    ["without a footer", (bytes: Buffer) => bytes.subarray(0, bytes.length / 2)],
    ["with a footer beyond the file", lengthened],
    [
      "with a footer of zeros",
      (bytes: Buffer) => bytes.fill(0, bytes.length - 8 - bytes.readUInt32LE(bytes.length - 8), bytes.length - 8),
    ],
  ])("are CORRUPT when %s", async (_, damage) => {
    await writeParquet(file, frame());
    writeFileSync(file, damage(readFileSync(file)));
    await expect(read()).rejects.toEqual(failsWith("CORRUPT"));
  });

  it("are UNSAFE_PATH behind a link, and NOT_FOUND where there is none", async () => {
    await expect(read()).rejects.toEqual(failsWith("NOT_FOUND"));
    await writeParquet(join(folder, "other"), frame(3));
    symlinkSync(join(folder, "other"), file);
    await expect(read()).rejects.toEqual(failsWith("UNSAFE_PATH"));
  });

  it("give a typed error or a table of the same length, whatever bytes are flipped", async () => {
    await writeParquet(file, frame(300));
    const good = readFileSync(file);
    let state = 12345;
    const random = (n: number) => {
      state = (Math.imul(state, 1103515245) + 12345) >>> 0;
      return Math.floor((state / 2 ** 32) * n);
    };
    let refused = 0;
    for (let mutant = 0; mutant < 400; mutant++) {
      const bytes = Buffer.from(good);
      const tail = mutant % 2 === 0 ? bytes.length : 1200;
      for (let flips = 1 + random(3); flips > 0; flips--) bytes[bytes.length - 1 - random(tail)]! ^= 1 << random(8);
      writeFileSync(file, bytes);
      try {
        const table = await openParquet(file, "t");
        expect((await table.read()).length).toBe(table.length);
      } catch (error) {
        expect(AtsError.is(error), String(error instanceof Error ? error.stack : error)).toBe(true);
        refused++;
      }
    }
    expect(refused).toBeGreaterThan(100);
  });
});
