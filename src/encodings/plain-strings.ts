/** Strings with missing values in the forms that every reader knows. */
import { allocateCodes, Categorical } from "../elements/categorical.js";
import type { LazyArray, LazyElement } from "../elements/lazy.js";
import { StringArray } from "../elements/strings.js";
import { AtsError } from "../errors.js";
import { eachBlock } from "./block-stream.js";
import type { WriteContext } from "./define.js";
import { TEXT_BYTES } from "./string-array.js";
import { arrayToWrite, unfit } from "./to-write.js";

/** Strings that are looked at together, at least. */
const AT_ONCE = 64;

/**
 * A nullable string array without its mask: plain strings where none is missing, else a categorical with the distinct strings, in order of their code points, as its
 * categories. The source is read once to learn whether strings are missing, once more for the distinct ones, which are held in memory, and again when it is
 * written. `UNSUPPORTED` where
 * strings are missing in an array of several dimensions.
 */
export async function withoutMask(element: LazyElement, context: WriteContext): Promise<LazyArray> {
  const source = arrayToWrite(element, "a string array");
  let missing = false;
  await eachPart(source, context, (texts) => {
    missing ||= texts.hasMissing;
  });
  if (!missing) return as(source, "string-array", plain);
  const { path } = source.info;
  if (source.shape.length !== 1) {
    throw new AtsError(
      "UNSUPPORTED",
      `${path} has missing strings in ${source.shape.length} dimensions; replace them, or write its columns one by one.`,
      { path },
    );
  }
  const distinct = new Set<string>();
  await eachPart(source, context, (texts) => {
    for (const text of texts.values) if (text !== null) distinct.add(text);
  });
  const categories = [...distinct].sort(byCodePoints);
  const codes = new Map<string | null, number>(categories.map((text, code) => [text, code]));
  codes.set(null, -1);
  const shared = new StringArray(categories);
  return as(source, "categorical", (texts) => {
    const values = allocateCodes(categories.length, texts.length);
    texts.values.forEach((text, i) => {
      values[i] = codes.get(text) as number;
    });
    return new Categorical(values, shared);
  });
}

/** Without the mark that makes strings nullable. */
function plain(texts: StringArray): StringArray {
  if (texts.na === null) return texts;
  return texts.hasUtf8 ? StringArray.fromUtf8(texts.utf8(), texts.shape) : new StringArray(texts.values, texts.shape);
}

async function eachPart(
  source: LazyArray,
  { memory, signal }: WriteContext,
  look: (texts: StringArray) => void,
): Promise<void> {
  const grid = { shape: source.shape, chunks: source.shape.map((extent, d) => (d === 0 ? AT_ONCE : extent)) };
  await eachBlock(grid, TEXT_BYTES, { memory, signal }, async (_, selection) => {
    look(stringsOf(source, await source.read(selection, { signal })));
  });
}

function stringsOf(source: LazyArray, value: unknown): StringArray {
  if (value instanceof StringArray) return value;
  throw unfit(source, "a string array", "holds no strings");
}

/** `source` under another encoding, every read of it turned by `turn`. */
function as(source: LazyArray, encoding: string, turn: (texts: StringArray) => StringArray | Categorical): LazyArray {
  return {
    kind: "lazy-array",
    info: { ...source.info, encoding },
    shape: source.shape,
    dtype: "string",
    sparse: null,
    read: async (selection, options) => turn(stringsOf(source, await source.read(selection, options))),
    storedBytes: (options) => source.storedBytes(options),
  };
}

/** The order of Python's strings; JavaScript compares UTF-16 units. */
function byCodePoints(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}
