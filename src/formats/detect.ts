/** Which format a path holds. */
import { readdir } from "node:fs/promises";
import { collectLeftovers } from "../durability/collect.js";
import { MANIFEST } from "../durability/manifest.js";
import { AtsError } from "../errors.js";
import { fileError } from "../storage/file-source.js";
import { descriptors, openRegularFile, type RegularFile } from "../storage/regular-file.js";
import { OBS_FILE, VAR_FILE } from "./ats-layout.js";
import { openAts } from "./ats-open.js";
import { openH5ad } from "./h5ad.js";
import { isMtx, openMtx } from "./mtx.js";
import type { OpenedAnnData, OpenOptions } from "./types.js";
import { openZarr, ZARR_MARKS } from "./zarr.js";

export { writeAnnData } from "./write.js";

/** The signature of HDF5 files (HDF5 File Format Specification, "Superblock"). */
const HDF5_SIGNATURE = Buffer.from([0x89, 0x48, 0x44, 0x46, 0x0d, 0x0a, 0x1a, 0x0a]);
/** Where it may lie: at the start, or behind a user block of a power of two. */
const HDF5_OFFSETS = [0, 512, 1024, 2048];
/** The signature of a zip archive's first member; an empty archive is no store (PKWARE's APPNOTE.TXT, 4.3.7). */
const ZIP_SIGNATURE = Buffer.from("PK\x03\x04", "latin1");

/** Names of what is nearly always a file, and so looked at as one first: each look takes its time. */
const FILE_NAMES = /\.(h5ad|h5|hdf5|zip)$/i;

/** What is at a path: an open file, or the names in a directory. */
type Found = { readonly file: RegularFile } | { readonly names: readonly string[] };

/**
 * Opens the store at `path`, whatever its format: metadata only. What a killed save left beside it is put in order first. `NOT_FOUND`;
 * `UNSUPPORTED`, naming what can be opened, for anything else than an `.ats`, a Zarr store or an `.h5ad`; and what the format's own `open` throws.
 */
export async function openAnnData(path: string, options: OpenOptions = {}): Promise<OpenedAnnData> {
  options.signal?.throwIfAborted();
  // Looked at meanwhile: only after a killed save is there anything to put in order.
  const looking = look(path);
  const [changed] = await Promise.all([collectLeftovers(path), looking.catch(() => undefined)]).catch(async (error) => {
    await drop(looking);
    throw error;
  });
  if (!changed) return openFound(path, await looking, options);
  await drop(looking);
  return openFound(path, await look(path), options);
}

/** Closes what was looked at. */
async function drop(looking: Promise<Found>): Promise<void> {
  const found = await looking.catch(() => undefined);
  if (found !== undefined && "file" in found) await descriptors.close(found.file.fd);
}

/** What is at `path`; `NOT_FOUND`, `UNSAFE_PATH` for what is neither file nor directory, `IO`. */
async function look(path: string): Promise<Found> {
  if (!FILE_NAMES.test(path)) {
    const names = await readdir(path).catch((cause: NodeJS.ErrnoException) => {
      if (cause.code !== "ENOTDIR") throw fileError(cause, path);
    });
    return names === undefined ? { file: await openRegularFile(path) } : { names };
  }
  const file = await openRegularFile(path).catch((error: unknown) => {
    if (!AtsError.is(error) || error.code !== "INVALID_ARGUMENT") throw error;
  });
  return file === undefined ? { names: await list(path) } : { file };
}

function openFound(path: string, found: Found, options: OpenOptions): Promise<OpenedAnnData> {
  return "names" in found ? openDirectory(path, found.names, options) : openFile(path, found.file, options);
}

async function openFile(path: string, file: RegularFile, options: OpenOptions): Promise<OpenedAnnData> {
  const begins = (signature: Buffer, offsets: readonly number[]) =>
    hasSignature(file, signature, offsets).catch((cause: unknown) => {
      throw fileError(cause, path);
    });
  let taken = false;
  try {
    if (await begins(HDF5_SIGNATURE, HDF5_OFFSETS)) {
      taken = true;
      return await openH5ad(path, options, file);
    }
    if (await begins(ZIP_SIGNATURE, [0])) return await openZarr(path, options);
    throw unknownFormat(path, "It is a file with neither HDF5's nor a zip archive's signature.");
  } finally {
    if (!taken) await descriptors.close(file.fd);
  }
}

async function list(path: string): Promise<string[]> {
  return readdir(path).catch((cause: unknown) => {
    throw fileError(cause, path);
  });
}

async function openDirectory(path: string, names: readonly string[], options: OpenOptions): Promise<OpenedAnnData> {
  const has = (...some: readonly string[]) => some.some((name) => names.includes(name));
  if (has(OBS_FILE, VAR_FILE)) return openAts(path, options);
  if (has(...ZARR_MARKS)) return openZarr(path, options);
  if (has(MANIFEST)) return openAts(path, options);
  if (isMtx(names)) return openMtx(path, names, options);
  throw unknownFormat(path, `It has neither ${OBS_FILE} nor a Zarr store's metadata.`);
}

async function hasSignature({ fd }: RegularFile, signature: Buffer, offsets: readonly number[]): Promise<boolean> {
  const { length } = signature;
  for (const offset of offsets) {
    const { buffer, bytesRead } = await descriptors.read(fd, Buffer.alloc(length), 0, length, offset);
    if (bytesRead === length && buffer.equals(signature)) return true;
  }
  return false;
}

function unknownFormat(path: string, what: string): AtsError {
  return new AtsError(
    "UNSUPPORTED",
    `${path} cannot be opened: ${what} Supported are .ats directories, Zarr stores (also zipped), .h5ad files, and 10x matrices (.h5, or a directory with matrix.mtx).`,
    { path },
  );
}
