/** An element that is there but cannot be opened: it is listed, and reading it says why, so that the rest of its store can be used. */
import type { LazyValue } from "../elements/lazy.js";

/** The element at `path` whose every read rejects with `error`. */
export function failedElement(path: string, error: unknown): LazyValue {
  return {
    kind: "lazy-value",
    info: { path, encoding: "unreadable", encodingVersion: "", dtype: null, shape: null, layout: null, nnz: null },
    read: () => Promise.reject(error),
    storedBytes: async () => undefined,
  };
}
