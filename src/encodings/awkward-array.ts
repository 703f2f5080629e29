/** `awkward-array` 0.1.0: nested lists and records, as a form, a length and the buffers that the form names. */
import { AwkwardArray } from "../elements/awkward.js";
import { bufferKeys, parseForm, typeText } from "../elements/awkward-form.js";
import { takeBuffers } from "../elements/awkward-take.js";
import { DenseArray } from "../elements/dense.js";
import type { LazyArray } from "../elements/lazy.js";
import { lazyFromValue } from "../elements/memory.js";
import type { AxisSelection } from "../selection/axis.js";
import type { ArrayNode, GroupNode, ReadOptions } from "../storage/types.js";
import { defineEncoding, marked } from "./define.js";
import { infoOf, sumBytes } from "./describe.js";
import { arrayOf, asGroup, corrupt, textAttribute } from "./member.js";
import { plainArray } from "./plain-array.js";
import { arrayToWrite, unfit } from "./to-write.js";

/** An awkward array as it is stored: its buffers can be copied one by one. */
interface StoredAwkward extends LazyArray {
  readonly awkward: {
    readonly form: string;
    readonly length: number;
    readonly buffers: ReadonlyMap<string, ArrayNode>;
  };
}

/** Opens an awkward array, whose reads touch only what the selected entries need; writes one buffer by buffer. */
export const awkwardArray = defineEncoding({
  type: "awkward-array",
  versions: ["0.1.0"],
  open: async (node) => openAwkward(asGroup(node, "awkward-array")),
  async write(parent, name, element, context) {
    const source = arrayToWrite(element, "awkward-array");
    const { path } = source.info;
    if (isStored(source)) {
      const { form, length, buffers } = source.awkward;
      const group = await parent.group(name, marked("awkward-array", "0.1.0", { form, length }));
      for (const [key, buffer] of buffers) await context.write(group, key, plainArray(buffer, "array", "0.2.0"));
      return;
    }
    const value = await source.read([], context);
    if (!(value instanceof AwkwardArray)) throw unfit(source, "awkward-array", "is no awkward array");
    const { form, length, buffers } = await value.packed(path);
    const attributes = marked("awkward-array", "0.1.0", { form: JSON.stringify(form), length });
    const group = await parent.group(name, attributes);
    for (const [key, buffer] of buffers) await context.write(group, key, lazyFromValue(buffer, `${path}/${key}`));
  },
});

function isStored(source: LazyArray): source is StoredAwkward {
  return "awkward" in source;
}

async function openAwkward(group: GroupNode): Promise<StoredAwkward> {
  const { path } = group;
  const text = textAttribute(group, "form");
  const length = Number(group.attributes.length ?? Number.NaN);
  if (text === undefined || !Number.isSafeInteger(length) || length < 0) {
    throw corrupt(path, 'is an awkward array without the attributes "form" and "length"');
  }
  const form = parseForm(text, path);
  const buffers = new Map<string, ArrayNode>();
  for (const key of bufferKeys(form)) buffers.set(key, await arrayOf(group, key));
  const readBuffer = async (key: string, rows: AxisSelection | undefined, options?: ReadOptions) => {
    const value = await (buffers.get(key) as ArrayNode).read([rows], options);
    if (value instanceof DenseArray) return value;
    throw corrupt(`${path}/${key}`, "holds no numbers");
  };
  const read = async (rows: AxisSelection, options?: ReadOptions): Promise<AwkwardArray> => {
    const taken = await takeBuffers(form, rows, {
      path,
      shape: (key) => buffers.get(key)?.shape,
      read: (key, selection) => readBuffer(key, selection, options),
    });
    return new AwkwardArray(form, rows.count, taken);
  };
  return {
    kind: "lazy-array",
    info: infoOf(group, "awkward-array", "0.1.0", { dtype: typeText(form), shape: [length] }),
    shape: [length],
    dtype: { fields: [] },
    sparse: null,
    awkward: { form: text, length, buffers },
    read: ([rows] = [], options) => read(rows ?? { kind: "range", start: 0, step: 1, count: length }, options),
    storedBytes: (options) => sumBytes([...buffers.values()].map((buffer) => buffer.storedBytes?.(options))),
  };
}
