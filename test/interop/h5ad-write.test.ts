/** What our HDF5 writer writes, as h5py and anndata read it. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { DType } from "../../src/dtype.js";
import { DenseArray } from "../../src/elements/dense.js";
import { RecordArray } from "../../src/elements/record.js";
import { StringArray } from "../../src/elements/strings.js";
import { numpyTypeString } from "../../src/numpy-codes.js";
import { openHdf5Writer } from "../../src/storage/hdf5-write.js";
import type { Attributes, GroupWriter, NewArray, StoredValue } from "../../src/storage/types.js";
import { numbers, numpyDTypes } from "./numbers.js";
import { runPython } from "./python.js";

const CODECS = ["none", "gzip", "gzip:9", "lzf"];

interface Sample {
  readonly path: string;
  readonly options: NewArray;
  readonly value: StoredValue;
}

const TEXTS = new StringArray(["", "a", "naïve", "日本", "🧬", "x".repeat(70_000), "end"]);
const FIELDS = [
  { name: "a", dtype: "int32" },
  { name: "ok", dtype: "bool" },
  { name: "f", dtype: "float32", shape: [2] },
] as const;
const RECORDS = new Map<string, DenseArray | StringArray>([
  ["a", new DenseArray("int32", [3], Int32Array.of(1, -2, 3))],
  ["ok", new DenseArray("bool", [3], Uint8Array.of(1, 0, 1))],
  ["f", new DenseArray("float32", [3, 2], Float32Array.of(1, 2, 3, 4, 5, 6))],
]);

/** One array of each type and layout, of strings, records, scalars, empty ones. */
function samples(): Sample[] {
  const all: Sample[] = [];
  const add = (path: string, options: NewArray, value: StoredValue) => all.push({ path, options, value });
  for (const dtype of numpyDTypes) {
    for (const codec of CODECS) {
      add(`${dtype}-${codec}`, { dtype, shape: [7, 5], codec, chunks: [3, 2] }, numbers(dtype, [7, 5]));
    }
    add(`${dtype}-1d`, { dtype, shape: [1000], codec: "gzip", chunks: [64] }, numbers(dtype, [1000]));
    add(`${dtype}-scalar`, { dtype, shape: [], codec: "gzip" }, numbers(dtype, []));
    add(`${dtype}-empty`, { dtype, shape: [0, 3], codec: "gzip" }, numbers(dtype, [0, 3]));
  }
  add("cube", { dtype: "int64", shape: [5, 6, 7], codec: "gzip", chunks: [2, 4, 3] }, numbers("int64", [5, 6, 7]));
  for (const codec of CODECS) {
    add(`strings-${codec}`, { dtype: "string", shape: [7], codec, chunks: [3] }, TEXTS);
    add(`records-${codec}`, { dtype: { fields: FIELDS }, shape: [3], codec, chunks: [2] }, new RecordArray(RECORDS, 3));
    const fields = [...FIELDS, { name: "s", dtype: "string" }] as const;
    const texts = new Map([...RECORDS, ["s", new StringArray(["ab", "", "ü🧬z"])] as const]);
    add(`text-records-${codec}`, { dtype: { fields }, shape: [3], codec }, new RecordArray(texts, 3));
  }
  add("strings-2d", { dtype: "string", shape: [2, 2] }, new StringArray(["a", "b", "c", "ü"], [2, 2]));
  add("string", { dtype: "string", shape: [], codec: "gzip" }, new StringArray(["über"], []));
  add("no-strings", { dtype: "string", shape: [0], codec: "gzip" }, new StringArray([], [0]));
  add("bytes", { dtype: "string", shape: [], textBytes: 5 }, new StringArray(["raw"], []));
  add("missing-strings", { dtype: "string", shape: [3] }, new StringArray(["a", null, "c"]));
  return all;
}

const ATTRIBUTES: Attributes = {
  text: "über",
  none: null,
  yes: true,
  int: -3,
  wide: 2n ** 62n,
  unsigned: 2n ** 64n - 1n,
  half: 0.5,
  nan: Number.NaN,
  zero: -0,
  empty: [],
  texts: ["a", "", "日本"],
  ints: [1, 2, 3],
  wides: [1n, -(2n ** 63n)],
  floats: [1, 2.5],
  bools: [true, false],
  nested: [
    [1, 2],
    [3, 4],
    [5, 6],
  ],
  größe: 1,
};

async function writeSample(root: GroupWriter, { path, options, value }: Sample): Promise<void> {
  const writer = await root.array(path, { ...options, attributes: { "encoding-type": "array" } });
  const origin = value.shape.map(() => 0);
  if (!(value instanceof DenseArray) || value.shape.length !== 2) return writer.write(origin, value);
  // By rows that do not fit the chunks: each of them gets its values from several blocks.
  const [rows, columns] = value.shape as [number, number];
  const row = value.data.length / Math.max(1, rows);
  for (let start = 0; start < rows; start += 2) {
    const count = Math.min(2, rows - start);
    const data = value.data.slice(start * row, (start + count) * row);
    await writer.write([start, 0], new DenseArray(value.dtype, [count, columns], data as never));
  }
}

async function writeFile(path: string): Promise<void> {
  const writer = await openHdf5Writer(path, { attributes: ATTRIBUTES, takeChunks: true });
  const group = await writer.root.group("group", { "encoding-type": "dict", ...ATTRIBUTES });
  await group.group("größe 🧬");
  await group.array("null", { dtype: "float32", shape: [], empty: true, attributes: { "encoding-type": "null" } });
  const columns = Array.from({ length: 5000 }, (_, i) => `column ${i}`);
  await writer.root.group("wide", { "column-order": columns, "encoding-type": "dataframe" });
  const sparse = await writer.root.group("sparse", { "encoding-type": "csr_matrix" });
  for (const length of [0, 100]) {
    const part = await sparse.array(`data${length}`, { dtype: "float32", shape: [length] });
    await part.write([0], numbers("float32", [length]));
  }
  for (const sample of samples()) await writeSample(writer.root, sample);
  await writer.close();
}

interface Described {
  readonly attributes: Record<string, unknown>;
  readonly dtype?: unknown;
  readonly shape?: readonly number[] | null;
  readonly chunks?: readonly number[] | null;
  readonly maxshape?: readonly (number | null)[];
  readonly compression?: string | null;
  readonly shuffle?: boolean;
  readonly values?: unknown;
}

function numberType(dtype: DType): string {
  return numpyTypeString(dtype) as string;
}

function expectedOf({ value, options }: Sample): { shape: readonly number[]; dtype: unknown; values: unknown } {
  const { shape } = value;
  if (value instanceof StringArray) {
    const texts = value.values.map((text) => text ?? "");
    const dtype = options.textBytes === undefined ? "utf-8 of any" : `ascii of ${options.textBytes}`;
    return { shape, dtype, values: shape.length > 0 ? texts : texts[0] };
  }
  if (value instanceof RecordArray) {
    const rows = [
      ["1", true, "AACAPwAAAEA="],
      ["-2", false, "AABAQAAAgEA="],
      ["3", true, "AACgQAAAwEA="],
    ];
    const plain = { a: "<i4", ok: "|b1", f: ["<f4", [2]] };
    if (!value.fields.has("s")) return { shape, dtype: plain, values: rows };
    const texts = ["ab", "", "ü🧬z"].map((text) => ({ bytes: Buffer.from(text).toString("latin1") }));
    return { shape, dtype: { ...plain, s: "utf-8 of any" }, values: rows.map((row, i) => [...row, texts[i]]) };
  }
  const { buffer, byteOffset, byteLength } = value.data;
  const bytes = Buffer.from(buffer, byteOffset, byteLength).toString("base64");
  const dtype = numberType(value.dtype);
  return shape.length > 0 ? { shape, dtype, values: bytes } : { shape, dtype, values: expect.anything() };
}

let folder: string;
let read: Record<string, Described>;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "ats-h5ad-write-"));
  const path = join(folder, "all.h5");
  await writeFile(path);
  read = JSON.parse(await runPython("h5_describe.py", path)) as Record<string, Described>;
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe("h5py reading a file of ours", () => {
  it.each(samples().map((sample) => [sample.path, sample] as const))("reads %s as it was written", (path, sample) => {
    expect(read[path]).toMatchObject(expectedOf(sample));
  });

  it("finds the filters that were asked for, and none on scalars and empty arrays", () => {
    expect(read["float32-gzip:9"]).toMatchObject({ compression: "gzip", options: 9, shuffle: false, chunks: [3, 2] });
    expect(read["int32-gzip"]).toMatchObject({ compression: "gzip", options: 4, shuffle: true });
    expect(read["int32-lzf"]).toMatchObject({ compression: "lzf", shuffle: true });
    expect(read["strings-gzip"]).toMatchObject({ compression: "gzip", chunks: [3] });
    expect(read["int32-scalar"]).toMatchObject({ compression: null, chunks: null });
    expect(read["int32-empty"]).toMatchObject({ compression: null, chunks: null });
  });

  it("finds the parts of sparse matrices chunked and resizable, as anndata leaves them", () => {
    expect(read["sparse/data0"]).toMatchObject({ shape: [0], maxshape: [null] });
    expect(read["sparse/data100"]).toMatchObject({ shape: [100], maxshape: [null], chunks: [100], compression: null });
  });

  it("reads null as empty, of a group with a name beyond ASCII", () => {
    expect(read["group/null"]).toMatchObject({ shape: null, values: { empty: "<f4" } });
    expect(read).toHaveProperty(["group/größe 🧬"]);
  });

  it("reads attributes with the types that h5py itself gives them", () => {
    const text = (value: unknown, shape: number[] = []) => ({ dtype: "utf-8 of any", shape, value });
    const expected = {
      text: text("über"),
      none: { dtype: "<f4", shape: null, value: { empty: "<f4" } },
      yes: { dtype: "|b1", shape: [], value: true },
      int: { dtype: "<i8", shape: [], value: "-3" },
      wide: { dtype: "<i8", shape: [], value: String(2n ** 62n) },
      unsigned: { dtype: "<u8", shape: [], value: String(2n ** 64n - 1n) },
      half: { dtype: "<f8", shape: [], value: 0.5 },
      nan: { dtype: "<f8", shape: [], value: "nan" },
      zero: { dtype: "<f8", shape: [], value: -0 },
      empty: { dtype: "<f8", shape: [0], value: [] },
      texts: text(["a", "", "日本"], [3]),
      ints: { dtype: "<i8", shape: [3], value: ["1", "2", "3"] },
      wides: { dtype: "<i8", shape: [2], value: ["1", String(-(2n ** 63n))] },
      floats: { dtype: "<f8", shape: [2], value: [1, 2.5] },
      bools: { dtype: "|b1", shape: [2], value: [true, false] },
      nested: {
        dtype: "<i8",
        shape: [3, 2],
        value: [
          ["1", "2"],
          ["3", "4"],
          ["5", "6"],
        ],
      },
      größe: { dtype: "<i8", shape: [], value: "1" },
    };
    expect(read["/"]?.attributes).toEqual(expected);
    expect(read.group?.attributes).toEqual({ ...expected, "encoding-type": text("dict") });
  });

  it("reads attributes larger than 64 KiB", () => {
    const { value: names } = (read.wide as Described).attributes["column-order"] as { value: string[] };
    expect(names).toHaveLength(5000);
    expect(names[4999]).toBe("column 4999");
  });
});
