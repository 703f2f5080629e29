/** The handle of `raw`. */
import type { RawElements } from "../formats/types.js";
import type { ReadOptions } from "../storage/types.js";
import { AxisView } from "./axis-view.js";
import { ElementHandle, type HandleContext, type MatrixHandle } from "./handles.js";
import { HandleMap } from "./lazy-map.js";
import { MAPS } from "./parts.js";
import { TableHandle } from "./table-handle.js";

/** The data before variables were left out: the view's observations, all of its own variables. */
export class RawHandle {
  /** The matrix; null where there is none. */
  readonly X: MatrixHandle | null;
  /** The table of raw's variables. */
  readonly var: TableHandle;
  readonly varm: HandleMap;
  readonly #context: HandleContext;

  /** Made by {@link AnnData}; `view` is the context of the view. */
  constructor(raw: RawElements, view: HandleContext) {
    const axes = { obs: view.axes.obs, var: AxisView.whole("var", raw.var) };
    this.#context = { axes, assertOpen: view.assertOpen };
    this.X = raw.X && new ElementHandle("raw/X", raw.X, ["obs", "var"], this.#context);
    this.var = new TableHandle("raw/var", raw.var, axes.var, view.assertOpen);
    this.varm = new HandleMap("raw/varm", raw.varm, MAPS.varm, this.#context);
  }

  /** [observations of the view, variables of raw]; undefined where the view's selection is not resolved yet. */
  get shape(): readonly [number, number] | undefined {
    const { obs, var: variables } = this.#context.axes;
    return obs.selection && [obs.selection.count, variables.frame.length];
  }

  /** The names of raw's variables. */
  varNames(options: ReadOptions = {}): Promise<string[]> {
    return this.var.names(options);
  }
}
