/** Writes the members of an `.ats` that are files: tables as Parquet, everything else as pickles. */
import { mkdir, open } from "node:fs/promises";
import { join } from "node:path";
import { saveError } from "../durability/failures.js";
import { Frame } from "../elements/frame.js";
import type { LazyDict } from "../elements/lazy.js";
import type { Value } from "../elements/values.js";
import { AtsError } from "../errors.js";
import { pickleChunks } from "../pickle/write.js";
import { encodeKey } from "../storage/key-names.js";
import { writeParquet } from "../storage/parquet-write.js";
import type { ReadOptions } from "../storage/types.js";
import { PICKLE_SUFFIX, TABLE_SUFFIX, UNS_NAME } from "./ats-layout.js";

/**
 * Takes the element at `path` over from the store that is being replaced, where it has not changed: those of `files` (relative to the store) that are
 * there. False where it is to be written.
 */
export type KeepElement = (path: string, files: readonly string[]) => Promise<boolean>;

/** Writes `value` as the member `key` of the existing directory `directory`: a frame as Parquet, anything else as a pickle. */
export async function writeMember(
  directory: string,
  key: string,
  value: Value,
  path: string,
  options: ReadOptions,
): Promise<void> {
  if (value instanceof Frame) {
    await writeParquet(join(directory, encodeKey(key, path, TABLE_SUFFIX)), value, options);
    return;
  }
  const file = join(directory, encodeKey(key, path, PICKLE_SUFFIX));
  const chunks = pickleChunks(value, { path: `${path}/${key}` });
  try {
    const handle = await open(file, "wx");
    try {
      for (const chunk of chunks) await handle.write(chunk);
    } finally {
      await handle.close();
    }
  } catch (cause) {
    throw saveError(cause, file);
  }
}

/**
 * Writes `uns` below `root`; the directory is always there, as Python's package makes it. Values that cannot be read or have no form here
 * are left out, and `onWarning` is told. What `keep` takes over is not written.
 */
export async function writeUns(
  root: string,
  uns: LazyDict,
  options: ReadOptions,
  onWarning: (message: string) => void,
  keep: KeepElement,
): Promise<void> {
  const directory = join(root, UNS_NAME);
  await mkdir(directory);
  for (const key of await uns.keys()) {
    options.signal?.throwIfAborted();
    const files = [PICKLE_SUFFIX, TABLE_SUFFIX].map((suffix) => `${UNS_NAME}/${encodeKey(key, UNS_NAME, suffix)}`);
    if (await keep(`${UNS_NAME}/${key}`, files)) continue;
    const write = async () => {
      const element = await uns.get(key);
      if (element !== undefined) await writeMember(directory, key, await element.read([], options), UNS_NAME, options);
    };
    await orLeaveOut(`${UNS_NAME}/${key}`, write, onWarning);
  }
}

/** Does `work`; what cannot be read or has no form in an `.ats` is left out, and `onWarning` is told. */
export async function orLeaveOut(
  path: string,
  work: () => Promise<void>,
  onWarning: (message: string) => void,
): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!AtsError.is(error) || error.code !== "UNSUPPORTED") throw error;
    onWarning(`${path} is left out: ${error.message}`);
  }
}
