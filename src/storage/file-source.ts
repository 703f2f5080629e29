/** Random access to a regular file that nobody vouches for: no symlinks, no pipes, no devices, and no mixture of two generations. */
import { type BigIntStats, constants } from "node:fs";
import { type FileHandle, open } from "node:fs/promises";
import { AtsError } from "../errors.js";

/** Says which file it was: two equal identities are the same bytes. */
export interface FileIdentity {
  readonly inode: bigint;
  readonly device: bigint;
  readonly size: bigint;
  readonly modified: bigint;
}

/** An open regular file. */
export interface FileSource {
  readonly path: string;
  readonly size: number;
  readonly identity: FileIdentity;
  /** Exactly `length` bytes from `offset`; `CORRUPT` where the file ends before. */
  read(offset: number, length: number): Promise<Uint8Array>;
}

/**
 * Opens `path`, calls `use` and closes it again. `NOT_FOUND`; `UNSAFE_PATH` where the path itself is a symlink or is no regular file; `STALE` where
 * `identity` is given and the file is another one by now; `IO` for whatever else the system says.
 */
export async function withFile<T>(
  path: string,
  identity: FileIdentity | undefined,
  use: (source: FileSource) => Promise<T>,
): Promise<T> {
  const handle = await openRegular(path);
  try {
    const stats = await handle.stat({ bigint: true });
    if (!stats.isFile()) throw unsafe(path);
    const now = identityOf(stats);
    if (identity !== undefined && !same(identity, now)) {
      throw new AtsError("STALE", `${path} was replaced since it was opened; open the store again.`, { path });
    }
    const size = Number(stats.size);
    return await use({
      path,
      size,
      identity: now,
      read: (offset, length) => readExactly(handle, path, offset, length),
    });
  } finally {
    await handle.close();
  }
}

/** The whole of a small regular file; `LIMIT_EXCEEDED` beyond `limit` bytes; other errors as {@link withFile}. */
export function readSmallFile(path: string, limit: number): Promise<Uint8Array> {
  return withFile(path, undefined, async (source) => {
    if (source.size > limit) {
      throw new AtsError("LIMIT_EXCEEDED", `${path} has ${source.size} bytes; at most ${limit} are read.`, { path });
    }
    return source.read(0, source.size);
  });
}

async function openRegular(path: string): Promise<FileHandle> {
  try {
    return await open(path, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0));
  } catch (cause) {
    throw fileError(cause, path);
  }
}

/** The typed error for a failed call of the file system on `path`. */
export function fileError(cause: unknown, path: string): AtsError {
  const code = (cause as NodeJS.ErrnoException | null)?.code;
  if (AtsError.is(cause)) return cause;
  if (code === "ENOENT" || code === "ENOTDIR")
    return new AtsError("NOT_FOUND", `${path} does not exist.`, { path, cause });
  if (code === "ELOOP" || code === "ENXIO" || code === "EISDIR") return unsafe(path, cause);
  if (code === "ENAMETOOLONG" || code === "ERR_INVALID_ARG_VALUE") {
    return new AtsError("UNSAFE_PATH", `${JSON.stringify(path)} is not a name that a file can have.`, { path, cause });
  }
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new AtsError("IO", `${path}: the file system answered ${code ?? reason}.`, { path, cause });
}

function unsafe(path: string, cause?: unknown): AtsError {
  const options = cause === undefined ? { path } : { path, cause };
  return new AtsError(
    "UNSAFE_PATH",
    `${path} is a link or not a regular file; a store holds regular files only.`,
    options,
  );
}

async function readExactly(handle: FileHandle, path: string, offset: number, length: number): Promise<Uint8Array> {
  const bytes = new Uint8Array(length);
  let done = 0;
  while (done < length) {
    const { bytesRead } = await handle.read(bytes, done, length - done, offset + done).catch((cause: unknown) => {
      throw fileError(cause, path);
    });
    if (bytesRead === 0) {
      throw new AtsError("CORRUPT", `${path} ends at byte ${offset + done}, before its contents do.`, { path });
    }
    done += bytesRead;
  }
  return bytes;
}

function identityOf(stats: BigIntStats): FileIdentity {
  return { inode: stats.ino, device: stats.dev, size: stats.size, modified: stats.mtimeNs };
}

function same(a: FileIdentity, b: FileIdentity): boolean {
  return a.inode === b.inode && a.device === b.device && a.size === b.size && a.modified === b.modified;
}
