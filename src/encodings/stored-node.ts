/** Which stored node an element was opened from, so that a rewrite of its store can take it over as it is. */
import type { LazyElement } from "../elements/lazy.js";
import type { StoredNode } from "../storage/types.js";

const NODES = new WeakMap<LazyElement, StoredNode>();

/** Remembers that `element` is what `node` holds; the element itself. */
export function noteStored<E extends LazyElement>(element: E, node: StoredNode): E {
  NODES.set(element, node);
  return element;
}

/** The node that holds exactly `element`; undefined for views and for what is in memory. */
export function storedNode(element: LazyElement): StoredNode | undefined {
  return NODES.get(element);
}
