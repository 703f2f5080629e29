/**
 * Saves a new generation of a directory store that takes over most files of the old one as hard links: they are neither read nor written, and
 * their checksums are those of the old manifest.
 */
import { constants, copyFile, link, lstat, mkdir, readdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import { AtsError } from "../errors.js";
import { isMissing, saveError } from "./failures.js";
import { type ManifestFile, readManifest } from "./manifest.js";
import type { ReplaceOptions } from "./replace.js";
import { saveDirectory } from "./save.js";

/** What a file system answers that cannot link one file twice, or not so often. */
const NO_LINKS = new Set(["EXDEV", "EPERM", "EMLINK", "ENOTSUP", "EOPNOTSUPP", "ENOSYS"]);
const MAX_MANIFEST_BYTES = 2 ** 30;

/** The store that is being replaced, to take files over from. */
export interface OldStore {
  /**
   * Takes the file or directory at `source` over as `path`, both relative with "/"; false where there is none. `UNSAFE_PATH` where it is, or holds,
   * anything else than files and directories.
   */
  keep(source: string, path?: string): Promise<boolean>;
}

/**
 * Replaces the directory store at `path`, as {@link saveDirectory} does with `overwrite`: `write` fills the staging directory, with what is new and with
 * what it keeps of the old store. A store without a manifest gets none. Errors as `saveDirectory`; `NOT_FOUND` where there is no store.
 */
export async function updateDirectory(
  path: string,
  format: string,
  options: Omit<ReplaceOptions, "overwrite">,
  write: (staging: string, old: OldStore) => Promise<void>,
): Promise<void> {
  await lstat(path).catch((cause: unknown) => {
    throw saveError(cause, path);
  });
  const kept = new Set<string>();
  let known: ReadonlyMap<string, ManifestFile> | undefined;
  const seal = {
    wanted: () => known !== undefined,
    entry: (file: string) => (kept.has(file) ? known?.get(file) : undefined),
  };
  await saveDirectory(path, { ...options, format, overwrite: true, seal }, async (staging) => {
    const manifest = await readManifest(path, MAX_MANIFEST_BYTES);
    known = manifest && new Map(manifest.files.map((file) => [file.path, file]));
    await write(staging, { keep: (source, target = source) => keep(path, source, staging, target, kept) });
  });
}

async function keep(from: string, source: string, to: string, target: string, kept: Set<string>): Promise<boolean> {
  const stats = await lstat(join(from, source)).catch((cause: unknown) => {
    if (isMissing(cause)) return undefined;
    throw saveError(cause, join(from, source));
  });
  if (stats === undefined) return false;
  if (stats.isDirectory()) {
    await mkdir(join(to, target), { recursive: true });
    for (const name of await readdir(join(from, source))) {
      await keep(from, `${source}/${name}`, to, `${target}/${name}`, kept);
    }
  } else if (stats.isFile()) {
    await mkdir(dirname(join(to, target)), { recursive: true });
    await linkFile(join(from, source), join(to, target));
    if (source === target) kept.add(target);
  } else {
    const at = join(from, source);
    throw new AtsError("UNSAFE_PATH", `${at} is neither a file nor a directory; remove it from the store.`, {
      path: at,
    });
  }
  return true;
}

/** A link, or a copy (of shared extents, where the file system has those). */
async function linkFile(from: string, to: string): Promise<void> {
  try {
    await link(from, to);
  } catch (cause) {
    if (!NO_LINKS.has((cause as NodeJS.ErrnoException).code ?? "")) throw saveError(cause, to);
    await copyFile(from, to, constants.COPYFILE_FICLONE | constants.COPYFILE_EXCL).catch((error: unknown) => {
      throw saveError(error, to);
    });
  }
}
