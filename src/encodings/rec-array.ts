/** `rec-array` 0.2.0: records of named fields (numpy's structured arrays). */
import { defineEncoding } from "./define.js";
import { asArray } from "./member.js";
import { plainArray } from "./plain-array.js";

/** Opens an array of records. */
export const recArray = defineEncoding({
  type: "rec-array",
  versions: ["0.2.0"],
  async open(node) {
    return plainArray(asArray(node, "rec-array"), "rec-array", "0.2.0");
  },
});
