/** Where the files of a Zarr store go: a directory here, an archive in `zip-write.ts`. */
import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { AtsError } from "../errors.js";
import { fileError } from "./file-source.js";

/** A directory or a part of a memory store, as TensorStore's specs name it. */
export type StoreSpec = { readonly driver: "file" | "memory"; readonly path: string };

/** Takes the files of one store, each once. Paths are relative to the store's root, with "/". */
export interface FileSink {
  /** Stores one file whole; fails where there is one of that name. */
  put(path: string, bytes: string | Uint8Array): Promise<void>;
  /** Takes the file `source` of the store that is being replaced over as `path`, unread; false where that cannot be done. */
  keep?(source: string, path: string): Promise<boolean>;
  /** Where TensorStore is to put the chunks of the array whose files lie below `path`. */
  chunkStore(path: string): StoreSpec;
  /** Told once all the values of the chunks with `keys()` of the array at `path` are committed. */
  chunksDone?(path: string, keys: () => Iterable<string>): Promise<void>;
}

/** The files below `directory`, which exists already. They are neither locked nor synced: that is the durability's part. */
export function directorySink(directory: string): FileSink {
  return {
    async put(path, bytes) {
      const file = join(directory, path);
      try {
        await mkdir(dirname(file), { recursive: true });
        await writeFile(file, bytes, { flag: "wx" });
      } catch (cause) {
        if ((cause as NodeJS.ErrnoException).code === "EEXIST") throw taken(path, cause);
        throw fileError(cause, file);
      }
    },
    chunkStore: (path) => ({ driver: "file", path: `${join(directory, path)}/` }),
  };
}

/** Writers make each name once: another name must lead to the same file, by letter case or Unicode form. */
function taken(path: string, cause: unknown): AtsError {
  const message = `${path} is there already: this file system takes its name and another's for one; rename one of them.`;
  return new AtsError("UNSAFE_PATH", message, { path, cause });
}
