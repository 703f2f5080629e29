/**
 * What lies where in an `.ats` directory, the layout of the Python package anndata-tensorstore: `X`, `layers/<k>`, `obsm/<k>`, `varm/<k>` are bare Zarr
 * version 2 arrays, `obs.parquet` and `var.parquet` tables, `uns/<k>.parquet` frames and `uns/<k>.pickle` everything else; `raw` repeats it.
 * Ours, which Python's loader passes over: `obsp`, `varp`, a manifest, and `extra/<map>` for members that are no arrays of numbers.
 */

export const OBS_FILE = "obs.parquet";
export const VAR_FILE = "var.parquet";
export const X_NAME = "X";
export const UNS_NAME = "uns";
export const RAW_NAME = "raw";
/** Tables and other values of `obsm` and the like: within those directories themselves, Python's loader takes everything for an array. */
export const EXTRA_NAME = "extra";
export const TABLE_SUFFIX = ".parquet";
export const PICKLE_SUFFIX = ".pickle";

/** The maps of an AnnData, each a directory of arrays. */
export const MAP_NAMES = ["layers", "obsm", "varm", "obsp", "varp"] as const;
export type MapName = (typeof MAP_NAMES)[number];

/** The names of files, as the package of Python exports them. */
export const ATS_FILE_NAME = { obs: OBS_FILE, var: VAR_FILE } as const;
