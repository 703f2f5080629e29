/** HDF5 prints its error stacks on stderr; here they are caught, and become the reason in an error's message. */

const MOST_LINES = 400;
let lines: string[] = [];

/** Catches what h5wasm prints. Call before h5wasm is loaded: it keeps the functions that it finds then. */
export function captureDiagnostics(): void {
  const keep = (...parts: unknown[]) => {
    if (lines.length < MOST_LINES) lines.push(parts.join(" "));
  };
  console.error = keep;
  console.warn = keep;
  console.log = keep;
}

/** Forgets what was caught. */
export function clearDiagnostics(): void {
  lines = [];
}

/** The innermost reason that was printed since the last clearing, or null where nothing was. */
export function diagnosis(): string | null {
  if (lines.length === 0) return null;
  const frames = lines.map((line) => /^\s*#\d+: .*?line \d+ in \w+\(\): (.*)$/.exec(line)?.[1]);
  return frames.filter((reason) => reason !== undefined).at(-1) ?? lines[0] ?? null;
}
