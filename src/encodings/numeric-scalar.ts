/** `numeric-scalar` 0.2.0: one number, complex ones too. */
import { AtsError } from "../errors.js";
import { defineEncoding, marked } from "./define.js";
import { arrayInfo } from "./describe.js";
import { asArray } from "./member.js";
import { readNumber, singleValue } from "./single-value.js";
import { numberArray, writeSingle } from "./single-write.js";
import { unfit } from "./to-write.js";

/** Opens a number; writes one with the type that it has, or that numpy gives it. */
export const numericScalar = defineEncoding({
  type: "numeric-scalar",
  versions: ["0.2.0"],
  async open(node) {
    const array = asArray(node, "numeric-scalar");
    return singleValue(arrayInfo(array, "numeric-scalar", "0.2.0"), array, (options) => readNumber(array, options));
  },
  async write(group, name, element, context) {
    const value = await element.read([], context);
    const number = numberArray(value);
    if (number !== undefined) return writeSingle(group, name, number, marked("numeric-scalar", "0.2.0"), context);
    if (typeof value !== "bigint") throw unfit(element, "numeric-scalar", "is no number");
    const { path } = element.info;
    throw new AtsError("UNSUPPORTED", `${path} is an integer of more than 64 bits; keep it as a float or as text.`, {
      path,
    });
  },
});
