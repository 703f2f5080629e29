/** `bytes` 0.2.0: a byte string that is text, as older writers left it. */
import { defineEncoding } from "./define.js";
import { arrayInfo } from "./describe.js";
import { asArray } from "./member.js";
import { readText, singleValue } from "./single-value.js";

/** Opens bytes; the stored text gives them in UTF-8. */
export const bytes = defineEncoding({
  type: "bytes",
  versions: ["0.2.0"],
  async open(node) {
    const array = asArray(node, "bytes");
    return singleValue(arrayInfo(array, "bytes", "0.2.0"), array, async (options) =>
      new TextEncoder().encode(await readText(array, options)),
    );
  },
});
