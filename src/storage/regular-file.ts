/** Files that are read by descriptor. */
import { close, constants, fstat, open, read } from "node:fs";
import { promisify } from "node:util";
import { AtsError } from "../errors.js";
import { fileError } from "./file-source.js";

/** Calls of the system on descriptors, as promises. */
export const descriptors = {
  open: promisify(open),
  stat: promisify(fstat),
  read: promisify(read),
  close: promisify(close),
};

/** An open file. */
export interface RegularFile {
  readonly fd: number;
  /** Bytes of it. */
  readonly size: number;
}

/**
 * Opens a regular file for reading, without waiting for the other end of a FIFO. `NOT_FOUND` where nothing is there, `UNSAFE_PATH` for a FIFO, socket or
 * device, `INVALID_ARGUMENT` for a directory, `IO`.
 */
export async function openRegularFile(path: string): Promise<RegularFile> {
  const fd = await descriptors.open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0)).catch((cause: unknown) => {
    throw openFailure(path, cause);
  });
  const stat = await descriptors.stat(fd);
  if (stat.isFile()) return { fd, size: stat.size };
  await descriptors.close(fd);
  if (stat.isDirectory()) {
    throw new AtsError("INVALID_ARGUMENT", `${path} is a directory; name a file.`, { path });
  }
  throw new AtsError("UNSAFE_PATH", `${path} is not a regular file; name a file.`, { path });
}

function openFailure(path: string, cause: unknown): AtsError {
  const { code } = cause as NodeJS.ErrnoException;
  if (code === "ENOENT" || code === "ENOTDIR") {
    return new AtsError("NOT_FOUND", `${path} does not exist; check the path.`, { path, cause });
  }
  if (code === "ENXIO" || code === "ELOOP") {
    return new AtsError("UNSAFE_PATH", `${path} is not a regular file; name a file.`, { path, cause });
  }
  return fileError(cause, path);
}
