import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll } from "vitest";

/** A folder that is removed after the tests of the calling file; ends with a slash. */
export function tempFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "ats-tensorstore-"));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
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
