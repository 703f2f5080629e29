/** What every form of 10x Genomics holds: a matrix, barcodes and features. */
import type { LazyArray, LazyDict, LazyFrame } from "../elements/lazy.js";
import { lazyFromValue } from "../elements/memory.js";
import { emptyDict } from "../elements/values.js";
import type { AnnDataElements } from "./types.js";

/** An AnnData of X and its two tables alone. */
export function tenxElements(X: LazyArray, obs: LazyFrame, features: LazyFrame): AnnDataElements {
  return {
    shape: [obs.length, features.length],
    X,
    obs,
    var: features,
    layers: new Map(),
    obsm: new Map(),
    varm: new Map(),
    obsp: new Map(),
    varp: new Map(),
    uns: lazyFromValue(emptyDict(), "uns") as LazyDict,
    raw: null,
  };
}
