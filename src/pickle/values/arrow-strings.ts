/**
 * Strings that pyarrow pickled: a validity bitmap, offsets and UTF-8 bytes, as the Arrow columnar format lays them out
 * (pandas 3 keeps strings so where pyarrow is installed).
 */
import { corrupt, unsupported } from "../failures.js";
import type { PyNode } from "../graph.js";
import { decodeUtf8 } from "../machine/text.js";
import type { Builder } from "./builder.js";
import { bytesOf, itemsOf, objectOf, sizeOf, textOf } from "./nodes.js";

const OFFSET_BYTES: ReadonlyMap<string, 4 | 8> = new Map([
  ["string", 4],
  ["utf8", 4],
  ["str", 4],
  ["large_string", 8],
  ["large_utf8", 8],
  ["large_str", 8],
]);

/** The strings of a pyarrow `Array` or `ChunkedArray` node, null where missing; other types are `UNSUPPORTED`. */
export function arrowStrings(node: PyNode | undefined, builder: Builder): (string | null)[] {
  const chunked = objectOf(node, "pyarrow.chunked_array");
  if (chunked === undefined) return arrayStrings(node, builder);
  return itemsOf(chunked.args[0], "the chunks of an Arrow array").flatMap((chunk) => arrayStrings(chunk, builder));
}

function bufferOf(node: PyNode | undefined): Uint8Array | undefined {
  if (node === null || node === undefined) return undefined;
  return bytesOf(objectOf(node, "pyarrow.py_buffer")?.args[0], "a buffer of an Arrow array");
}

/** `_restore_array((type, length, null count, offset, buffers, children, dictionary))`. */
function arrayStrings(node: PyNode | undefined, builder: Builder): (string | null)[] {
  const array = objectOf(node, "pyarrow.restore_array");
  const [type, size, , skip, buffers] = itemsOf(array?.args[0], "an Arrow array");
  const alias = textOf(objectOf(type, "pyarrow.type_for_alias")?.args[0], "the type of an Arrow array");
  const width = OFFSET_BYTES.get(alias);
  if (width === undefined) throw unsupported(`an Arrow array of type "${alias.slice(0, 40)}"`);
  const length = sizeOf(size, "the length of an Arrow array");
  const first = sizeOf(skip, "the offset of an Arrow array");
  const [validity, offsets, text] = itemsOf(buffers, "the buffers of an Arrow array").map(bufferOf);
  const ends = offsetReader(offsets, width, first + length);
  if (validity !== undefined && validity.length * 8 < first + length)
    throw corrupt("an Arrow array has too few validity bits");
  builder.charge(length * 8 + (text?.length ?? 0));
  return Array.from({ length }, (_, i) => {
    const at = first + i;
    if (validity !== undefined && ((validity[at >> 3] as number) & (1 << (at & 7))) === 0) return null;
    return slice(text, ends(at), ends(at + 1));
  });
}

function offsetReader(offsets: Uint8Array | undefined, width: 4 | 8, last: number): (at: number) => number {
  if (offsets === undefined || offsets.length < (last + 1) * width) {
    if (last === 0) return () => 0;
    throw corrupt("an Arrow array has too few offsets");
  }
  const view = new DataView(offsets.buffer, offsets.byteOffset, offsets.byteLength);
  return (at) => (width === 4 ? view.getInt32(at * 4, true) : Number(view.getBigInt64(at * 8, true)));
}

function slice(text: Uint8Array | undefined, start: number, end: number): string {
  if (start < 0 || end < start || end > (text?.length ?? 0))
    throw corrupt("a string of an Arrow array is out of bounds");
  return text === undefined ? "" : decodeUtf8(text.subarray(start, end));
}
