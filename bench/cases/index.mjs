/** Every case, in the order that they run. */
import { atsCases } from "./ats.mjs";
import { sparseCases } from "./sparse.mjs";
import { sparseWriteCases } from "./sparse-write.mjs";
import { zarrCases } from "./zarr.mjs";

export const cases = [...atsCases, ...zarrCases, ...sparseCases, ...sparseWriteCases];
