/** This package, as its users import it. */
import { atsOperations } from "./ours-ats.mjs";
import { zarrOperations } from "./ours-zarr.mjs";

export const operations = { ...atsOperations, ...zarrOperations };
