/** Attributes of HDF5 objects as JSON-like values. */
import { lanes, viewAs } from "../../dtype.js";
import { sizeOf } from "../../elements/dense.js";
import { halfToNumber } from "../../elements/half.js";
import type { Attributes, AttributeValue } from "../../storage/types.js";
import { ask, failure, type H5File, withHeap } from "./h5-file.js";
import type { DataMetadata } from "./module.js";
import { swapBytes } from "./swap.js";
import { TextSink, textAt } from "./text.js";
import { type H5Type, typeOf } from "./types.js";

/** Values of one attribute, whatever its bytes: they become JavaScript objects. */
const MOST_VALUES = 2 ** 22;

/**
 * Every attribute of the object at `address`: numbers (64-bit ones beyond 2^53 as bigint), booleans, strings, paths of referenced
 * objects, null for a null data space; arrays nested by dimension. One of another type is left out: it belongs to no encoding.
 * `LIMIT_EXCEEDED` where one is larger than `maxMetadataBytes` or has more than 4 Mi values, `CORRUPT` where one cannot be read.
 */
export function readAttributes(file: H5File, address: string): Attributes {
  const attributes: Record<string, AttributeValue> = Object.create(null) as Record<string, AttributeValue>;
  for (const name of ask(file, address, (module, id) => module.get_attribute_names(id, address))) {
    const value = readAttribute(file, address, name);
    if (value !== undefined) attributes[name] = value;
  }
  return attributes;
}

function readAttribute(file: H5File, address: string, name: string): AttributeValue | undefined {
  const metadata = ask(file, address, (module, id) => module.get_attribute_metadata(id, address, name));
  if (metadata.shape === null) return null;
  const type = typeOf(metadata);
  if (type.kind === "unsupported" || type.kind === "records") return undefined;
  if (type.kind === "numeric" && lanes(type.dtype) === 2) return undefined;
  const bytes = metadata.size * metadata.total_size;
  const limit = file.setup.limits.maxMetadataBytes;
  if (!(bytes <= limit && metadata.total_size <= MOST_VALUES)) {
    const what = `has the attribute "${name}" of ${metadata.total_size} values in ${bytes} bytes; raise maxMetadataBytes`;
    throw failure(file.setup, "LIMIT_EXCEEDED", address, what);
  }
  const flat = withHeap(file, address, bytes, (pointer) => readFlat(file, address, name, metadata, type, pointer));
  return nest(flat, metadata.shape);
}

function readFlat(
  file: H5File,
  address: string,
  name: string,
  metadata: DataMetadata,
  type: H5Type,
  pointer: number,
): AttributeValue[] {
  const status = ask(file, address, (module, id) => module.get_attribute_data(id, address, name, BigInt(pointer)));
  if (status < 0) throw failure(file.setup, "CORRUPT", address, `has the attribute "${name}" that cannot be read`);
  const count = metadata.total_size;
  try {
    return valuesAt(file, address, type, pointer, count);
  } finally {
    if (metadata.vlen) {
      ask(file, address, (module, id) => module.reclaim_vlen_memory(id, address, name, BigInt(pointer)));
    }
  }
}

function valuesAt(file: H5File, address: string, type: H5Type, pointer: number, count: number): AttributeValue[] {
  const heap = file.module.HEAPU8;
  if (type.kind === "text") {
    const sink = new TextSink(count);
    for (let i = 0; i < count; i++) sink.add(i, heap, pointer + i * type.size, type);
    const strings = sink.finish(file, address, [count]);
    return Array.from({ length: count }, (_, i) => textAt(strings, i));
  }
  if (type.kind === "reference") {
    return Array.from({ length: count }, (_, i) => {
      const reference = heap.slice(pointer + i * type.size, pointer + (i + 1) * type.size);
      return ask(file, address, (module, id) => module.get_referenced_name(id, reference, true));
    });
  }
  if (type.kind !== "numeric") return [];
  const bytes = heap.slice(pointer, pointer + count * type.size);
  if (type.swap > 0) swapBytes(bytes, type.swap);
  const data = viewAs(type.dtype, bytes.buffer, 0, count);
  if (type.dtype === "float16") return Array.from(halfToNumber("float16", data as ArrayLike<number>));
  return Array.from(data as ArrayLike<number | bigint>, (value) => {
    if (type.dtype === "bool") return value !== 0;
    return typeof value === "bigint" && Number.isSafeInteger(Number(value)) ? Number(value) : value;
  });
}

/** `flat` in C order as arrays within arrays; the value itself for a scalar. */
function nest(flat: readonly AttributeValue[], shape: readonly number[]): AttributeValue {
  const [extent, ...inner] = shape;
  if (extent === undefined) return flat[0] ?? null;
  if (inner.length === 0) return flat;
  const width = sizeOf(inner);
  return Array.from({ length: extent }, (_, i) => nest(flat.slice(i * width, (i + 1) * width), inner));
}
