/** Where old versions kept the graph of neighbours: `uns/neighbors/{distances,connectivities}`. Now it belongs to obsp. */
import type { LazyDict, LazyElement } from "../elements/lazy.js";
import { hideKeys, replaceKey } from "./dict-view.js";

const GRAPHS = ["distances", "connectivities"] as const;

/** `uns` and `obsp` with the graphs where they belong; both as they are where there is nothing to move. */
export async function withoutAdjacency(
  uns: LazyDict,
  obsp: ReadonlyMap<string, LazyElement>,
): Promise<{ readonly uns: LazyDict; readonly obsp: ReadonlyMap<string, LazyElement> }> {
  const neighbors = (await uns.keys()).includes("neighbors") ? await uns.get("neighbors") : undefined;
  if (neighbors?.kind !== "lazy-dict") return { uns, obsp };
  const present = await neighbors.keys();
  const moved = new Map<string, LazyElement>();
  for (const key of GRAPHS) {
    const graph = present.includes(key) ? await neighbors.get(key) : undefined;
    if (graph?.kind === "lazy-array" && graph.shape.length === 2) moved.set(key, graph);
  }
  if (moved.size === 0) return { uns, obsp };
  const left = hideKeys(neighbors, async () => new Set(moved.keys()));
  return { uns: replaceKey(uns, "neighbors", left), obsp: new Map([...obsp, ...moved]) };
}
