/** `bytes` 0.2.0: a byte string that is text, as older writers left it. anndata reads it and writes none. */
import { isUtf8 } from "node:buffer";
import { StringArray } from "../elements/strings.js";
import { AtsError } from "../errors.js";
import { defineEncoding, marked } from "./define.js";
import { arrayInfo } from "./describe.js";
import { asArray } from "./member.js";
import { readText, singleValue } from "./single-value.js";
import { unfit } from "./to-write.js";

/** Opens bytes; the stored text gives them in UTF-8. Writes text as a string of fixed length, which anndata reads as bytes. */
export const bytes = defineEncoding({
  type: "bytes",
  versions: ["0.2.0"],
  async open(node) {
    const array = asArray(node, "bytes");
    return singleValue(arrayInfo(array, "bytes", "0.2.0"), array, async (options) =>
      new TextEncoder().encode(await readText(array, options)),
    );
  },
  async write(group, name, element, context) {
    const value = await element.read([], context);
    if (!(value instanceof Uint8Array)) throw unfit(element, "bytes", "is no byte string");
    const { path } = element.info;
    // Fixed lengths end at the first NUL from the end, so that one there would be lost.
    if (!isUtf8(value) || value.at(-1) === 0) {
      throw new AtsError("UNSUPPORTED", `${path} holds bytes that are no text; keep them as an array of uint8.`, {
        path,
      });
    }
    const textBytes = Math.max(1, value.length);
    const writer = await group.array(name, {
      dtype: "string",
      shape: [],
      textBytes,
      attributes: marked("bytes", "0.2.0"),
    });
    await writer.write([], new StringArray([Buffer.from(value).toString("utf8")], []), context);
  },
});
