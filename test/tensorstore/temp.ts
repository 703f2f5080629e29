import { mkdtempSync } from "node:fs";
import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll } from "vitest";

/**
 * A folder that is removed after the tests of the calling file; ends with a slash.
 * A write that was aborted rejects at once, but chunks that a thread had begun still land: removing is tried until they have
 * (asynchronously: Node 20's rmSync does not try again where a folder was filled meanwhile).
 */
export function tempFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "ats-tensorstore-"));
  afterAll(() => rm(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 50 }));
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
