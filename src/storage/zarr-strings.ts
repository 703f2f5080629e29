/** Strings of a Zarr store, read by the string kernel. */
import { StringArray } from "../elements/strings.js";
import { readStringArray, type TextKind } from "../kernels/strings.js";
import type { StoredValue } from "./types.js";
import type { ElementReader } from "./zarr-array.js";
import type { StoredText, TextCodec, ZarrMetadata } from "./zarr-metadata.js";

/** Reads arrays of strings. */
export function readStrings(): ElementReader {
  return async ({ path, name, zarr, session }, selection, shape, options): Promise<StoredValue> => {
    const { text, codec } = textOf(zarr);
    if (shape.includes(0) || ("bytes" in text && text.bytes === 0)) return emptyStrings(shape);
    const context = session.context();
    const root = await session.files.kvstore(context);
    const { shards, index, shape: whole, chunks, keys } = zarr;
    const block = await readStringArray(
      {
        path: name,
        store: root.child(`${path}/`),
        context,
        shape: whole,
        chunks,
        shards:
          shards === null || index === null
            ? undefined
            : { shape: shards, indexLocation: index.location, indexCodecs: index.codecs },
        keys: { encoding: keys.prefix === "c" ? "default" : "v2", separator: keys.separator },
        text: kindOf(text),
        codecs:
          zarr.format === 2
            ? { zarrFormat: 2, compressor: codec.codecs[0] ?? null }
            : { zarrFormat: 3, codecs: codec.codecs },
        order: codec.order ?? "C",
        fill: codec.fill,
        selection,
        missing: session.strict ? "corrupt" : "fill",
        limits: session,
      },
      options,
    );
    return StringArray.fromUtf8(block, block.shape);
  };
}

function textOf({ element, text }: ZarrMetadata): { readonly text: StoredText; readonly codec: TextCodec } {
  return { text: (element as { readonly text: StoredText }).text, codec: text as TextCodec };
}

/** The kernel counts characters, metadata bytes. */
function kindOf(text: StoredText): TextKind {
  if (!("bytes" in text)) return text;
  return text.kind === "utf32"
    ? { kind: "utf32", length: text.bytes / 4, endian: text.endian }
    : { kind: "bytes", length: text.bytes };
}

function emptyStrings(shape: readonly number[]): StringArray {
  const count = shape.reduce((product, extent) => product * extent, 1);
  return new StringArray(new Array<string>(count).fill(""), shape);
}
