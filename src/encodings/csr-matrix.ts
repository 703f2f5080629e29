/** `csr_matrix` 0.1.0: compressed sparse rows. */
import { defineEncoding } from "./define.js";
import { asGroup } from "./member.js";
import { openSparse } from "./sparse-open.js";
import { writeCompressed } from "./write-compressed.js";

/** Opens a sparse matrix kept row by row; writes one in slabs of rows. */
export const csrMatrix = defineEncoding({
  type: "csr_matrix",
  versions: ["0.1.0"],
  open: (node) => openSparse(asGroup(node, "csr_matrix"), "csr", "0.1.0"),
  write: (group, name, element, context) => writeCompressed(group, name, element, "csr", context),
});
