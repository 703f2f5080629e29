/** Converts between formats, streamed, with an optional selection on the way. */
import type { AnnData } from "../anndata/anndata.js";
import { formatOfName, toPath } from "../anndata/location.js";
import { open } from "../anndata/open.js";
import { type WriteAnnDataOptions, write } from "../anndata/write.js";
import type { FormatName, OpenOptions } from "../formats/types.js";

/** Options of {@link convert}. */
export interface ConvertOptions extends Omit<WriteAnnDataOptions, "format"> {
  /** The target's format; else from the name of the target. */
  readonly to?: FormatName;
  /** What of the input to keep: `(adata) => adata.select({ obs: where("cell_type").eq("B cell") })`. */
  readonly view?: (adata: AnnData) => AnnData | Promise<AnnData>;
  readonly limits?: OpenOptions["limits"];
}

/** What was written. */
export interface ConvertResult {
  readonly format: FormatName;
  readonly shape: readonly [number, number];
}

/**
 * Converts the store at `input` to `output`. X is never held whole: it moves in blocks under `memory`. The target is there complete or
 * not at all. Errors: `NOT_FOUND` for a missing input, `ALREADY_EXISTS` for an existing output without `overwrite`, `UNSUPPORTED` for a
 * format that cannot be written, `CORRUPT` for damaged input, `INVALID_ARGUMENT` for a selection, a size or a type of
 * values that does not fit.
 */
export async function convert(
  input: string | URL,
  output: string | URL,
  options: ConvertOptions = {},
): Promise<ConvertResult> {
  const { to, view, limits, ...writeOptions } = options;
  const format = to ?? formatOfName(toPath(output));
  const { threads, signal, encodings } = writeOptions;
  const adata = await open(input, {
    ...(threads !== undefined && { threads }),
    ...(limits !== undefined && { limits }),
    ...(encodings !== undefined && { encodings }),
    ...(signal !== undefined && { signal }),
  });
  try {
    const kept = view === undefined ? adata : await view(adata);
    await write(kept, output, { ...writeOptions, format });
    return { format, shape: kept.shape };
  } finally {
    await adata.close();
  }
}
