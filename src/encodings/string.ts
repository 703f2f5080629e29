/** `string` 0.2.0: one string. Of fixed length by the specification, of variable length by the writers: both are read. */
import { defineEncoding } from "./define.js";
import { arrayInfo } from "./describe.js";
import { asArray } from "./member.js";
import { readText, singleValue } from "./single-value.js";

/** Opens a string. */
export const string = defineEncoding({
  type: "string",
  versions: ["0.2.0"],
  async open(node) {
    const array = asArray(node, "string");
    return singleValue(arrayInfo(array, "string", "0.2.0"), array, (options) => readText(array, options));
  },
});
