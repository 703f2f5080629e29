/**
 * The one error type of the package. Every failure is an {@link AtsError}; only an aborted call rejects with
 * `signal.reason` instead, as fetch does.
 */

/** What went wrong, as a stable name to branch on. */
export type AtsErrorCode =
  | "NOT_FOUND"
  | "CORRUPT"
  | "UNSUPPORTED"
  | "LIMIT_EXCEEDED"
  | "UNSAFE_PATH"
  | "INVALID_ARGUMENT"
  | "ALREADY_EXISTS"
  | "LOCKED"
  | "STALE"
  | "CLOSED"
  | "IO"
  | "INTERNAL";

/** Where the failure was and what caused it. */
export interface AtsErrorOptions {
  /** The file, store or element that the failure is about, such as `atlas.ats/obs.parquet` or `layers/counts`. */
  readonly path?: string;
  readonly cause?: unknown;
}

/** A typed failure: `code` says which kind, `path` where, `cause` what lay beneath. */
export class AtsError extends Error {
  override readonly name = "AtsError";
  readonly code: AtsErrorCode;
  readonly path: string | undefined;

  constructor(code: AtsErrorCode, message: string, options: AtsErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.path = options.path;
  }

  /**
   * Whether `value` is an AtsError, also one made by another copy of this package (the CommonJS build beside the ES
   * module, or a worker's structured clone turned back).
   */
  static is(value: unknown): value is AtsError {
    return value instanceof Error && value.name === "AtsError" && typeof (value as AtsError).code === "string";
  }
}
