/** `csc_matrix` 0.1.0: compressed sparse columns. */
import { defineEncoding } from "./define.js";
import { asGroup } from "./member.js";
import { openSparse } from "./sparse-open.js";
import { writeSparse } from "./sparse-write.js";

/** Opens a sparse matrix kept column by column; writes a CSC matrix in memory. */
export const cscMatrix = defineEncoding({
  type: "csc_matrix",
  versions: ["0.1.0"],
  open: (node) => openSparse(asGroup(node, "csc_matrix"), "csc", "0.1.0"),
  write: (group, name, value, context) => writeSparse(group, name, value, "csc", context),
});
