import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll } from "vitest";

/**
 * A folder that is removed after the tests of the calling file; ends with a slash.
 * A write that was aborted rejects at once, but chunks that a thread had begun still land: removing is tried until they have.
 */
export function tempFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "ats-tensorstore-"));
  afterAll(() => rmSync(folder, { recursive: true, force: true, maxRetries: 50, retryDelay: 20 }));
  return `${folder}/`;
}

/** The code of the error that `action` fails with; undefined when it does not fail. */
export async function codeOf(action: () => unknown): Promise<string | undefined> {
  try {
    await action();
    return undefined;
  } catch (error) {
    return (error as { code?: string }).code ?? String(error);
  }
}
