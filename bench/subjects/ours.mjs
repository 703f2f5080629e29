/** This package, as its users import it. */
import { atsOperations } from "./ours-ats.mjs";
import { sparseOperations } from "./ours-sparse.mjs";
import { zarrOperations } from "./ours-zarr.mjs";

export const operations = { ...atsOperations, ...zarrOperations, ...sparseOperations };
