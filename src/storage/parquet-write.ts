/** Writes a frame as a Parquet file that `pd.read_parquet` gives back equal: index and its name, dtypes, categories with their order. */
import { type FileHandle, open } from "node:fs/promises";
import { promisify } from "node:util";
import { gzip } from "node:zlib";
import { DenseArray } from "../elements/dense.js";
import type { Column, Frame } from "../elements/frame.js";
import { formatArrowSchema } from "./arrow-schema.js";
import { fileError } from "./file-source.js";
import { CODEC } from "./parquet-codecs.js";
import { PHYSICAL } from "./parquet-footer.js";
import { encodeLevels } from "./parquet-hybrid.js";
import { type LeafWriter, leafOf, schemaElement } from "./parquet-leaves.js";
import { ENCODING } from "./parquet-pages.js";
import { formatPandas, type PandasColumn, type PandasRange, WRITER } from "./parquet-pandas.js";
import { type ThriftField, writeStruct } from "./parquet-thrift.js";
import type { ReadOptions } from "./types.js";

const ROWS_PER_GROUP = 1 << 20;
const ROWS_PER_PAGE = 1 << 16;
/** Compression that saves less than this is not worth its time on reading. */
const WORTH = 0.9;
const UNNAMED = "__index_level_0__";

const compress = promisify(gzip) as unknown as (bytes: Uint8Array, options: { level: number }) => Promise<Uint8Array>;

/** A column, its name in the file and how it is stored. */
interface Leaf {
  readonly field: string;
  readonly name: string | null;
  readonly column: Column;
  readonly leaf: LeafWriter;
}

/**
 * Writes `frame` to the new file `path` and gives its size in bytes. `UNSUPPORTED`, naming the column, for types that Parquet has not; an
 * abort takes effect between pages and leaves the unfinished file to the caller. Not synced: that is the durability's part.
 */
export async function writeParquet(path: string, frame: Frame, options: ReadOptions = {}): Promise<number> {
  const index = rangeOf(frame) ?? indexField(frame);
  const leaves = [...frame.columns].map(([name, column]) => ({
    field: name,
    name,
    column,
    leaf: leafOf(name, column),
  }));
  const all: Leaf[] = [...leaves];
  if (typeof index === "string") {
    all.push({ field: index, name: frame.indexName, column: frame.index, leaf: leafOf(index, frame.index) });
  }
  try {
    const handle = await open(path, "wx");
    try {
      return await new ParquetWriter(handle, all, options).write(frame.length, index);
    } finally {
      await handle.close();
    }
  } catch (cause) {
    if (options.signal?.aborted) throw options.signal.reason;
    throw fileError(cause, path);
  }
}

function indexField(frame: Frame): string {
  return frame.indexName !== null && !frame.columns.has(frame.indexName) ? frame.indexName : UNNAMED;
}

/** An index of evenly spaced integers is a range, as pandas makes it by default. */
function rangeOf({ index, indexName }: Frame): PandasRange | undefined {
  if (!(index instanceof DenseArray) || index.dtype !== "int64") return undefined;
  const data = index.data as BigInt64Array;
  const step = data.length > 1 ? (data[1] as bigint) - (data[0] as bigint) : 1n;
  if (step === 0n) return undefined;
  for (let i = 1; i < data.length; i++) if ((data[i] as bigint) - (data[i - 1] as bigint) !== step) return undefined;
  const start = data[0] ?? 0n;
  const [first, stop, by] = [start, start + step * BigInt(data.length), step].map(Number);
  if (![first, stop, by].every(Number.isSafeInteger)) return undefined;
  return { kind: "range", name: indexName, start: first as number, stop: stop as number, step: by as number };
}

class ParquetWriter {
  #at = 0;

  constructor(
    private readonly handle: FileHandle,
    private readonly leaves: readonly Leaf[],
    private readonly options: ReadOptions,
  ) {}

  async write(rows: number, index: string | PandasRange): Promise<number> {
    await this.#put(Buffer.from("PAR1"));
    const groups: ThriftField[][] = [];
    let from = 0;
    do {
      groups.push(await this.#rowGroup(from, Math.min(rows, from + ROWS_PER_GROUP)));
      from += ROWS_PER_GROUP;
    } while (from < rows);
    const footer = writeStruct(this.#footer(rows, groups, index));
    const length = Buffer.alloc(4);
    length.writeUInt32LE(footer.length);
    await this.#put(Buffer.concat([footer, length, Buffer.from("PAR1")]));
    return this.#at;
  }

  async #rowGroup(from: number, to: number): Promise<ThriftField[]> {
    const chunks: ThriftField[][] = [];
    const start = this.#at;
    for (const leaf of this.leaves) chunks.push(await this.#chunk(leaf, from, to));
    return [
      [1, "structs", chunks],
      [2, "i64", this.#at - start],
      [3, "i64", to - from],
    ];
  }

  async #chunk({ field, leaf }: Leaf, from: number, to: number): Promise<ThriftField[]> {
    const start = this.#at;
    const pages = await this.#compressPages(leaf, from, to);
    const [first] = pages.list;
    const data = first === undefined || first.data ? start : start + first.header.length + first.body.length;
    for (const page of pages.list) {
      await this.#put(page.header);
      await this.#put(page.body);
    }
    const encodings =
      leaf.dictionary === undefined ? [ENCODING.PLAIN, ENCODING.RLE] : [0, ENCODING.RLE, ENCODING.RLE_DICTIONARY];
    const metadata: ThriftField[] = [
      [1, "i32", PHYSICAL.indexOf(leaf.physical)],
      [2, "i32s", encodings],
      [3, "binaries", [field]],
      [4, "i32", pages.codec],
      [5, "i64", to - from],
      [6, "i64", pages.list.reduce((sum, page) => sum + page.size + page.header.length, 0)],
      [7, "i64", this.#at - start],
      [9, "i64", data],
    ];
    if (leaf.dictionary !== undefined) metadata.push([11, "i64", start]);
    return [
      [2, "i64", start],
      [3, "struct", metadata],
    ];
  }

  async #compressPages(leaf: LeafWriter, from: number, to: number): Promise<{ codec: number; list: StoredPage[] }> {
    const raw: RawPage[] =
      leaf.dictionary === undefined ? [] : [{ data: false, rows: leaf.dictionary.count, bytes: leaf.dictionary.bytes }];
    let codec: number | undefined;
    const list: StoredPage[] = [];
    for (let at = from; at < to || list.length === 0; at += ROWS_PER_PAGE) {
      this.options.signal?.throwIfAborted();
      const end = Math.min(to, at + ROWS_PER_PAGE);
      raw.push({ data: true, rows: end - at, bytes: dataBytes(leaf, at, end) });
      if (codec === undefined) {
        const sample = (raw.at(-1) as RawPage).bytes;
        codec = (await compress(sample, { level: 1 })).length < sample.length * WORTH ? CODEC.GZIP : CODEC.UNCOMPRESSED;
      }
      for (const page of raw.splice(0)) list.push(await storePage(page, codec, leaf.dictionary !== undefined));
    }
    return { codec: codec ?? CODEC.UNCOMPRESSED, list };
  }

  #footer(rows: number, groups: ThriftField[][], index: string | PandasRange): ThriftField[] {
    const root: ThriftField[] = [
      [4, "binary", "schema"],
      [5, "i32", this.leaves.length],
    ];
    const pandas = formatPandas(index, this.leaves.map(pandasColumn));
    const arrow = formatArrowSchema(
      this.leaves.map(({ field, leaf }) => ({ name: field, ...leaf.arrow })),
      pandas,
    );
    const pair = (key: string, value: string): ThriftField[] => [
      [1, "binary", key],
      [2, "binary", value],
    ];
    return [
      [1, "i32", 2],
      [2, "structs", [root, ...this.leaves.map(({ field, leaf }) => schemaElement(field, leaf))]],
      [3, "i64", rows],
      [4, "structs", groups],
      [5, "structs", [pair("pandas", pandas), pair("ARROW:schema", arrow)]],
      [6, "binary", WRITER],
    ];
  }

  async #put(bytes: Uint8Array): Promise<void> {
    for (let done = 0; done < bytes.length; ) {
      done += (await this.handle.write(bytes, done, bytes.length - done, this.#at + done)).bytesWritten;
    }
    this.#at += bytes.length;
  }
}

interface RawPage {
  readonly data: boolean;
  readonly rows: number;
  readonly bytes: Uint8Array;
}

interface StoredPage {
  readonly data: boolean;
  readonly size: number;
  readonly header: Uint8Array;
  readonly body: Uint8Array;
}

/** Levels, where the column can have missing values, behind their length; then the values. */
function dataBytes(leaf: LeafWriter, from: number, to: number): Uint8Array {
  const values = leaf.values(from, to);
  if (!leaf.arrow.nullable) return values;
  const levels = encodeLevels(leaf.missing?.subarray(from, to), to - from);
  const length = Buffer.alloc(4);
  length.writeUInt32LE(levels.length);
  return Buffer.concat([length, levels, values]);
}

async function storePage(page: RawPage, codec: number, dictionary: boolean): Promise<StoredPage> {
  const body = codec === CODEC.GZIP ? await compress(page.bytes, { level: 1 }) : page.bytes;
  const details: ThriftField[] = [
    [1, "i32", page.rows],
    [2, "i32", page.data && dictionary ? ENCODING.RLE_DICTIONARY : ENCODING.PLAIN],
  ];
  if (page.data) details.push([3, "i32", ENCODING.RLE], [4, "i32", ENCODING.RLE]);
  const header = writeStruct([
    [1, "i32", page.data ? 0 : 2],
    [2, "i32", page.bytes.length],
    [3, "i32", body.length],
    [page.data ? 5 : 7, "struct", details],
  ]);
  return { data: page.data, size: page.bytes.length, header, body };
}

function pandasColumn({ field, name, column, leaf }: Leaf): PandasColumn {
  const categories = column.kind === "categorical" ? column.categories.length : null;
  const ordered = column.kind === "categorical" && column.ordered;
  return { field, name, ordered, categories, timezone: leaf.pandas.timezone ?? null, ...pick(leaf) };
}

function pick({ pandas: { pandasType, numpyType } }: LeafWriter): { pandasType: string; numpyType: string } {
  return { pandasType, numpyType };
}
