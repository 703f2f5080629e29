/**
 * `anndata` and `raw` 0.1.0: groups with the members of an AnnData. A whole store's root is taken apart by its format; here they are the
 * ones that lie within another element, such as an AnnData in `uns`, and open as dicts.
 */
import { defineEncoding } from "./define.js";
import { groupDict } from "./group-dict.js";
import { writeGroup } from "./group-write.js";
import { asGroup } from "./member.js";

/** Opens a nested AnnData as a dict of its members, and writes it back as one. */
export const anndata = defineEncoding({
  type: "anndata",
  versions: ["0.1.0"],
  async open(node, context) {
    return groupDict(asGroup(node, "anndata"), "anndata", "0.1.0", context);
  },
  write: (group, name, element, context) => writeGroup(group, name, element, "anndata", context),
});

/** Opens a raw group as a dict of its members, and writes it back as one. */
export const raw = defineEncoding({
  type: "raw",
  versions: ["0.1.0"],
  async open(node, context) {
    return groupDict(asGroup(node, "raw"), "raw", "0.1.0", context);
  },
  write: (group, name, element, context) => writeGroup(group, name, element, "raw", context),
});
