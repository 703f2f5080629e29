/** Groups as dicts. */
import type { ElementSelection, LazyDict, LazyElement } from "../elements/lazy.js";
import { emptyDict } from "../elements/values.js";
import type { GroupNode, ReadOptions } from "../storage/types.js";
import type { OpenContext } from "./define.js";
import { infoOf, sumBytes } from "./describe.js";

/** The members of `group` as a dict whose entries are opened when they are asked for. */
export function groupDict(group: GroupNode, encoding: string, version: string, context: OpenContext): LazyDict {
  const opened = new Map<string, Promise<LazyElement | undefined>>();
  const open = async (key: string): Promise<LazyElement | undefined> => {
    const node = await group.get(key);
    return node === undefined ? undefined : context.open(node);
  };
  const get = (key: string): Promise<LazyElement | undefined> => {
    let element = opened.get(key);
    if (element === undefined) {
      element = open(key);
      opened.set(key, element);
      element.catch(() => opened.delete(key));
    }
    return element;
  };
  const keys = () => group.keys();
  const storedBytes: LazyDict["storedBytes"] = async (options) =>
    sumBytes((await keys()).map(async (key) => (await get(key))?.storedBytes(options) ?? 0));
  return lazyDict({ info: infoOf(group, encoding, version), keys, get, storedBytes });
}

/** A lazy dict of `parts`: reading it reads its entries one by one. */
export function lazyDict(parts: Pick<LazyDict, "info" | "keys" | "get" | "storedBytes">): LazyDict {
  const { keys, get } = parts;
  return {
    kind: "lazy-dict",
    ...parts,
    async read(selection: ElementSelection = [], options: ReadOptions = {}) {
      const dict = emptyDict();
      for (const key of await keys()) {
        options.signal?.throwIfAborted();
        const element = await get(key);
        if (element !== undefined) dict[key] = await element.read(selection, options);
      }
      return dict;
    },
  };
}
