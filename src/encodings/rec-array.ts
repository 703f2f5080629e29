/** `rec-array` 0.2.0: records of named fields (numpy's structured arrays). */
import { itemSize } from "../dtype.js";
import { sizeOf } from "../elements/dense.js";
import type { LazyArray } from "../elements/lazy.js";
import { RecordArray } from "../elements/record.js";
import type { StoredField, StoredValue } from "../storage/types.js";
import { eachBlock } from "./block-stream.js";
import { defineEncoding, marked, type WriteContext } from "./define.js";
import { asArray } from "./member.js";
import { plainArray } from "./plain-array.js";
import { TEXT_BYTES } from "./string-array.js";
import { arrayToWrite, unfit } from "./to-write.js";

/** Opens an array of records; writes one in blocks. Where records have strings, it is read twice: Zarr needs the longest of them first. */
export const recArray = defineEncoding({
  type: "rec-array",
  versions: ["0.2.0"],
  async open(node) {
    return plainArray(asArray(node, "rec-array"), "rec-array", "0.2.0");
  },
  async write(group, name, element, context) {
    const source = arrayToWrite(element, "rec-array");
    const { dtype, shape } = source;
    if (typeof dtype === "string") throw unfit(source, "rec-array", "holds no records");
    const width = dtype.fields.reduce((sum, field) => sum + fieldWidth(field), 0);
    const fields = await measure(source, dtype.fields, width, context);
    const attributes = marked("rec-array", "0.2.0");
    const writer = await group.array(name, { dtype: { fields }, shape, codec: context.codec, attributes });
    await eachBlock(writer, width, context, async (block, selection) => {
      await writer.write(block.origin, (await source.read(selection, context)) as StoredValue, context);
    });
  },
});

function fieldWidth({ dtype, shape = [] }: StoredField): number {
  return (dtype === "string" ? TEXT_BYTES : itemSize(dtype)) * sizeOf(shape);
}

/** Records that are measured together, at least. */
const MEASURED = 64;

/** The fields, those of strings with the characters of their longest. A missing string counts as an empty one. */
async function measure(
  source: LazyArray,
  fields: readonly StoredField[],
  width: number,
  { memory, signal }: WriteContext,
): Promise<readonly StoredField[]> {
  if (!fields.some(({ dtype }) => dtype === "string")) return fields;
  const longest = new Map(fields.filter(({ dtype }) => dtype === "string").map(({ name }) => [name, 0]));
  const scan = { shape: source.shape, chunks: [MEASURED] };
  await eachBlock(scan, width, { memory, signal }, async (_, selection) => {
    const records = await source.read(selection, { signal });
    if (!(records instanceof RecordArray)) throw unfit(source, "rec-array", "holds no records");
    for (const name of longest.keys()) {
      const field = records.fields.get(name);
      if (field?.kind !== "strings") throw unfit(source, "rec-array", `has no strings in its field "${name}"`);
      for (const text of field.values) longest.set(name, Math.max(longest.get(name) as number, characters(text)));
    }
  });
  return fields.map((field) =>
    field.dtype === "string" ? { ...field, characters: longest.get(field.name) as number } : field,
  );
}

/** Unicode characters, not UTF-16 units. */
function characters(text: string | null): number {
  if (text === null) return 0;
  let count = 0;
  for (let i = 0; i < text.length; i++) if ((text.charCodeAt(i) & 0xfc00) !== 0xdc00) count++;
  return count;
}
