/** `dict` 0.1.0: named elements. */
import { defineEncoding } from "./define.js";
import { groupDict } from "./group-dict.js";
import { asGroup } from "./member.js";

/** Opens a dict. */
export const dict = defineEncoding({
  type: "dict",
  versions: ["0.1.0"],
  async open(node, context) {
    return groupDict(asGroup(node, "dict"), "dict", "0.1.0", context);
  },
});
