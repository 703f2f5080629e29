/** `categorical` 0.2.0: codes and categories; a code of -1 is a missing value. */
import { allocateCodes, Categorical, type Codes } from "../elements/categorical.js";
import { DenseArray } from "../elements/dense.js";
import { lazyFromValue } from "../elements/memory.js";
import { StringArray } from "../elements/strings.js";
import { eachBlock } from "./block-stream.js";
import { codedArray } from "./coded.js";
import { defineEncoding, marked } from "./define.js";
import { infoOf } from "./describe.js";
import { arrayOf, asGroup, corrupt, flagAttribute, memberOf } from "./member.js";
import { TEXT_BYTES } from "./string-array.js";
import { arrayToWrite, unfit } from "./to-write.js";

/**
 * Opens a categorical, whose categories are an element of their own (strings may be nullable). Writes its codes block by block, in the
 * narrowest signed type that holds them, as pandas has them.
 */
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
  async write(parent, name, element, context) {
    const source = arrayToWrite(element, "categorical");
    const none = await source.read([{ kind: "range", start: 0, step: 1, count: 0 }], context);
    if (!(none instanceof Categorical)) throw unfit(source, "categorical", "is no categorical");
    const { categories, ordered } = none;
    const group = await parent.group(name, marked("categorical", "0.2.0", { ordered }));
    const { dtype } = codesArray(allocateCodes(categories.length, 0));
    const codes = await group.array("codes", {
      dtype,
      shape: source.shape,
      codec: context.codec,
      attributes: marked("array", "0.2.0"),
    });
    // The source may make its codes of strings, so that a block is taken for one of strings.
    await eachBlock(codes, TEXT_BYTES, context, async (block, selection) => {
      const value = (await source.read(selection, context)) as Categorical;
      value.validate(source.info.path);
      await codes.write(block.origin, codesArray(narrow(value.codes, categories.length)), context);
    });
    const plain = categories instanceof StringArray ? withoutMissing(categories) : categories;
    await context.write(group, "categories", lazyFromValue(plain, `${source.info.path}/categories`));
  },
});

/** Categories are never missing, so that strings need no mask. */
function withoutMissing(categories: StringArray): StringArray {
  return categories.na === null ? categories : new StringArray(categories.values, categories.shape);
}

function narrow(codes: Codes, categories: number): Codes {
  const narrowest = allocateCodes(categories, 0);
  if (codes.BYTES_PER_ELEMENT === narrowest.BYTES_PER_ELEMENT) return codes;
  const copy = allocateCodes(categories, codes.length);
  copy.set(codes);
  return copy;
}

function codesArray(codes: Codes): DenseArray {
  const dtype = codes instanceof Int8Array ? "int8" : codes instanceof Int16Array ? "int16" : "int32";
  return new DenseArray(dtype, [codes.length], codes as never);
}
