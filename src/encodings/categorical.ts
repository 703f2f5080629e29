/** `categorical` 0.2.0: codes and categories; a code of -1 is a missing value. */
import { codedArray } from "./coded.js";
import { defineEncoding } from "./define.js";
import { infoOf } from "./describe.js";
import { arrayOf, asGroup, corrupt, flagAttribute, memberOf } from "./member.js";

/** Opens a categorical, whose categories are an element of their own (strings may be nullable). */
export const categorical = defineEncoding({
  type: "categorical",
  versions: ["0.2.0"],
  async open(node, context) {
    const group = asGroup(node, "categorical");
    const codes = await arrayOf(group, "codes");
    const categories = await context.open(await memberOf(group, "categories"));
    if (categories.kind !== "lazy-array") throw corrupt(group.path, "has categories that are not an array");
    const ordered = flagAttribute(group, "ordered");
    return codedArray({ codes, categories, ordered, info: infoOf(group, "categorical", "0.2.0") });
  },
});
