/** Writes an AnnData in a format. */
import { AtsError } from "../errors.js";
import { writeAts } from "./ats-write.js";
import { writeH5ad } from "./h5ad-write.js";
import { checkValueTypes } from "./matrix-values.js";
import type { AnnDataElements, FormatName, WriteOptions } from "./types.js";
import { writeZarr } from "./zarr-write.js";

type Writer = (elements: AnnDataElements, path: string, options: WriteOptions) => Promise<void>;

/** The formats that can be written. */
const WRITERS: { readonly [F in FormatName]?: Writer } = { ats: writeAts, zarr: writeZarr, h5ad: writeH5ad };

/**
 * Writes `elements` to `path` as `format`, streamed, all or nothing. `UNSUPPORTED` for a format that is only read, `INVALID_ARGUMENT` for types that values
 * cannot have; else the errors of its writer.
 */
export async function writeAnnData(
  elements: AnnDataElements,
  path: string,
  format: FormatName,
  options: WriteOptions = {},
): Promise<void> {
  const writer = WRITERS[format];
  if (writer === undefined) {
    throw new AtsError(
      "UNSUPPORTED",
      `${format} cannot be written; write ${Object.keys(WRITERS).join(" or ")} instead.`,
      { path },
    );
  }
  options.signal?.throwIfAborted();
  checkValueTypes(elements, options);
  await writer(elements, path, options);
}
