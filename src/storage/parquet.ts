/** Data frames in Parquet files, as pandas writes and reads them: opened by their footer, read by column and by row. */
import { allocate } from "../dtype.js";
import { DenseArray } from "../elements/dense.js";
import { type Column, Frame } from "../elements/frame.js";
import { takeColumn } from "../elements/take-column.js";
import { AtsError } from "../errors.js";
import { type AxisSelection, isWholeAxis } from "../selection/axis.js";
import { type FileIdentity, type FileSource, withFile } from "./file-source.js";
import { isPlainColumn, planColumn } from "./parquet-columns.js";
import { type ParquetColumn, type ParquetFooter, type ParquetLeaf, readFooter } from "./parquet-footer.js";
import { pagesOf, type Wanted } from "./parquet-pages.js";
import { type PandasMetadata, type PandasRange, parsePandas } from "./parquet-pandas.js";
import { readColumnsThroughWasm } from "./parquet-wasm.js";
import type { ReadOptions, TableNode } from "./types.js";
import { wantedRows } from "./wanted-rows.js";

export interface OpenParquetOptions extends ReadOptions {
  readonly maxMetadataBytes?: number | undefined;
}

/**
 * Opens the table at `file`, reading its footer only; `path` is its name within the store. `NOT_FOUND`, `CORRUPT`, `UNSAFE_PATH`,
 * `LIMIT_EXCEEDED`, and `UNSUPPORTED` for an index of several levels. Later reads are `STALE` once the file was replaced.
 */
export function openParquet(file: string, path: string, options: OpenParquetOptions = {}): Promise<ParquetTable> {
  return withFile(file, undefined, async (source) => {
    const footer = await readFooter(source, options.maxMetadataBytes ?? 64 << 20);
    return new ParquetTable(file, path, footer, source);
  });
}

const COLUMNS_AT_ONCE = 4;

/** The names that an index is kept under where no pandas metadata tells. */
const INDEX_FIELDS = ["__index_level_0__", "_index"];

/** A Parquet file as a table node. */
export class ParquetTable implements TableNode {
  readonly kind = "table";
  readonly attributes = {};
  readonly path: string;
  readonly length: number;
  readonly columnNames: readonly string[];
  readonly indexName: string | null;
  readonly #file: string;
  readonly #identity: FileIdentity;
  readonly #footer: ParquetFooter;
  readonly #pandas: PandasMetadata | undefined;
  /** The field that holds the index, three numbers that stand for it, or undefined for 0, 1, 2, …. */
  readonly #index: string | PandasRange | undefined;

  constructor(file: string, path: string, footer: ParquetFooter, source: FileSource) {
    this.path = path;
    this.length = footer.rows;
    this.#file = file;
    this.#identity = source.identity;
    this.#footer = footer;
    this.#pandas = parsePandas(footer.metadata.get("pandas"), file);
    this.#index = this.#findIndex();
    this.columnNames = footer.columns.map(({ name }) => name).filter((name) => name !== this.#index);
    this.indexName = this.#nameOfIndex();
  }

  /** `INVALID_ARGUMENT` for a column that the table does not have. An abort takes effect between pages. */
  async read(columns?: readonly string[], rows?: AxisSelection, options: ReadOptions = {}): Promise<Frame> {
    options.signal?.throwIfAborted();
    const names = columns ?? this.columnNames;
    const unknown = names.find((name) => !this.columnNames.includes(name));
    if (unknown !== undefined) {
      throw new AtsError("INVALID_ARGUMENT", `${this.#file} has no column "${unknown}".`, { path: this.#file });
    }
    const selection = rows === undefined || isWholeAxis(rows, this.length) ? undefined : rows;
    const fields = typeof this.#index === "string" ? [this.#index, ...names] : names;
    const read = await this.#readFields(new Set(fields), selection, options);
    const index = typeof this.#index === "string" ? (read.get(this.#index) as Column) : this.#rangeIndex(selection);
    return new Frame(index, new Map(names.map((name) => [name, read.get(name) as Column])), this.indexName);
  }

  async storedBytes(): Promise<number> {
    return Number(this.#identity.size);
  }

  #findIndex(): string | PandasRange | undefined {
    const has = (name: string) => this.#footer.columns.some((column) => column.name === name);
    if (this.#pandas === undefined) return INDEX_FIELDS.find(has);
    const [first, ...more] = this.#pandas.index;
    if (more.length > 0) {
      throw new AtsError("UNSUPPORTED", `${this.#file} has an index of several levels; reset it to columns.`, {
        path: this.#file,
      });
    }
    if (typeof first === "string" && !has(first)) {
      throw new AtsError("CORRUPT", `${this.#file} lacks its index column "${first}".`, { path: this.#file });
    }
    return first;
  }

  #nameOfIndex(): string | null {
    if (this.#index === undefined || this.#pandas === undefined) return null;
    if (typeof this.#index !== "string") return this.#index.name;
    const entry = this.#pandas.columns.get(this.#index);
    return entry === undefined ? (INDEX_FIELDS.includes(this.#index) ? null : this.#index) : entry.name;
  }

  #rangeIndex(rows: AxisSelection | undefined): DenseArray {
    const { start, step } = (this.#index as PandasRange | undefined) ?? { start: 0, step: 1 };
    const data = allocate("int64", this.length);
    for (let i = 0; i < data.length; i++) data[i] = BigInt(start + i * step);
    const index = new DenseArray("int64", [this.length], data);
    return rows === undefined ? index : (takeColumn(index, rows) as DenseArray);
  }

  #readFields(
    names: ReadonlySet<string>,
    rows: AxisSelection | undefined,
    options: ReadOptions,
  ): Promise<Map<string, Column>> {
    return withFile(this.#file, this.#identity, async (source) => {
      const wanted = wantedRows(rows);
      const columns = this.#footer.columns.filter(({ name }) => names.has(name));
      const isPlain = (column: ParquetColumn): column is PlainColumn =>
        isPlainColumn(this.#footer, column.name, column.leaf);
      const read = await this.#readPlain(source, columns.filter(isPlain), wanted, options);
      const rest = columns.filter((column) => !isPlain(column)).map(({ name }) => name);
      if (rest.length > 0)
        for (const [name, column] of await readColumnsThroughWasm(source, rest, this.#pandas?.columns))
          read.set(name, column);
      if (rows !== undefined) for (const [name, column] of read) read.set(name, takeColumn(column, rows));
      return read;
    });
  }

  /** While one column's bytes are read or decompressed on another thread, those of the next one are decoded. */
  async #readPlain(
    source: FileSource,
    columns: readonly PlainColumn[],
    wanted: Wanted,
    options: ReadOptions,
  ): Promise<Map<string, Column>> {
    const read = new Map<string, Column>();
    const queue = columns.values();
    const workers = Array.from({ length: COLUMNS_AT_ONCE }, async () => {
      for (const column of queue) read.set(column.name, await this.#readColumn(source, column, wanted, options));
    });
    // Nobody may still read when the file is closed.
    for (const outcome of await Promise.allSettled(workers)) {
      if (outcome.status === "rejected") throw outcome.reason;
    }
    return read;
  }

  async #readColumn(source: FileSource, column: PlainColumn, wanted: Wanted, options: ReadOptions): Promise<Column> {
    const { name, leaf } = column;
    const path = `${this.#file}: column "${name}"`;
    const plan = planColumn(leaf, this.length, path, this.#pandas?.columns.get(name), this.#footer.createdBy);
    let base = 0;
    for (const { rows, chunks } of this.#footer.rowGroups) {
      options.signal?.throwIfAborted();
      const chunk = chunks.get(name);
      const some = rows > 0 && wanted(base, rows);
      if (chunk !== undefined && (some || plan.allDictionaries)) {
        const bytes = await source.read(chunk.start, some ? chunk.bytes : chunk.dictionaryBytes);
        const start = base;
        const pages = { chunk, leaf, rows, bytes, path, signal: options.signal };
        for await (const page of pagesOf(pages, (first, n) => wanted(start + first, n))) plan.sink.page(page, base);
      }
      base += rows;
    }
    return plan.finish();
  }
}

type PlainColumn = ParquetColumn & { readonly leaf: ParquetLeaf };
