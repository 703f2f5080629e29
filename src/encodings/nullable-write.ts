/** Writes arrays with missing values: groups of values and a mask, filled block by block. */
import { dtypeKind, itemSize, lanes, type TypedArray } from "../dtype.js";
import { unpackBits } from "../elements/bitmap.js";
import { DenseArray } from "../elements/dense.js";
import type { LazyArray } from "../elements/lazy.js";
import { NullableArray } from "../elements/nullable.js";
import { StringArray } from "../elements/strings.js";
import type { Value } from "../elements/values.js";
import { AtsError } from "../errors.js";
import type { Attributes, GroupWriter, NewArray, StoredValue } from "../storage/types.js";
import { eachBlock } from "./block-stream.js";
import { marked, type WriteContext } from "./define.js";
import { TEXT_BYTES } from "./string-array.js";
import { numericType, unfit } from "./to-write.js";

/**
 * Writes numbers and booleans with missing values as the group `name`. anndata has no form for floats with a mask: they become an array
 * in which missing values are NaN, with a warning.
 */
export async function writeNullableNumbers(
  parent: GroupWriter,
  name: string,
  source: LazyArray,
  context: WriteContext,
): Promise<void> {
  const dtype = numericType(source, "a nullable array");
  const kind = dtypeKind(dtype);
  const numbersOf = (value: Value): NullableArray => {
    if (value instanceof NullableArray) return value;
    throw unfit(source, "a nullable array", "has no mask");
  };
  if (kind === "float" || kind === "complex") {
    context.warn(`${source.info.path} holds floats with a mask, which AnnData cannot keep: missing values become NaN.`);
    const writer = await parent.array(name, array({ dtype, shape: source.shape }, context));
    return eachBlock(writer, itemSize(dtype), context, async (block, selection) => {
      const filled = fill(numbersOf(await source.read(selection, context)), Number.NaN);
      await writer.write(block.origin, filled, context);
    });
  }
  const group = await parent.group(name, marked(kind === "bool" ? "nullable-boolean" : "nullable-integer", "0.1.0"));
  await writeMasked(group, source, { dtype, width: itemSize(dtype) }, context, (value) => {
    const numbers = numbersOf(value);
    return { values: fill(numbers, 0), mask: numbers.mask };
  });
}

/** Writes strings with missing values as the group `name`; a missing one is stored as an empty string, as anndata has it. */
export async function writeNullableStrings(
  parent: GroupWriter,
  name: string,
  source: LazyArray,
  context: WriteContext,
): Promise<void> {
  const { path } = source.info;
  if (source.shape.length !== 1) {
    throw new AtsError(
      "UNSUPPORTED",
      `${path} may have missing strings in ${source.shape.length} dimensions, which AnnData cannot keep; write its columns one by one.`,
      { path },
    );
  }
  const none = await source.read([{ kind: "range", start: 0, step: 1, count: 0 }], context);
  const textsOf = (value: Value): StringArray => {
    if (value instanceof StringArray) return value;
    throw unfit(source, "a nullable string array", "holds no strings");
  };
  const na: Attributes = { "na-value": textsOf(none).na ?? "NA" };
  const group = await parent.group(name, marked("nullable-string-array", "0.1.0", na));
  await writeMasked(group, source, { dtype: "string", width: TEXT_BYTES }, context, (value) => {
    const texts = textsOf(value);
    return { values: withoutMissing(texts), mask: missingMask(texts) };
  });
}

/** One byte per string, 1 where it is missing. */
function missingMask(texts: StringArray): Uint8Array {
  if (!texts.hasMissing) return new Uint8Array(texts.length);
  const { validity } = texts.utf8();
  return validity === undefined
    ? new Uint8Array(texts.length)
    : unpackBits(validity, 0, texts.length).map((present) => 1 - present);
}

/** Missing strings as empty ones, which is what UTF-8 has in their places. */
function withoutMissing(texts: StringArray): StringArray {
  if (!texts.hasMissing) return texts;
  const { offsets, bytes } = texts.utf8();
  return StringArray.fromUtf8({ offsets, bytes }, texts.shape);
}

/** Fills `values` and `mask` of `group`; both have the same chunks, so that a block is whole chunks of both. */
async function writeMasked(
  group: GroupWriter,
  source: LazyArray,
  { dtype, width }: Pick<NewArray, "dtype"> & { readonly width: number },
  context: WriteContext,
  split: (value: Value) => { readonly values: StoredValue; readonly mask: Uint8Array },
): Promise<void> {
  const { shape } = source;
  const values = await group.array("values", array({ dtype, shape }, context));
  const mask = await group.array("mask", array({ dtype: "bool", shape, chunks: values.chunks }, context));
  await eachBlock(values, width, context, async (block, selection) => {
    const parts = split(await source.read(selection, context));
    await values.write(block.origin, parts.values, context);
    await mask.write(block.origin, new DenseArray("bool", block.shape, parts.mask), context);
  });
}

/** A new array of a group's part, marked as anndata marks it. */
function array(options: NewArray, { codec }: WriteContext): NewArray {
  const type = options.dtype === "string" ? "string-array" : "array";
  return { ...options, codec, attributes: marked(type, "0.2.0") };
}

/** The values with `missing` in the place of missing ones, whatever lies below them; not copied where none is missing. */
function fill({ values, mask }: NullableArray, missing: number): DenseArray {
  if (!mask.includes(1)) return values;
  const data = values.data.slice() as TypedArray;
  const width = lanes(values.dtype);
  const value = data instanceof BigInt64Array || data instanceof BigUint64Array ? BigInt(missing) : missing;
  const bits = HALF_NAN[values.dtype];
  const stored = bits !== undefined && Number.isNaN(missing) && data instanceof Uint16Array ? bits : value;
  for (let i = 0; i < mask.length; i++) {
    if (mask[i] === 1)
      (data as { fill(value: number | bigint, start: number, end: number): void }).fill(
        stored,
        i * width,
        (i + 1) * width,
      );
  }
  return new DenseArray(values.dtype, values.shape, data as never);
}

/** NaN of the 16-bit floats, whose data are bits. */
const HALF_NAN: Readonly<Partial<Record<string, number>>> = { float16: 0x7e00, bfloat16: 0x7fc0 };
