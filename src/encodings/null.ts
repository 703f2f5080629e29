/** `null` 0.1.0: nothing. A null data space in HDF5, a boolean without dimensions in Zarr; nobody reads its value. */
import { defineEncoding, marked } from "./define.js";
import { infoOf } from "./describe.js";
import { asArray } from "./member.js";
import { singleValue } from "./single-value.js";

/** Opens and writes a null. */
export const nullValue = defineEncoding({
  type: "null",
  versions: ["0.1.0"],
  async open(node) {
    return singleValue(infoOf(node, "null", "0.1.0"), asArray(node, "null"), async () => null);
  },
  async write(group, name) {
    await group.array(name, { dtype: "bool", shape: [], empty: true, attributes: marked("null", "0.1.0") });
  },
});
