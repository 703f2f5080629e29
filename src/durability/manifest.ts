/** The manifest at the root of a store that we wrote: which files belong to it, how large they are, and what they must contain. */
import { open, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { AtsError } from "../errors.js";
import { checksumOf } from "./checksum.js";
import { isMissing, saveError } from "./failures.js";

/** The manifest's name; Python's loader does not look at files at the root. */
export const MANIFEST = "ats-manifest.json";

/** One file: its path within the store with "/", its size and its CRC-32. */
export interface ManifestFile {
  readonly path: string;
  readonly size: number;
  readonly crc32: number;
}

export interface Manifest {
  readonly format: string;
  readonly version: number;
  /** Differs for every save. */
  readonly generation: string;
  readonly files: readonly ManifestFile[];
}

/** How many files are read at once, and with how large a buffer each. */
const LANES = 4;
const BUFFER_BYTES = 1 << 20;

/** What goes into a manifest, and how. */
export interface ManifestOptions extends Pick<Manifest, "format" | "generation"> {
  /** Syncs every file that is read. */
  readonly sync: boolean;
  readonly signal?: AbortSignal | undefined;
  /** The entry of a file that need not be read, because its bytes are known. */
  readonly entry?: ((path: string) => ManifestFile | undefined) | undefined;
}

/** Checksums the files below `root`, syncing each where asked, and writes the manifest last. */
export async function writeManifest(root: string, options: ManifestOptions): Promise<void> {
  const { format, generation, sync, signal, entry } = options;
  const paths = (await listFiles(root, "")).sort();
  const files = new Array<ManifestFile>(paths.length);
  let next = 0;
  const lane = async () => {
    const buffer = new Uint8Array(BUFFER_BYTES);
    while (next < paths.length) {
      signal?.throwIfAborted();
      const at = next++;
      const path = paths[at] as string;
      files[at] = entry?.(path) ?? (await sealFile(root, path, buffer, sync));
    }
  };
  await Promise.all(Array.from({ length: Math.min(LANES, paths.length) }, lane));
  const manifest: Manifest = { format, version: 1, generation, files };
  const handle = await open(join(root, MANIFEST), "wx");
  try {
    await writeFile(handle, JSON.stringify(manifest));
    if (sync) await handle.sync();
  } finally {
    await handle.close();
  }
}

async function sealFile(root: string, path: string, buffer: Uint8Array, sync: boolean): Promise<ManifestFile> {
  const handle = await open(join(root, path), "r");
  try {
    const sum = await checksumOf(handle, buffer);
    if (sync) await handle.sync();
    return { path, ...sum };
  } finally {
    await handle.close();
  }
}

/** The paths of all files below `root`, with "/". */
async function listFiles(root: string, prefix: string): Promise<string[]> {
  const paths: string[] = [];
  for (const entry of await readdir(join(root, prefix), { withFileTypes: true })) {
    const path = prefix === "" ? entry.name : `${prefix}/${entry.name}`;
    if (entry.isDirectory()) paths.push(...(await listFiles(root, path)));
    else paths.push(path);
  }
  return paths;
}

/** The manifest of the store at `root`, or undefined where it has none; `CORRUPT` where it is damaged, `UNSUPPORTED` where it is from the future. */
export async function readManifest(root: string, maxBytes: number): Promise<Manifest | undefined> {
  const path = join(root, MANIFEST);
  let text: string;
  try {
    text = await readFile(path, "utf8");
  } catch (cause) {
    if (isMissing(cause)) return undefined;
    throw saveError(cause, path);
  }
  if (text.length > maxBytes) {
    throw new AtsError("LIMIT_EXCEEDED", `${path} has ${text.length} bytes; raise maxMetadataBytes.`, { path });
  }
  return parseManifest(text, path);
}

function parseManifest(text: string, path: string): Manifest {
  let manifest: Partial<Manifest> | null;
  try {
    manifest = JSON.parse(text) as Partial<Manifest> | null;
  } catch (cause) {
    throw new AtsError("CORRUPT", `${path} is damaged.`, { path, cause });
  }
  if (typeof manifest?.version === "number" && manifest.version > 1) {
    throw new AtsError("UNSUPPORTED", `${path} was written by a newer version of this package; update it.`, { path });
  }
  const complete = manifest?.version === 1 && typeof manifest.generation === "string";
  if (complete && Array.isArray(manifest?.files) && manifest.files.every(isEntry)) return manifest as Manifest;
  throw new AtsError("CORRUPT", `${path} is damaged.`, { path });
}

function isEntry(file: Partial<ManifestFile> | null): boolean {
  return typeof file?.path === "string" && typeof file.size === "number" && typeof file.crc32 === "number";
}
