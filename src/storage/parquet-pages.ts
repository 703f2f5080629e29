/** The pages of one column chunk, decompressed one after the other; pages that hold none of the wanted rows are skipped unread. */
import { setImmediate } from "node:timers/promises";
import { AtsError } from "../errors.js";
import { checkPageSize, decompress } from "./parquet-codecs.js";
import type { ColumnChunk, ParquetLeaf } from "./parquet-footer.js";
import { decodeHybrid } from "./parquet-hybrid.js";
import { ThriftReader, type ThriftStruct, type ThriftValue } from "./parquet-thrift.js";

/** Encodings by their number in the format, as far as they are decoded here. */
export const ENCODING = { PLAIN: 0, PLAIN_DICTIONARY: 2, RLE: 3, RLE_DICTIONARY: 8 } as const;

const PAGE = { DATA: 0, DICTIONARY: 2, DATA_V2: 3 } as const;

/** A decoded page. `bytes` holds the values in `encoding`. */
export type Page =
  | { readonly kind: "dictionary"; readonly count: number; readonly bytes: Uint8Array }
  | {
      readonly kind: "data";
      /** The row within the chunk of the page's first value. */
      readonly first: number;
      readonly rows: number;
      /** How many values are stored: the rows less those that are missing. */
      readonly present: number;
      /** 0 where the value is missing; undefined where none is. */
      readonly levels: Int32Array | undefined;
      readonly encoding: number;
      readonly bytes: Uint8Array;
    };

/** The chunk that pages are read from. */
export interface ChunkBytes {
  readonly chunk: ColumnChunk;
  readonly leaf: ParquetLeaf;
  readonly rows: number;
  readonly bytes: Uint8Array;
  readonly path: string;
  readonly signal?: AbortSignal | undefined;
}

/** Whether any wanted row lies in `first … first + rows`. */
export type Wanted = (first: number, rows: number) => boolean;

/** The chunk's pages in order. The event loop gets a turn every few milliseconds, and an abort takes effect there. */
export async function* pagesOf(source: ChunkBytes, wanted: Wanted): AsyncGenerator<Page> {
  const reader = new PageReader(source);
  let turn = performance.now();
  while (!reader.done) {
    const page = await reader.next(wanted);
    if (page !== undefined) yield page;
    if (performance.now() - turn > 8) {
      await setImmediate();
      source.signal?.throwIfAborted();
      turn = performance.now();
    }
  }
}

class PageReader {
  row = 0;
  #at = 0;

  constructor(private readonly source: ChunkBytes) {}

  /** Whether all rows were passed and the dictionary, or only the dictionary where no more than that was read. */
  get done(): boolean {
    const { bytes, chunk, rows } = this.source;
    if (this.row >= rows) return this.#at >= Math.min(chunk.dictionaryBytes, bytes.length);
    return bytes.length < chunk.bytes && this.#at >= bytes.length;
  }

  async next(wanted: Wanted): Promise<Page | undefined> {
    const { bytes, path } = this.source;
    const thrift = new ThriftReader(bytes, path, this.#at);
    const header = thrift.struct();
    const size = number(header.get(2), path);
    const compressed = number(header.get(3), path);
    checkPageSize(compressed, size, path);
    const body = bytes.subarray(thrift.position, thrift.position + compressed);
    if (body.length < compressed) throw this.#corrupt("ends inside a page");
    this.#at = thrift.position + compressed;
    const type = header.get(1);
    if (type === PAGE.DICTIONARY) return this.#dictionary(part(header, 7, path), body, size);
    if (type !== PAGE.DATA && type !== PAGE.DATA_V2) return undefined;
    const details = part(header, type === PAGE.DATA ? 5 : 8, path);
    const first = this.row;
    const rows = number(details.get(1), path);
    this.row += rows;
    if (rows < 0 || this.row > this.source.rows) throw this.#corrupt("has more values than rows");
    if (!wanted(first, rows)) return undefined;
    return type === PAGE.DATA ? this.#data(details, body, size, first) : this.#dataV2(details, body, size, first);
  }

  async #dictionary(details: ThriftStruct, body: Uint8Array, size: number): Promise<Page> {
    const { chunk, path } = this.source;
    const count = number(details.get(1), path);
    const bytes = await decompress(chunk.codec, body, size, path);
    if (count < 0 || count > bytes.length * 8) throw this.#corrupt("has a dictionary of absurd length");
    return { kind: "dictionary", count, bytes };
  }

  async #data(details: ThriftStruct, body: Uint8Array, size: number, first: number): Promise<Page> {
    const { chunk, leaf, path } = this.source;
    const rows = number(details.get(1), path);
    const bytes = await decompress(chunk.codec, body, size, path);
    const encoding = number(details.get(2), path);
    if (!leaf.optional) return this.#page(first, rows, undefined, encoding, bytes);
    if (number(details.get(3), path) !== ENCODING.RLE) {
      throw new AtsError(
        "UNSUPPORTED",
        `${path} has bit-packed levels; write it anew with a current Parquet library.`,
        { path },
      );
    }
    const length = bytes.length < 4 ? -1 : new DataView(bytes.buffer, bytes.byteOffset).getInt32(0, true);
    if (length < 0 || length > bytes.length - 4) throw this.#corrupt("has levels longer than their page");
    return this.#page(first, rows, bytes.subarray(4, 4 + length), encoding, bytes.subarray(4 + length));
  }

  async #dataV2(details: ThriftStruct, body: Uint8Array, size: number, first: number): Promise<Page> {
    const { chunk, leaf, path } = this.source;
    const levels = number(details.get(5), path) + number(details.get(6), path);
    if (levels < 0 || levels > body.length || levels > size) throw this.#corrupt("has levels longer than their page");
    const stored = body.subarray(levels);
    const packed = details.get(7) !== false && stored.length > 0;
    const bytes = await decompress(packed ? chunk.codec : 0, stored, size - levels, path);
    const encoding = number(details.get(4), path);
    return this.#page(
      first,
      number(details.get(1), path),
      leaf.optional ? body.subarray(0, levels) : undefined,
      encoding,
      bytes,
    );
  }

  #page(first: number, rows: number, levelBytes: Uint8Array | undefined, encoding: number, bytes: Uint8Array): Page {
    const levels = levelBytes && decodeHybrid(levelBytes, 1, rows, this.source.path);
    let present = rows;
    if (levels !== undefined) {
      present = 0;
      for (let i = 0; i < rows; i++) present += levels[i] as number;
    }
    return { kind: "data", first, rows, present, levels: present === rows ? undefined : levels, encoding, bytes };
  }

  #corrupt(what: string): AtsError {
    return new AtsError("CORRUPT", `${this.source.path} ${what}.`, { path: this.source.path });
  }
}

function part(header: ThriftStruct, id: number, path: string): ThriftStruct {
  const value = header.get(id);
  if (value instanceof Map) return value;
  throw new AtsError("CORRUPT", `${path} has a page without a header.`, { path });
}

function number(value: ThriftValue | undefined, path: string): number {
  if (typeof value === "number") return value;
  throw new AtsError("CORRUPT", `${path} has a page header that lacks a number.`, { path });
}
