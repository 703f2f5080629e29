/** Lazy dicts that show another one with a few changes. */

import type { LazyDict, LazyElement } from "../elements/lazy.js";
import { lazyDict } from "../encodings/group-dict.js";

/** `dict` without the keys that `hidden` gives. */
export function hideKeys(dict: LazyDict, hidden: () => Promise<ReadonlySet<string>>): LazyDict {
  return lazyDict({
    info: dict.info,
    keys: async () => {
      const gone = await hidden();
      return (await dict.keys()).filter((key) => !gone.has(key));
    },
    get: async (key) => ((await hidden()).has(key) ? undefined : dict.get(key)),
    storedBytes: (options) => dict.storedBytes(options),
  });
}

/** `dict` with `element` at `key`, which it has. */
export function replaceKey(dict: LazyDict, key: string, element: LazyElement): LazyDict {
  return lazyDict({
    info: dict.info,
    keys: () => dict.keys(),
    get: async (asked) => (asked === key ? element : dict.get(asked)),
    storedBytes: (options) => dict.storedBytes(options),
  });
}
