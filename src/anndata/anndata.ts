/** The AnnData class: lazy over the elements of a store or of memory. */
import { inspect } from "node:util";
import { AtsError } from "../errors.js";
import type { AnnDataElements, OpenedAnnData } from "../formats/types.js";
import { explain } from "../plan/plan.js";
import type { PlanSummary } from "../plan/types.js";
import type { NameOptions } from "../selection/names.js";
import type { AxisSelector } from "../selection/normalize.js";
import type { ReadOptions } from "../storage/types.js";
import { AxisView } from "./axis-view.js";
import { type BatchOptions, readBatches } from "./batches.js";
import { type AnnDataInput, buildElements } from "./build.js";
import { type AxisViews, ElementHandle, type HandleContext, type MatrixHandle } from "./handles.js";
import { HandleMap } from "./lazy-map.js";
import { type LoadOptions, loadElements, requestsOf } from "./load.js";
import { MAPS, type MapName, selectElements } from "./parts.js";
import { RawHandle } from "./raw-handle.js";
import { describeAnnData } from "./repr.js";
import { TableHandle } from "./table-handle.js";
import { UnsHandle } from "./uns-handle.js";
import { chooseParts } from "./wanted.js";

/** What to select of both axes; an axis that is not given stays whole. */
export interface Selection {
  readonly obs?: AxisSelector | undefined;
  readonly var?: AxisSelector | undefined;
}

/** What a view shares with what it is a view of. */
interface Root {
  readonly elements: AnnDataElements;
  readonly unsKeys: readonly string[];
  /** Null where the elements are in memory. */
  readonly store: OpenedAnnData | null;
  closed: boolean;
}

/**
 * Annotated data: a matrix X of n_obs × n_vars with tables of its rows and columns and what else is aligned to them. Nothing is read
 * before a handle's `read`, `load` or `batches`; `select` gives views that select lazily, also within views.
 */
export class AnnData implements AsyncDisposable {
  readonly #root: Root;
  readonly #axes: AxisViews;
  readonly #context: HandleContext;

  private constructor(root: Root, axes: AxisViews) {
    this.#root = root;
    this.#axes = axes;
    this.#context = { axes, assertOpen: () => this.#assertOpen() };
  }

  /** The AnnData of an open store, which it closes with itself. Reads the names of uns and nothing else. */
  static async fromStore(store: OpenedAnnData): Promise<AnnData> {
    return AnnData.#whole({
      elements: store.elements,
      unsKeys: await store.elements.uns.keys(),
      store,
      closed: false,
    });
  }

  /** The AnnData of elements that nothing has to be closed for, such as those of another AnnData. */
  static async fromElements(elements: AnnDataElements): Promise<AnnData> {
    return AnnData.#whole({ elements, unsKeys: await elements.uns.keys(), store: null, closed: false });
  }

  /**
   * An AnnData in memory, from typed arrays, matrices, Arrow tables and plain objects of columns. `INVALID_ARGUMENT` names the element
   * whose shape does not fit. Data is shared, not copied.
   */
  static fromMemory(input: AnnDataInput): AnnData {
    const { elements, unsKeys } = buildElements(input);
    return AnnData.#whole({ elements, unsKeys, store: null, closed: false });
  }

  static #whole(root: Root): AnnData {
    const { obs, var: variables } = root.elements;
    return new AnnData(root, { obs: AxisView.whole("obs", obs), var: AxisView.whole("var", variables) });
  }

  /** [number of observations, number of variables]. `INVALID_ARGUMENT` where a view's selection is not resolved: await {@link resolve} first. */
  get shape(): readonly [number, number] {
    return [this.nObs, this.nVars];
  }

  /** The number of observations; see {@link shape}. */
  get nObs(): number {
    return this.#count("obs");
  }

  /** The number of variables; see {@link shape}. */
  get nVars(): number {
    return this.#count("var");
  }

  /** Whether this is a view of another AnnData. */
  get isView(): boolean {
    return !(this.#axes.obs.isWhole && this.#axes.var.isWhole);
  }

  /** The store that this was opened from; null for one in memory. */
  get store(): OpenedAnnData | null {
    return this.#root.store;
  }

  /** Whether there is a matrix. */
  get hasX(): boolean {
    return this.#root.elements.X !== null;
  }

  /** The matrix. `NOT_FOUND` where there is none; ask {@link hasX} first where that may be. */
  get X(): MatrixHandle {
    const { X } = this.#root.elements;
    if (X !== null) return new ElementHandle("X", X, ["obs", "var"], this.#context);
    throw new AtsError("NOT_FOUND", "This AnnData has no X; its layers may hold what you look for.", { path: "X" });
  }

  /** The table of observations. */
  get obs(): TableHandle {
    return new TableHandle("obs", this.#root.elements.obs, this.#axes.obs, this.#context.assertOpen);
  }

  /** The table of variables. */
  get var(): TableHandle {
    return new TableHandle("var", this.#root.elements.var, this.#axes.var, this.#context.assertOpen);
  }

  /** Matrices of the shape of X. */
  get layers(): HandleMap {
    return this.#map("layers");
  }

  /** Arrays and tables with a row per observation. */
  get obsm(): HandleMap {
    return this.#map("obsm");
  }

  /** Arrays and tables with a row per variable. */
  get varm(): HandleMap {
    return this.#map("varm");
  }

  /** Matrices of observations × observations. */
  get obsp(): HandleMap {
    return this.#map("obsp");
  }

  /** Matrices of variables × variables. */
  get varp(): HandleMap {
    return this.#map("varp");
  }

  /** Unstructured values. */
  get uns(): UnsHandle {
    return new UnsHandle(this.#root.elements.uns, this.#root.unsKeys, this.#context.assertOpen);
  }

  /** The data before variables were left out, or null. Its rows follow the view's observations, its columns are its own. */
  get raw(): RawHandle | null {
    const { raw } = this.#root.elements;
    return raw && new RawHandle(raw, this.#context);
  }

  /** The names of the observations. */
  obsNames(options: ReadOptions = {}): Promise<string[]> {
    return this.obs.names(options);
  }

  /** The names of the variables. */
  varNames(options: ReadOptions = {}): Promise<string[]> {
    return this.var.names(options);
  }

  /**
   * A view of what is selected of both axes, within this one. Nothing is read: names and predicates are looked up on the first read.
   * `INVALID_ARGUMENT` at once for slices, masks and positions that do not fit; `options` say what to do with names that are missing or
   * not unique.
   */
  select(selection: Selection, options: NameOptions = {}): AnnData {
    return new AnnData(this.#root, {
      obs: this.#axes.obs.select(selection.obs, options),
      var: this.#axes.var.select(selection.var, options),
    });
  }

  /** Looks up what the selection names, so that `shape` and `elements` are known. Reads the index and predicate columns only. */
  async resolve(options: ReadOptions = {}): Promise<this> {
    this.#assertOpen();
    await Promise.all([this.#axes.obs.resolve(options), this.#axes.var.resolve(options)]);
    return this;
  }

  /** The elements with the selection composed into each, for writers. `INVALID_ARGUMENT` where it is not resolved: await {@link resolve} first. */
  get elements(): AnnDataElements {
    if (!this.isView) return this.#root.elements;
    this.#count("obs");
    this.#count("var");
    return selectElements(this.#root.elements, this.#selections());
  }

  /**
   * Reads everything, or the named `elements`, into an AnnData in memory. The tables come along, at least with their index.
   * `NOT_FOUND` for an element that is not there, `LIMIT_EXCEEDED` for what typed arrays cannot hold.
   */
  async load(options: LoadOptions = {}): Promise<AnnData> {
    await this.resolve(options);
    return AnnData.fromElements(await loadElements(this.#root.elements, this.#selections(), options));
  }

  /**
   * Reads the observations in batches of `size` (1,024), each an AnnData in memory; in order, the next one while this one is used, and never more than
   * that. X, obs and var unless `elements` says otherwise.
   */
  async *batches(options: BatchOptions = {}): AsyncGenerator<AnnData, void, undefined> {
    await this.resolve(options);
    for await (const elements of readBatches(this.elements, options)) yield await AnnData.fromElements(elements);
  }

  /** What `load` would read: elements, chunks, bytes, peak memory. Reads only names, predicate columns and `indptr`. */
  async explain(options: LoadOptions = {}): Promise<PlanSummary> {
    await this.resolve(options);
    const wanted = chooseParts(this.#root.elements, options.elements);
    return explain(requestsOf(wanted, this.#selections()), options);
  }

  /** Closes the store and with it every view; idempotent. Later reads reject with `CLOSED`. An AnnData in memory has nothing to close. */
  async close(): Promise<void> {
    if (this.#root.store === null) return;
    this.#root.closed = true;
    await this.#root.store.close();
  }

  /** {@link close}, for `await using`. */
  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  /** As Python prints it. */
  toString(): string {
    const { elements, unsKeys } = this.#root;
    const keys = {
      obs: elements.obs.columnNames,
      var: elements.var.columnNames,
      uns: unsKeys,
      ...Object.fromEntries((Object.keys(MAPS) as MapName[]).map((name) => [name, [...elements[name].keys()]])),
    };
    const shape = [this.#axes.obs.selection?.count, this.#axes.var.selection?.count] as const;
    return describeAnnData({ isView: this.isView, shape, keys });
  }

  /** As Python prints it, in the console too. */
  [inspect.custom](): string {
    return this.toString();
  }

  #map(name: MapName): HandleMap {
    return new HandleMap(name, this.#root.elements[name], MAPS[name], this.#context);
  }

  #count(axis: "obs" | "var"): number {
    const selection = this.#axes[axis].selection;
    if (selection !== undefined) return selection.count;
    throw new AtsError(
      "INVALID_ARGUMENT",
      `The ${axis} of this view are selected by name or predicate and not looked up yet; await view.resolve() first.`,
      { path: axis },
    );
  }

  /** The resolved selections; undefined where an axis is whole. */
  #selections() {
    const { obs, var: variables } = this.#axes;
    return {
      obs: obs.isWhole ? undefined : obs.selection,
      var: variables.isWhole ? undefined : variables.selection,
    };
  }

  #assertOpen(): void {
    if (!this.#root.closed) return;
    const path = this.#root.store?.location ?? "";
    throw new AtsError("CLOSED", `${path} is closed; open it again to read.`, { path });
  }
}
