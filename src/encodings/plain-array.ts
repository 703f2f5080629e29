/** An element that is one stored array as it is. */
import type { ElementSelection, LazyArray } from "../elements/lazy.js";
import type { ArrayNode, ReadOptions } from "../storage/types.js";
import { arrayInfo } from "./describe.js";

/** `node` as the element of `encoding`: every read is one read of the storage. */
export function plainArray(node: ArrayNode, encoding: string, version: string): LazyArray {
  return {
    kind: "lazy-array",
    info: arrayInfo(node, encoding, version),
    shape: node.shape,
    dtype: node.dtype,
    sparse: null,
    read: (selection: ElementSelection = [], options?: ReadOptions) =>
      node.read(selection.slice(0, node.shape.length), options),
    storedBytes: async (options) => node.storedBytes?.(options),
  };
}
