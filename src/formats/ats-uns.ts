/** `uns`: tables and pickles, opened one by one when they are asked for. */
import { lstat } from "node:fs/promises";
import { join } from "node:path";
import type { ElementInfo, ElementSelection, LazyDict, LazyElement } from "../elements/lazy.js";
import { emptyDict } from "../elements/values.js";
import type { ReadOptions } from "../storage/types.js";
import { listFiles, type MemberFile, openFile } from "./ats-files.js";
import { UNS_NAME } from "./ats-layout.js";
import type { AtsStore } from "./ats-store.js";

const INFO: ElementInfo = {
  path: UNS_NAME,
  encoding: "dict",
  encodingVersion: "",
  dtype: null,
  shape: null,
  layout: null,
  nnz: null,
};

/** The store's `uns`. Its files are listed now; none is read. A key whose value cannot be read fails alone. */
export async function openUns(store: AtsStore): Promise<LazyDict> {
  const files = await listFiles(store, UNS_NAME);
  const open = (key: string, file: MemberFile) => openFile(store, file, `${UNS_NAME}/${key}`);
  return {
    kind: "lazy-dict",
    info: INFO,
    keys: async () => [...files.keys()],
    get: async (key): Promise<LazyElement | undefined> => {
      const file = files.get(key);
      return file && open(key, file);
    },
    async read(selection: ElementSelection = [], options: ReadOptions = {}) {
      const dict = emptyDict();
      for (const [key, file] of files) {
        options.signal?.throwIfAborted();
        dict[key] = await (await open(key, file)).read(selection, options);
      }
      return dict;
    },
    storedBytes: async () => {
      const sizes = await Promise.all([...files.values()].map(({ path }) => lstat(join(store.root, path))));
      return sizes.reduce((sum, { size }) => sum + size, 0);
    },
  };
}
