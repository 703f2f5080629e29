/** Writing an AnnData to a store. */
import { byteSize } from "../byte-size.js";
import { writeAnnData } from "../formats/detect.js";
import type { FormatName, WriteOptions } from "../formats/types.js";
import type { AnnData } from "./anndata.js";
import { formatOfName, toPath } from "./location.js";

/** Options of {@link write}. */
export interface WriteAnnDataOptions extends Omit<WriteOptions, "memory"> {
  /** A bound on the memory of buffers: bytes, or a size such as `"256MiB"`. Default 1 GiB. */
  readonly memory?: number | string | undefined;
  /** Told from the name of the target where not given: `.ats`, `.zarr`, `.h5ad`. */
  readonly format?: FormatName | undefined;
}

/**
 * Writes an AnnData, also a view, to `path`, streamed: all or nothing. `ALREADY_EXISTS` unless `overwrite`, `UNSUPPORTED` for a format that
 * cannot be written, `INVALID_ARGUMENT` where the format cannot be told, for a `memory` that is no size, and for a `dtype` that a value does not have.
 */
export async function write(adata: AnnData, path: string | URL, options: WriteAnnDataOptions = {}): Promise<void> {
  const { format, memory, ...rest } = options;
  const target = toPath(path);
  const chosen = format ?? formatOfName(target);
  const bound = memory === undefined ? {} : { memory: byteSize("memory", memory) };
  await adata.resolve({ signal: options.signal });
  await writeAnnData(adata.elements, target, chosen, { ...rest, ...bound });
}
