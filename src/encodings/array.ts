/** `array` 0.2.0: numbers in any number of dimensions. */
import { defineEncoding, marked } from "./define.js";
import { writeDense } from "./dense-write.js";
import { asArray } from "./member.js";
import { plainArray } from "./plain-array.js";
import { arrayToWrite, numericType } from "./to-write.js";

/** Opens an array of numbers; writes one block by block, a sparse matrix too. An array without dimensions is written as a scalar. */
export const array = defineEncoding({
  type: "array",
  versions: ["0.2.0"],
  async open(node) {
    return plainArray(asArray(node, "array"), "array", "0.2.0");
  },
  async write(group, name, element, context) {
    const source = arrayToWrite(element, "array");
    const { shape } = source;
    const attributes = marked(shape.length === 0 ? "numeric-scalar" : "array", "0.2.0");
    const chunks = context.chunks(shape, numericType(source, "array"));
    const { memory, signal, onBytes, codec } = context;
    await writeDense(group, name, source, { memory, signal, onBytes, codec, chunks, attributes });
  },
});
