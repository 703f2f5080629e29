/** `ats get`: one element or table as CSV, TSV, JSON or NPY, streamed. */
import type { LazyArray } from "../../elements/lazy.js";
import type { Value } from "../../elements/values.js";
import { AtsError } from "../../errors.js";
import type { AnnDataElements } from "../../formats/types.js";
import type { ReadOptions } from "../../storage/types.js";
import { type Found, find } from "../find.js";
import { arrayJson, arrayNpy, matrixText } from "./array.js";
import { type cells, frameText, plainFrame } from "./frame.js";
import { separatedLine, stringify } from "./text.js";
import { plainValue } from "./value.js";

/** The forms of an export. */
export const EXPORT_FORMATS = ["csv", "tsv", "json", "npy"] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

/**
 * Writes the element at `path` (as `ats info` names it) as text or bytes. Matrices and tables are read a slab of rows at a time.
 * Errors: `NOT_FOUND` for a path that is not there, `UNSUPPORTED` for a form that cannot hold the element.
 */
export async function* exportElement(
  elements: AnnDataElements,
  path: string,
  format: ExportFormat,
  options: ReadOptions = {},
): AsyncGenerator<string | Uint8Array> {
  const found = await find(elements, path);
  const { element } = found;
  if (format === "npy") {
    yield* arrayNpy(requireArray(found, path), options);
  } else if (element.kind === "lazy-frame") {
    yield* exportFrame(found, format, options);
  } else if (element.kind === "lazy-array" && isNumericMatrix(element)) {
    if (format === "json") yield* arrayJson(element, options);
    else yield* matrixText(element, found.rows, found.columns, separatorOf(format), options);
  } else {
    yield* exportValue((await element.read(undefined, options)) as Value, path, format);
  }
}

function separatorOf(format: ExportFormat): string {
  return format === "tsv" ? "\t" : ",";
}

function isNumericMatrix(array: LazyArray): boolean {
  return typeof array.dtype === "string" && array.dtype !== "string" && array.shape.length === 2;
}

function requireArray(found: Found, path: string): LazyArray {
  if (found.element.kind === "lazy-array") return found.element;
  throw new AtsError("UNSUPPORTED", `${path} is not an array; NPY holds arrays only. Use --format csv or json.`, {
    path,
  });
}

async function* exportFrame(found: Found, format: ExportFormat, options: ReadOptions): AsyncGenerator<string> {
  const { element, column } = found;
  if (element.kind !== "lazy-frame") return;
  const columns = column === null ? undefined : [column];
  if (format === "json") yield `${stringify(plainFrame(await element.readFrame(columns, undefined, options)))}\n`;
  else yield* frameText(element, columns, separatorOf(format), options);
}

function* exportValue(value: Value, path: string, format: ExportFormat): Generator<string> {
  const plain = plainValue(value);
  if (format === "json") yield `${stringify(plain)}\n`;
  else if (Array.isArray(plain) && !plain.some((item) => typeof item === "object" && item !== null)) {
    for (const item of plain as ReturnType<typeof cells>) yield separatedLine([item], separatorOf(format));
  } else if (plain === null || typeof plain !== "object") yield `${String(plain)}\n`;
  else throw new AtsError("UNSUPPORTED", `${path} is no table; use --format json.`, { path });
}
