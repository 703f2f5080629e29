/** Arrays of strings that zarr-python writes are read as they are, and what we write zarr-python reads. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { sizeOf } from "../../src/elements/dense.js";
import { StringArray } from "../../src/elements/strings.js";
import { type StringLayout, type TextKind, writeStringArray } from "../../src/kernels/strings.js";
import type { ArrayNode } from "../../src/storage/types.js";
import { openZarrStorage } from "../../src/storage/zarr.js";
import { KvStore } from "../../src/tensorstore/kvstore.js";
import { type PythonServer, startPython } from "./python.js";

interface Case {
  readonly format: 2 | 3;
  /** numpy's, or `str` for strings of any length. */
  readonly dtype: string;
  readonly shape: readonly number[];
  readonly chunks: readonly number[];
  readonly shards?: readonly number[];
  readonly codec: string;
  readonly transposed?: boolean;
  readonly slashes?: boolean;
}

const CASES: readonly Case[] = [
  { format: 2, dtype: "str", shape: [1000], chunks: [100], codec: "blosc" },
  { format: 2, dtype: "str", shape: [101], chunks: [10], codec: "none" },
  { format: 2, dtype: "str", shape: [101], chunks: [10], codec: "zlib", slashes: true },
  { format: 2, dtype: "str", shape: [7, 5], chunks: [3, 2], codec: "gzip", transposed: true },
  { format: 2, dtype: "str", shape: [3, 4, 5], chunks: [2, 2, 2], codec: "bz2", slashes: true },
  { format: 2, dtype: "str", shape: [], chunks: [], codec: "zstd" },
  { format: 2, dtype: "str", shape: [0], chunks: [1], codec: "blosc" },
  { format: 2, dtype: "<U310", shape: [50], chunks: [7], codec: "blosc" },
  { format: 2, dtype: ">U310", shape: [5, 6], chunks: [2, 5], codec: "zstd", transposed: true },
  { format: 2, dtype: "|S320", shape: [50], chunks: [7], codec: "gzip" },
  { format: 2, dtype: "<U310", shape: [], chunks: [], codec: "none" },
  { format: 3, dtype: "str", shape: [1000], chunks: [100], codec: "zstd" },
  { format: 3, dtype: "str", shape: [101], chunks: [10], codec: "none" },
  { format: 3, dtype: "str", shape: [7, 5], chunks: [3, 2], codec: "blosc" },
  { format: 3, dtype: "str", shape: [7, 5], chunks: [3, 2], codec: "gzip+crc32c" },
  { format: 3, dtype: "str", shape: [], chunks: [], codec: "gzip" },
  { format: 3, dtype: "str", shape: [1000], chunks: [50], shards: [200], codec: "zstd" },
  { format: 3, dtype: "str", shape: [7, 9], chunks: [2, 2], shards: [4, 6], codec: "gzip+crc32c" },
  { format: 3, dtype: "<U310", shape: [50], chunks: [7], codec: "zstd" },
  { format: 3, dtype: ">U310", shape: [5, 6], chunks: [2, 5], codec: "gzip" },
  { format: 3, dtype: "|S320", shape: [50], chunks: [7], codec: "zstd" },
  { format: 3, dtype: "<U310", shape: [40], chunks: [5], shards: [20], codec: "none" },
];

const ALPHABET = ["", "a", "CD79A", "größer", "漢字", "😀 and 🧬", "a\0b", "x".repeat(300), "\n\t\"'", ""];

function texts(count: number): string[] {
  return Array.from({ length: count }, (_, i) =>
    i % 20 < 10 ? `${ALPHABET[i % 10]}${i}` : (ALPHABET[i % 10] as string),
  );
}

let folder: string;
let python: PythonServer;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "ats-strings-"));
  python = startPython("strings.py");
});

afterAll(async () => {
  await python.close();
  await rm(folder, { recursive: true });
});

async function readBack(store: string): Promise<StringArray> {
  const storage = await openZarrStorage(store);
  try {
    const node = (await storage.root.get("names")) as ArrayNode;
    return (await node.read()) as StringArray;
  } finally {
    await storage.close();
  }
}

/** The layout of a case, out of the metadata that zarr-python made of it. */
function layoutOf(one: Case, metadata: Metadata, store: KvStore): StringLayout {
  const common = { path: "names", store, shape: one.shape, chunks: one.chunks, fill: "", text: kindOf(one.dtype) };
  const order = one.transposed === true ? "F" : "C";
  if (one.format === 2) {
    const keys = { encoding: "v2", separator: metadata.dimension_separator ?? "." } as const;
    return { ...common, order, keys, codecs: { zarrFormat: 2, compressor: metadata.compressor ?? null } };
  }
  const keys = { encoding: "default", separator: "/" } as const;
  const outer = metadata.codecs?.[0];
  const sharding = outer?.name === "sharding_indexed" ? outer.configuration : undefined;
  const inner = sharding?.codecs ?? metadata.codecs ?? [];
  const codecs = inner.filter(({ name }) => BYTE_CODECS.includes(name));
  const shards = sharding && {
    shape: one.shards as readonly number[],
    indexLocation: sharding.index_location,
    indexCodecs: sharding.index_codecs as never,
  };
  // zarr-python stores >U as it likes, and says how.
  const endian = inner.find(({ name }) => name === "bytes")?.configuration?.endian ?? "little";
  const text = common.text.kind === "utf32" ? { ...common.text, endian } : common.text;
  return { ...common, text, order, keys, shards, codecs: { zarrFormat: 3, codecs: codecs as never } };
}

interface Codec {
  readonly name: string;
  readonly configuration?: {
    readonly codecs: readonly Codec[];
    readonly index_codecs: readonly Codec[];
    readonly index_location: "start" | "end";
    readonly endian?: "little" | "big";
  };
}

interface Metadata {
  readonly dimension_separator?: "." | "/";
  readonly compressor?: null;
  readonly codecs?: readonly Codec[];
}

const BYTE_CODECS = ["blosc", "gzip", "zstd", "crc32c"];

function kindOf(dtype: string): TextKind {
  const length = Number(dtype.slice(2));
  if (dtype === "str") return { kind: "vlen-utf8" };
  if (dtype.includes("S")) return { kind: "bytes", length };
  return { kind: "utf32", length, endian: dtype.startsWith(">") ? "big" : "little" };
}

describe.each(CASES)("Zarr $format of $dtype, $shape in $chunks and $shards, $codec", (one) => {
  const values = texts(sizeOf(one.shape));
  const title = `${one.format}-${one.dtype.replace(/\W/g, "")}-${one.shape.join("x")}-${one.codec}-${one.shards ?? ""}`;

  it("of zarr-python is read", async () => {
    const store = join(folder, `theirs-${title}`);
    await python.ask({ make: one, store, values });
    const read = await readBack(store);
    expect(read.shape).toEqual(one.shape);
    expect(read.values).toEqual(values);
  });

  it("of ours is read by zarr-python", async () => {
    const store = join(folder, `ours-${title}`);
    const metadata = await python.ask<Metadata>({ make: one, store, values: null });
    const kvstore = await KvStore.open({ driver: "file", path: `${store}/names/` });
    const block = { ...new StringArray(values, one.shape).utf8(), shape: one.shape };
    await writeStringArray({ ...layoutOf(one, metadata, kvstore), origin: one.shape.map(() => 0), block });
    expect(await python.ask({ read: store, format: one.format })).toEqual(values);
    expect((await readBack(store)).values).toEqual(values);
  });
});

it("chunks that zarr-python leaves out have the fill value", async () => {
  for (const format of [2, 3] as const) {
    const one: Case = { format, dtype: "str", shape: [40], chunks: [10], codec: "none" };
    const store = join(folder, `missing-${format}`);
    const values = texts(40).map((text, i) => (i < 30 ? "" : text));
    await python.ask({ make: one, store, values });
    expect((await readBack(store)).values).toEqual(values);
  }
});
