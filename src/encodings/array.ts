/** `array` 0.2.0: numbers in any number of dimensions. */
import { DenseArray } from "../elements/dense.js";
import { AtsError } from "../errors.js";
import { defineEncoding } from "./define.js";
import { asArray } from "./member.js";
import { plainArray } from "./plain-array.js";

/** Opens an array of numbers; writes a {@link DenseArray}. */
export const array = defineEncoding({
  type: "array",
  versions: ["0.2.0"],
  async open(node) {
    return plainArray(asArray(node, "array"), "array", "0.2.0");
  },
  async write(group, name, value, context) {
    if (!(value instanceof DenseArray)) {
      const path = `${group.path}/${name}`;
      throw new AtsError("INVALID_ARGUMENT", `${path} is written as an array, so it needs a DenseArray.`, { path });
    }
    const attributes = { "encoding-type": "array", "encoding-version": "0.2.0" };
    const writer = await group.array(name, { dtype: value.dtype, shape: value.shape, attributes });
    await writer.write(
      value.shape.map(() => 0),
      value,
      context,
    );
  },
});
