/** `dict` 0.1.0: named elements. */
import { defineEncoding } from "./define.js";
import { groupDict } from "./group-dict.js";
import { writeGroup } from "./group-write.js";
import { asGroup } from "./member.js";

/** Opens and writes a dict. */
export const dict = defineEncoding({
  type: "dict",
  versions: ["0.1.0"],
  async open(node, context) {
    return groupDict(asGroup(node, "dict"), "dict", "0.1.0", context);
  },
  write: (group, name, element, context) => writeGroup(group, name, element, "dict", context),
});
