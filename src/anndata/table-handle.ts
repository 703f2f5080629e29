/** Handles of the tables of a view: `adata.obs`, `adata.var`, `adata.raw.var`. */
import type { Table } from "apache-arrow";
import { frameToArrow } from "../elements/arrow.js";
import { type PlainColumn, plainColumn } from "../elements/column.js";
import type { Frame } from "../elements/frame.js";
import type { LazyFrame } from "../elements/lazy.js";
import { execute } from "../plan/plan.js";
import { isIndexName, unknownColumn } from "../selection/table.js";
import { texts } from "../selection/text.js";
import type { ReadOptions } from "../storage/types.js";
import type { AxisView } from "./axis-view.js";
import { planReads } from "./read-plan.js";

/** Options of reading a table. */
export interface TableReadOptions extends ReadOptions {
  /** The columns to read; all where not given. The index always comes along. */
  readonly columns?: readonly string[] | undefined;
}

/** A table of a view, with one row per position of its axis. */
export class TableHandle {
  /** `obs`, `var` or `raw/var`. */
  readonly path: string;
  readonly #frame: LazyFrame;
  readonly #rows: AxisView;
  readonly #assertOpen: () => void;

  /** Made by {@link AnnData}; `rows` is the view's axis. */
  constructor(path: string, frame: LazyFrame, rows: AxisView, assertOpen: () => void) {
    this.path = path;
    this.#frame = frame;
    this.#rows = rows;
    this.#assertOpen = assertOpen;
  }

  /** The names of the columns, without the index. */
  get columnNames(): readonly string[] {
    return this.#frame.columnNames;
  }

  /** The name of the index, or null where it has none. */
  get indexName(): string | null {
    return this.#frame.indexName;
  }

  /** The number of rows; undefined where the view's selection is not resolved yet. */
  get length(): number | undefined {
    return this.#rows.selection?.count;
  }

  /**
   * Reads columns as an Arrow table. The index is a column too, under its own name (`_index` where it has none); the schema's metadata
   * names it under `index`. `NOT_FOUND` for an unknown column.
   */
  async read(options: TableReadOptions = {}): Promise<Table> {
    return frameToArrow(await this.readFrame(options));
  }

  /** Reads columns without Arrow. `NOT_FOUND` for an unknown column. */
  async readFrame({ columns, signal }: TableReadOptions = {}): Promise<Frame> {
    this.#assertOpen();
    signal?.throwIfAborted();
    const unknown = columns?.find((name) => !this.#frame.columnNames.includes(name));
    if (unknown !== undefined) throw unknownColumn(this.path, unknown, this.#frame.columnNames);
    const rows = this.#rows.isWhole ? undefined : await this.#rows.resolve({ signal });
    const request = { path: this.path, element: this.#frame, selection: [rows], columns };
    const [frame] = await execute(planReads([request]), { signal });
    return frame as Frame;
  }

  /** The names of the rows: the index as text. */
  async names(options: ReadOptions = {}): Promise<string[]> {
    const frame = await this.readFrame({ ...options, columns: [] });
    return Array.from(texts(frame.index), (name) => name ?? "");
  }

  /**
   * One column (or the index, by its name) as a typed array, or as plain values where it is not numeric or has missing ones, which are
   * null. `NOT_FOUND` where there is no such column.
   */
  async column(name: string, options: ReadOptions = {}): Promise<PlainColumn> {
    const isIndex = !this.columnNames.includes(name) && isIndexName(name, this.indexName);
    const frame = await this.readFrame({ ...options, columns: isIndex ? [] : [name] });
    return plainColumn(frame.columns.get(name) ?? frame.index);
  }
}
