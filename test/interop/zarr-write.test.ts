/** What our Zarr writer writes, as zarr-python and zarrita read it. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { FileSystemStore } from "@zarrita/storage";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import * as zarrita from "zarrita";
import { DenseArray, sizeOf } from "../../src/elements/dense.js";
import { RecordArray } from "../../src/elements/record.js";
import { StringArray } from "../../src/elements/strings.js";
import { numpyTypeString } from "../../src/numpy-codes.js";
import type { GroupWriter, NewArray, StoredValue } from "../../src/storage/types.js";
import { zarrTreeWriter } from "../../src/storage/zarr-write.js";
import { writeContext, ZarrWriteSession } from "../../src/storage/zarr-write-session.js";
import { directorySink, type FileSink } from "../../src/storage/zarr-write-sink.js";
import { zarr2Dialect } from "../../src/storage/zarr-write-v2.js";
import { zarr3Dialect } from "../../src/storage/zarr-write-v3.js";
import { zipSink } from "../../src/storage/zip-write.js";
import { numbers, numpyDTypes } from "./numbers.js";
import { runPython } from "./python.js";

const CUTS: Readonly<Record<string, Partial<NewArray>>> = {
  whole: {},
  chunked: { chunks: [3, 2], shards: [] },
  sharded: { chunks: [2, 2], shards: [4, 4] },
};

interface Written {
  readonly path: string;
  readonly options: NewArray;
  readonly value: StoredValue;
}

/** One array of each type and cut, of strings, records, scalars, empty ones. */
function samples(): Written[] {
  const all: Written[] = [];
  for (const dtype of numpyDTypes) {
    for (const [cut, options] of Object.entries(CUTS)) {
      const value = numbers(dtype, [7, 5]);
      all.push({ path: `${dtype}-${cut}`, options: { dtype, shape: [7, 5], ...options }, value });
    }
    all.push({ path: `${dtype}-scalar`, options: { dtype, shape: [] }, value: numbers(dtype, []) });
    all.push({ path: `${dtype}-empty`, options: { dtype, shape: [0, 3] }, value: numbers(dtype, [0, 3]) });
  }
  const texts = new StringArray(["", "a", "naïve", "日本", "🧬", "x".repeat(300), "end"]);
  all.push({ path: "strings", options: { dtype: "string", shape: [7], chunks: [3], shards: [] }, value: texts });
  all.push({
    path: "strings-sharded",
    options: { dtype: "string", shape: [7], chunks: [2], shards: [4] },
    value: texts,
  });
  all.push({ path: "string", options: { dtype: "string", shape: [] }, value: new StringArray(["über"], []) });
  all.push({ path: "no-strings", options: { dtype: "string", shape: [0] }, value: new StringArray([], [0]) });
  const fields = [
    { name: "a", dtype: "int32" },
    { name: "ok", dtype: "bool" },
    { name: "b", dtype: "float64" },
    { name: "s", dtype: "string", characters: 3 },
  ] as const;
  const records = new RecordArray(
    new Map<string, DenseArray | StringArray>([
      ["a", new DenseArray("int32", [3], Int32Array.of(1, -2, 3))],
      ["ok", new DenseArray("bool", [3], Uint8Array.of(1, 0, 1))],
      ["b", new DenseArray("float64", [3], Float64Array.of(0.5, -1, 1e300))],
      ["s", new StringArray(["ab", "", "ü🧬z"])],
    ]),
    3,
  );
  all.push({ path: "records", options: { dtype: { fields }, shape: [3], chunks: [2] }, value: records });
  return all;
}

/** Writes `value` in the blocks that its writer asks for: as a whole where there is one dimension, else by rows of the grid. */
async function writeBlocks(root: GroupWriter, { path, options, value }: Written): Promise<void> {
  const writer = await root.array(path, { ...options, attributes: { "encoding-type": "array" } });
  if (!(value instanceof DenseArray) || value.shape.length < 2)
    return writer.write(
      value.shape.map(() => 0),
      value,
    );
  const [rows, columns] = value.shape as [number, number];
  const step = writer.chunks[0] as number;
  const lanes = value.data.length / Math.max(1, rows * columns);
  for (let start = 0; start < rows; start += step) {
    const count = Math.min(step, rows - start);
    const data = value.data.slice(start * columns * lanes, (start + count) * columns * lanes);
    await writer.write([start, 0], new DenseArray(value.dtype, [count, columns], data as never));
  }
}

const ROOT = { "encoding-type": "anndata", big: 2n ** 62n, list: ["ß", 1.5, null, true] };

async function writeTree(sink: FileSink, zarrFormat: 2 | 3, context = writeContext(2)): Promise<void> {
  const dialect =
    zarrFormat === 2 ? zarr2Dialect({ codec: "blosc-lz4", fill: "zero", shuffle: 1 }) : zarr3Dialect("zstd:1");
  const tree = zarrTreeWriter(new ZarrWriteSession(sink, dialect, context), ROOT);
  const group = await tree.root.group("group", { "encoding-type": "dict" });
  await group.group("inner");
  await group.array("null", { dtype: "bool", shape: [], empty: true, attributes: { "encoding-type": "null" } });
  for (const sample of samples()) await writeBlocks(tree.root, sample);
  await tree.end();
}

interface Read {
  readonly attributes: Record<string, unknown>;
  readonly consolidated: boolean;
  readonly listed: readonly string[];
  readonly members: Record<
    string,
    { attributes: unknown; shape?: readonly number[]; dtype?: string; values?: unknown }
  >;
}

function expected({ value }: Written): { shape: readonly number[]; dtype: string; values: unknown } {
  if (value instanceof StringArray) return { shape: value.shape, dtype: "string", values: value.values };
  if (value instanceof DenseArray) {
    const { buffer, byteOffset, byteLength } = value.data;
    const dtype = numpyTypeString(value.dtype) as string;
    const bytes = sizeOf(value.shape) === 0 ? Buffer.alloc(0) : Buffer.from(buffer, byteOffset, byteLength);
    return { shape: value.shape, dtype, values: bytes.toString("base64") };
  }
  const rows = [
    [1, true, 0.5, "ab"],
    [-2, false, -1, ""],
    [3, true, 1e300, "ü🧬z"],
  ];
  return { shape: [3], dtype: "record", values: rows };
}

let folder: string;
const stores = ["2.zarr", "3.zarr", "2.zarr.zip", "3.zarr.zip"];
const read = new Map<string, Read>();

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "ats-zarr-write-"));
  for (const name of stores) {
    const zarrFormat = Number(name[0]) as 2 | 3;
    const path = join(folder, name);
    if (!name.endsWith(".zip")) {
      await writeTree(directorySink(path), zarrFormat);
      continue;
    }
    const context = writeContext(2);
    const sink = await zipSink(path, context);
    await writeTree(sink, zarrFormat, context);
    await sink.end();
  }
  const lines = (await runPython("zarr_describe.py", ...stores.map((name) => join(folder, name)))).trim().split("\n");
  lines.forEach((line, i) => {
    read.set(stores[i] as string, JSON.parse(line) as Read);
  });
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe.each(stores)("zarr-python reading %s", (name) => {
  it("finds every node, with and without the consolidated metadata", () => {
    const { consolidated, listed, members } = read.get(name) as Read;
    const paths = [...samples().map(({ path }) => path), "group", "group/inner", "group/null"].sort();
    expect(consolidated).toBe(true);
    expect(Object.keys(members).sort()).toEqual(paths);
    expect(listed).toEqual(paths);
  });

  it("reads attributes as they were, wide integers exactly", () => {
    const { attributes, members } = read.get(name) as Read;
    expect({ ...attributes, big: undefined }).toEqual({ ...ROOT, big: undefined });
    expect(members["group/null"]).toMatchObject({ attributes: { "encoding-type": "null" }, shape: [], dtype: "|b1" });
  });

  it.each(samples().map((sample) => [sample.path, sample] as const))("reads %s as it was written", (path, sample) => {
    expect(read.get(name)?.members[path]).toMatchObject(expected(sample));
  });
});

describe.each([2, 3] as const)("zarrita reading version %i", (version) => {
  const readable = numpyDTypes.filter((dtype) => !dtype.startsWith("complex") && dtype !== "float16");

  const open = (path: string) => {
    const location = zarrita.root(new FileSystemStore(join(folder, `${version}.zarr`))).resolve(path);
    return version === 2 ? zarrita.open.v2(location, { kind: "array" }) : zarrita.open.v3(location, { kind: "array" });
  };

  it.each(readable)("reads %s, whole, chunked and sharded", async (dtype) => {
    for (const cut of Object.keys(CUTS)) {
      const { data } = await zarrita.get(await open(`${dtype}-${cut}`));
      const { values } = expected({ path: "", options: {} as never, value: numbers(dtype, [7, 5]) });
      const bytes = dtype === "bool" ? Buffer.from(Array.from(data as Iterable<boolean>, Number)) : bytesOf(data);
      expect(bytes.toString("base64")).toBe(values);
    }
    expect((await open(`${dtype}-empty`)).shape).toEqual([0, 3]);
  });
});

function bytesOf(data: unknown): Buffer {
  const { buffer, byteOffset, byteLength } = data as Uint8Array;
  return Buffer.from(buffer, byteOffset, byteLength);
}
