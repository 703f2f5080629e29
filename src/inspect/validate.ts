/** `ats validate`: whether a store is what its format promises; deep, whether every value is. */
import { listParts } from "../anndata/parts.js";
import type { LazyElement, LazyFrame } from "../elements/lazy.js";
import { AtsError } from "../errors.js";
import { openAnnData } from "../formats/detect.js";
import type { AnnDataElements, OpenedAnnData, OpenOptions } from "../formats/types.js";
import type { Finding } from "./validate/finding.js";
import { checkFrame } from "./validate/frame.js";
import { checkSeal } from "./validate/seal.js";
import { readThrough } from "./validate/values.js";

export type { Finding } from "./validate/finding.js";

/** What `ats validate --json` prints. */
export interface ValidationReport {
  readonly valid: boolean;
  readonly findings: readonly Finding[];
}

/** Options of {@link validate}. */
export interface ValidateOptions extends OpenOptions {
  /** Reads every value as well, in blocks, and every file of a store of ours against its checksum. */
  readonly deep?: boolean;
  /** Called with the path of each element before it is checked. */
  readonly onElement?: (path: string) => void;
}

/**
 * Checks the store at `path`. Without `deep`: metadata, encodings, the shapes of everything along both axes, columns, and that no file of a
 * store of ours is gone or cut. With it also every value: sparse structure, category codes, text, checksums. Each thing that is
 * wrong is a finding; errors are only `NOT_FOUND` for a store that is not there, `IO`, and an abort.
 */
export async function validate(path: string, options: ValidateOptions = {}): Promise<ValidationReport> {
  const findings: Finding[] = [];
  await checking("", findings, () => checkSeal(path, options, findings));
  let store: OpenedAnnData | undefined;
  await checking("", findings, async () => {
    store = await openAnnData(path, options);
  });
  try {
    if (store !== undefined) await checkElements(store.elements, options, findings);
  } finally {
    await store?.close();
  }
  return { valid: findings.length === 0, findings };
}

async function checkElements(elements: AnnDataElements, options: ValidateOptions, into: Finding[]): Promise<void> {
  for (const { path, element } of listParts(elements)) await checkElement(path, element, options, into);
}

async function checkElement(
  path: string,
  element: LazyElement,
  options: ValidateOptions,
  into: Finding[],
): Promise<void> {
  options.signal?.throwIfAborted();
  if (element.kind === "lazy-dict") {
    await checking(path, into, async () => {
      for (const key of await element.keys()) {
        const at = `${path}/${key}`;
        const member = await checking(at, into, () => element.get(key));
        if (member !== undefined) await checkElement(at, member, options, into);
      }
    });
    return;
  }
  options.onElement?.(path);
  if (element.kind === "lazy-frame") return checkTable(path, element, options, into);
  // An element that could not be opened, or whose encoding nobody knows, says so when it is read.
  const closed = ["unreadable", "opaque"].includes(element.info.encoding);
  if (options.deep || closed || element.kind === "lazy-value") {
    await checking(path, into, () => readThrough(path, element, options, into));
  }
}

async function checkTable(path: string, frame: LazyFrame, options: ValidateOptions, into: Finding[]): Promise<void> {
  checkFrame(path, frame, into);
  for (const name of frame.columnNames) {
    const at = `${path}/${name}`;
    await checking(at, into, async () => {
      const column = await frame.column?.(name);
      if (column !== undefined && (column.shape.length !== 1 || column.shape[0] !== frame.length)) {
        into.push({ path: at, code: "CORRUPT", what: `has the shape [${column.shape}] in ${frame.length} rows` });
      } else if (options.deep) await readThrough(at, frame, options, into, [name]);
    });
  }
  if (options.deep) await checking(path, into, () => readThrough(path, frame, options, into, []));
}

/** Runs one check; what fails because of the store is a finding, and undefined is the result. */
async function checking<T>(path: string, into: Finding[], check: () => Promise<T>): Promise<T | undefined> {
  try {
    return await check();
  } catch (error) {
    if (!AtsError.is(error) || ["NOT_FOUND", "IO", "CLOSED", "INTERNAL"].includes(error.code)) throw error;
    into.push({ path, code: error.code, what: error.message });
    return undefined;
  }
}
