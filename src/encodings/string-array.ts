/** `string-array` 0.2.0: strings in any number of dimensions. */
import { defineEncoding } from "./define.js";
import { asArray } from "./member.js";
import { plainArray } from "./plain-array.js";

/** Opens an array of strings. */
export const stringArray = defineEncoding({
  type: "string-array",
  versions: ["0.2.0"],
  async open(node) {
    return plainArray(asArray(node, "string-array"), "string-array", "0.2.0");
  },
});
