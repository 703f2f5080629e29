/** `numeric-scalar` 0.2.0: one number, complex ones too. */
import { defineEncoding } from "./define.js";
import { arrayInfo } from "./describe.js";
import { asArray } from "./member.js";
import { readNumber, singleValue } from "./single-value.js";

/** Opens a number. */
export const numericScalar = defineEncoding({
  type: "numeric-scalar",
  versions: ["0.2.0"],
  async open(node) {
    const array = asArray(node, "numeric-scalar");
    return singleValue(arrayInfo(array, "numeric-scalar", "0.2.0"), array, (options) => readNumber(array, options));
  },
});
