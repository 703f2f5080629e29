/** Lazy dicts that show another one with a few changes. */
import type { LazyDict, LazyElement } from "../elements/lazy.js";
import { emptyDict } from "../elements/values.js";

/** `dict` without the keys that `hidden` gives. */
export function hideKeys(dict: LazyDict, hidden: () => Promise<ReadonlySet<string>>): LazyDict {
  return view(
    dict,
    async () => {
      const gone = await hidden();
      return (await dict.keys()).filter((key) => !gone.has(key));
    },
    async (key) => ((await hidden()).has(key) ? undefined : dict.get(key)),
  );
}

/** `dict` with `element` at `key`, which it has. */
export function replaceKey(dict: LazyDict, key: string, element: LazyElement): LazyDict {
  return view(
    dict,
    () => dict.keys(),
    async (asked) => (asked === key ? element : dict.get(asked)),
  );
}

function view(base: LazyDict, keys: LazyDict["keys"], get: LazyDict["get"]): LazyDict {
  return {
    kind: "lazy-dict",
    info: base.info,
    keys,
    get,
    async read(selection = [], options = {}) {
      const dict = emptyDict();
      for (const key of await keys()) {
        options.signal?.throwIfAborted();
        const element = await get(key);
        if (element !== undefined) dict[key] = await element.read(selection, options);
      }
      return dict;
    },
    storedBytes: (options) => base.storedBytes(options),
  };
}
