/** Tells from the manifest of a store of ours whether files were lost since. Stores of others have none, and are taken as they are. */
import { join } from "node:path";
import { crc32 } from "../durability/checksum.js";
import type { Manifest, ManifestFile } from "../durability/manifest.js";
import { AtsError } from "../errors.js";
import { list } from "../storage/directories.js";

/** The manifest's files by directory. */
export class Seal {
  readonly #files = new Map<string, ManifestFile[]>();

  constructor(manifest: Manifest) {
    for (const file of manifest.files) {
      const directory = file.path.slice(0, Math.max(0, file.path.lastIndexOf("/")));
      const files = this.#files.get(directory);
      if (files === undefined) this.#files.set(directory, [file]);
      else files.push(file);
    }
  }

  /** The names of the members of `directory` that the manifest lists: files, and directories with files below. */
  members(directory: string): Set<string> {
    const prefix = directory === "" ? "" : `${directory}/`;
    const names = (this.#files.get(directory) ?? []).map(({ path }) => path.slice(prefix.length));
    for (const other of this.#files.keys()) {
      if (other !== "" && other.startsWith(prefix)) names.push(other.slice(prefix.length).split("/")[0] as string);
    }
    names.splice(0, names.length, ...names.filter((name) => name !== ""));
    return new Set(names);
  }

  /**
   * `CORRUPT` where a chunk of the array at `path` is gone, which would be read as the fill value. An array whose metadata is not
   * ours any more was written anew by another program, and is not checked.
   */
  readonly checkArray = async (path: string, directory: string, metadata: Uint8Array): Promise<void> => {
    const own = this.#files.get(path)?.find((file) => METADATA.has(file.path.slice(path.length + 1)));
    if (own === undefined || own.size !== metadata.length || own.crc32 !== crc32(metadata)) return;
    for (const [below, files] of this.#files) {
      if (below !== path && !below.startsWith(`${path}/`)) continue;
      const at = join(directory, below.slice(path.length));
      const present = new Set((await list(at)).map((entry) => entry.name));
      const lost = files.map((file) => file.path.slice(below.length + 1)).find((name) => !present.has(name));
      if (lost === undefined) continue;
      throw new AtsError("CORRUPT", `${join(at, lost)} is missing; restore the store from a copy.`, {
        path: join(at, lost),
      });
    }
  };
}

/** The files that hold an array's metadata. */
const METADATA: ReadonlySet<string> = new Set([".zarray", "zarr.json"]);

/** `CORRUPT` where a member of `directory` that the manifest lists is not `present`. */
export function checkMembers(
  seal: Seal | undefined,
  root: string,
  directory: string,
  present: ReadonlySet<string>,
): void {
  for (const name of seal?.members(directory) ?? []) {
    if (present.has(name)) continue;
    const at = join(root, directory, name);
    throw new AtsError("CORRUPT", `${at} is missing; restore the store from a copy.`, { path: at });
  }
}
