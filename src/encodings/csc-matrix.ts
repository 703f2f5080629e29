/** `csc_matrix` 0.1.0: compressed sparse columns. */
import { defineEncoding } from "./define.js";
import { asGroup } from "./member.js";
import { openSparse } from "./sparse-open.js";
import { writeCompressed } from "./write-compressed.js";

/** Opens a sparse matrix kept column by column; writes one in slabs of columns. */
export const cscMatrix = defineEncoding({
  type: "csc_matrix",
  versions: ["0.1.0"],
  open: (node) => openSparse(asGroup(node, "csc_matrix"), "csc", "0.1.0"),
  write: (group, name, element, context) => writeCompressed(group, name, element, "csc", context),
});
