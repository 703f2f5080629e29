/** Typed errors for failed calls of the file system while a store is saved. */
import { AtsError, type AtsErrorCode } from "../errors.js";

const CODES: Readonly<Record<string, AtsErrorCode>> = {
  ENOENT: "NOT_FOUND",
  EEXIST: "ALREADY_EXISTS",
  ENOTEMPTY: "ALREADY_EXISTS",
};

const REASONS: Readonly<Record<string, string>> = {
  ENOSPC: "the disk is full",
  EDQUOT: "the quota is used up",
  EACCES: "permission is denied",
  EPERM: "it is not permitted",
  EROFS: "the file system is read-only",
  EMFILE: "too many files are open",
  ENOENT: "it does not exist",
  EEXIST: "it exists already",
  ENOTEMPTY: "it exists already",
  ENOTDIR: "a part of the path is not a directory",
};

/** The `AtsError` for `cause`, which a call on `path` threw; an `AtsError` stays itself. */
export function saveError(cause: unknown, path: string): AtsError {
  if (AtsError.is(cause)) return cause;
  const code = (cause as NodeJS.ErrnoException | null)?.code ?? "";
  const reason = REASONS[code] ?? (cause instanceof Error ? cause.message : String(cause));
  return new AtsError(CODES[code] ?? "IO", `${path}: ${reason}.`, { path, cause });
}

/** Whether the file system said that there is nothing at the path. */
export function isMissing(cause: unknown): boolean {
  return (cause as NodeJS.ErrnoException | null)?.code === "ENOENT";
}

/** Something appeared at `target` while it was being saved. */
export function appeared(target: string, cause: unknown): AtsError {
  return new AtsError("ALREADY_EXISTS", `${target} was created by someone else meanwhile.`, { path: target, cause });
}
