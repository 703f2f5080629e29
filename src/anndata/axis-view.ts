/** One axis of a view: a chain of selectors that is resolved when something is read. */
import type { LazyFrame } from "../elements/lazy.js";
import type { AxisSelection } from "../selection/axis.js";
import { wholeAxis } from "../selection/axis.js";
import { compose } from "../selection/compose.js";
import type { NameOptions } from "../selection/names.js";
import { type AxisSelector, neededColumns, normalizeSelection } from "../selection/normalize.js";
import { resolveSelection } from "../selection/resolve.js";
import { isIndexName, unknownColumn } from "../selection/table.js";
import type { ReadOptions } from "../storage/types.js";

export type AxisName = "obs" | "var";

/** A selection of an axis of the store. Resolving it reads the index and the columns that its predicates name, and nothing else. */
export class AxisView {
  readonly axis: AxisName;
  /** The table of the whole axis. */
  readonly frame: LazyFrame;
  readonly #parent: AxisView | null;
  readonly #selector: AxisSelector | undefined;
  readonly #options: NameOptions;
  #selection: AxisSelection | undefined;

  private constructor(
    axis: AxisName,
    frame: LazyFrame,
    parent: AxisView | null,
    selector?: AxisSelector,
    options: NameOptions = {},
  ) {
    this.axis = axis;
    this.frame = frame;
    this.#parent = parent;
    this.#selector = selector;
    this.#options = options;
  }

  /** The whole axis. */
  static whole(axis: AxisName, frame: LazyFrame): AxisView {
    const view = new AxisView(axis, frame, null);
    view.#selection = wholeAxis(frame.length);
    return view;
  }

  /** The positions on the store's axis, where they are known without reading. */
  get selection(): AxisSelection | undefined {
    return this.#selection;
  }

  /** Selects within this view; what needs no columns is checked and resolved at once. */
  select(selector: AxisSelector | undefined, options: NameOptions = {}): AxisView {
    if (selector === undefined) return this;
    const view = new AxisView(this.axis, this.frame, this, selector, options);
    const needsFrame = neededColumns(selector, this.axis).frame;
    if (!needsFrame && this.#selection !== undefined) {
      const table = { axis: this.axis, length: this.#selection.count, frame: null };
      view.#selection = compose(this.#selection, normalizeSelection(selector, table, options));
    }
    return view;
  }

  /** The positions on the store's axis; `NOT_FOUND` for unknown names and columns. Read once, then kept. */
  async resolve(options: ReadOptions = {}): Promise<AxisSelection> {
    if (this.#selection !== undefined) return this.#selection;
    const outer = await (this.#parent as AxisView).resolve(options);
    const needed = neededColumns(this.#selector as AxisSelector, this.axis);
    const columns = needed.columns.filter((name) => this.#isColumn(name));
    const frame = needed.frame ? await this.frame.readFrame(columns, this.#rows(outer), options) : null;
    const table = { axis: this.axis, length: outer.count, frame };
    const inner = await resolveSelection(this.#selector, table, { ...this.#options, signal: options.signal });
    this.#selection = compose(outer, inner);
    return this.#selection;
  }

  #rows(outer: AxisSelection): AxisSelection | undefined {
    return this.#parent?.isWhole ? undefined : outer;
  }

  /** Whether nothing was selected yet. */
  get isWhole(): boolean {
    return this.#parent === null;
  }

  #isColumn(name: string): boolean {
    if (this.frame.columnNames.includes(name)) return true;
    if (isIndexName(name, this.frame.indexName)) return false;
    throw unknownColumn(this.axis, name, this.frame.columnNames);
  }
}
