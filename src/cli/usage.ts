/** Wrong usage of the command line: exit code 2. */

/** Thrown by option parsing; `main` prints it with a pointer to `--help`. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}
