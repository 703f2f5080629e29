/** `string-array` 0.2.0: strings in any number of dimensions, none of them missing. */
import { StringArray } from "../elements/strings.js";
import { eachBlock } from "./block-stream.js";
import { defineEncoding, marked } from "./define.js";
import { asArray } from "./member.js";
import { plainArray } from "./plain-array.js";
import { arrayToWrite, unfit } from "./to-write.js";

/** Bytes that a string is taken for where blocks are sized: its text, and JavaScript's value of it. */
export const TEXT_BYTES = 64;

/** Opens an array of strings; writes one block by block. An array without dimensions is written as a string. */
export const stringArray = defineEncoding({
  type: "string-array",
  versions: ["0.2.0"],
  async open(node) {
    return plainArray(asArray(node, "string-array"), "string-array", "0.2.0");
  },
  async write(group, name, element, context) {
    const source = arrayToWrite(element, "string-array");
    const { shape } = source;
    const attributes = marked(shape.length === 0 ? "string" : "string-array", "0.2.0");
    const writer = await group.array(name, { dtype: "string", shape, codec: context.codec, attributes });
    await eachBlock(writer, TEXT_BYTES, context, async (block, selection) => {
      const value = await source.read(selection, context);
      if (!(value instanceof StringArray)) throw unfit(source, "string-array", "holds no strings");
      if (value.hasMissing) throw unfit(source, "string-array", "has missing strings");
      await writer.write(block.origin, value, context);
    });
  },
});
