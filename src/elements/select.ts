/** Selections of lazy elements: nothing is read, the selection waits for the read. */
import type { AxisSelection } from "../selection/axis.js";
import { composeOptional } from "../selection/compose.js";
import type { ReadOptions } from "../storage/types.js";
import type { ElementInfo, ElementSelection, LazyArray, LazyDict, LazyElement, LazyFrame } from "./lazy.js";
import { isWhole, selectedShape } from "./take-dense.js";

/**
 * `element` with `selection` composed into every read. Entries beyond the element's dimensions are ignored, as for a one-dimensional
 * member of obsm; the members of a dict are selected one by one; a single value is left as it is.
 */
export function selectElement<E extends LazyElement>(element: E, selection: ElementSelection): E;
export function selectElement(element: LazyElement, selection: ElementSelection): LazyElement {
  switch (element.kind) {
    case "lazy-array":
      return isWhole(element.shape, selection) ? element : new SelectedArray(element, selection);
    case "lazy-frame":
      return isWhole([element.length], selection) ? element : new SelectedFrame(element, selection[0] as AxisSelection);
    case "lazy-dict":
      return selection.every((entry) => entry === undefined) ? element : new SelectedDict(element, selection);
    case "lazy-value":
      return element;
  }
}

/** `inner` counts along what `outer` selects. */
function composeAll(outer: ElementSelection, inner: ElementSelection): ElementSelection {
  return Array.from({ length: Math.max(outer.length, inner.length) }, (_, d) => composeOptional(outer[d], inner[d]));
}

/** The element's description with the shape of the selection; how it lies on disk is told of the whole only. */
function selectInfo(info: ElementInfo, shape: readonly number[]): ElementInfo {
  return { ...info, shape, layout: null, nnz: null };
}

class SelectedArray implements LazyArray {
  readonly kind = "lazy-array";
  readonly shape: readonly number[];
  readonly info: ElementInfo;
  readonly #base: LazyArray;
  readonly #selection: ElementSelection;

  constructor(base: LazyArray, selection: ElementSelection) {
    this.#base = base;
    this.#selection = selection.slice(0, base.shape.length);
    this.shape = selectedShape(base.shape, selection);
    this.info = selectInfo(base.info, this.shape);
  }

  get dtype() {
    return this.#base.dtype;
  }

  get sparse() {
    return this.#base.sparse;
  }

  read(selection: ElementSelection = [], options?: ReadOptions) {
    return this.#base.read(composeAll(this.#selection, selection), options);
  }

  reads(selection: ElementSelection = [], options?: ReadOptions) {
    return this.#base.reads?.(composeAll(this.#selection, selection), options) ?? Promise.resolve(undefined);
  }

  /** What is on disk does not shrink with a selection. */
  storedBytes(options?: ReadOptions) {
    return this.#base.storedBytes(options);
  }
}

class SelectedFrame implements LazyFrame {
  readonly kind = "lazy-frame";
  readonly info: ElementInfo;
  readonly length: number;
  readonly column?: (name: string) => Promise<LazyArray>;
  readonly index?: () => Promise<LazyArray>;
  readonly #base: LazyFrame;
  readonly #rows: AxisSelection;

  constructor(base: LazyFrame, rows: AxisSelection) {
    this.#base = base;
    this.#rows = rows;
    this.length = rows.count;
    const { column, index } = base;
    if (column) this.column = async (name) => selectElement(await column.call(base, name), [rows]);
    if (index) this.index = async () => selectElement(await index.call(base), [rows]);
    this.info = selectInfo(base.info, this.shape);
  }

  get shape(): readonly number[] {
    return [this.length, ...this.#base.shape.slice(1)];
  }

  get columnNames() {
    return this.#base.columnNames;
  }

  get indexName() {
    return this.#base.indexName;
  }

  readFrame(columns?: readonly string[], rows?: AxisSelection, options?: ReadOptions) {
    return this.#base.readFrame(columns, composeOptional(this.#rows, rows), options);
  }

  read(selection: ElementSelection = [], options?: ReadOptions) {
    return this.#base.read(composeAll([this.#rows], selection), options);
  }

  storedBytes(options?: ReadOptions) {
    return this.#base.storedBytes(options);
  }
}

class SelectedDict implements LazyDict {
  readonly kind = "lazy-dict";
  readonly #base: LazyDict;
  readonly #selection: ElementSelection;

  constructor(base: LazyDict, selection: ElementSelection) {
    this.#base = base;
    this.#selection = selection;
  }

  get info() {
    return this.#base.info;
  }

  keys() {
    return this.#base.keys();
  }

  async get(key: string) {
    const element = await this.#base.get(key);
    return element && selectElement(element, this.#selection);
  }

  read(selection: ElementSelection = [], options?: ReadOptions) {
    return this.#base.read(composeAll(this.#selection, selection), options);
  }

  storedBytes(options?: ReadOptions) {
    return this.#base.storedBytes(options);
  }
}
