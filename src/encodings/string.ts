/** `string` 0.2.0: one string. Of fixed length by the specification, of variable length by the writers: both are read. */
import { StringArray } from "../elements/strings.js";
import { defineEncoding, marked } from "./define.js";
import { arrayInfo } from "./describe.js";
import { asArray } from "./member.js";
import { readText, singleValue } from "./single-value.js";
import { writeSingle } from "./single-write.js";
import { unfit } from "./to-write.js";

/** Opens a string; writes one of variable length. */
export const string = defineEncoding({
  type: "string",
  versions: ["0.2.0"],
  async open(node) {
    const array = asArray(node, "string");
    return singleValue(arrayInfo(array, "string", "0.2.0"), array, (options) => readText(array, options));
  },
  async write(group, name, element, context) {
    const value = await element.read([], context);
    if (typeof value !== "string") throw unfit(element, "string", "is no string");
    await writeSingle(group, name, new StringArray([value], []), marked("string", "0.2.0"), context);
  },
});
