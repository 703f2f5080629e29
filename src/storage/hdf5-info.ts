/** What the addon's reader says of a node, in the words in which the worker says it. */
import { sizeOf } from "../elements/dense.js";
import type { NativeHdf5Attributes, NativeHdf5Node } from "../native/hdf5-reader.js";
import { codecOf } from "../workers/h5wasm/filters.js";
import type { H5ArrayInfo, H5NodeInfo } from "../workers/h5wasm/messages.js";
import { recordType } from "./hdf5-records.js";
import type { Attributes, AttributeValue, StoredDType } from "./types.js";

/** Bytes of a string of variable length to h5wasm: a pointer. */
const POINTER_BYTES = 4;

type NativeArray = Extract<NativeHdf5Node, { kind: "array" }>;

/** `node` as `describe` of the worker gives it; undefined for what is neither group nor dataset. */
export function nodeInfo(node: NativeHdf5Node): H5NodeInfo | undefined {
  if (node.kind === "other") return undefined;
  if (node.kind === "array") return arrayInfo(node);
  const { path, header } = node;
  return { kind: "group", address: path, attributes: attributesOf(node.attributes), header };
}

function arrayInfo(node: NativeArray): H5ArrayInfo {
  const text = node.dtype === "string";
  return {
    kind: "array",
    address: node.path,
    attributes: attributesOf(node.attributes),
    shape: node.shape,
    dtype: node.dtype === "records" ? recordType(node.fields) : (node.dtype as StoredDType),
    unsupported: null,
    layout: { chunks: node.chunks, shards: null, codec: codecOf(filtersOf(node)) },
    empty: node.empty,
    fixedText: text && node.fixed && node.ascii,
    itemBytes: itemBytesOf(node),
    header: node.header,
  };
}

/** Bytes of a value to h5wasm. */
function itemBytesOf({ dtype, fixed, itemBytes, fields }: NativeArray): number {
  if (dtype === "string") return fixed ? itemBytes : POINTER_BYTES;
  const texts = fields.filter((field) => field.dtype === "string" && !field.fixed);
  return texts.reduce((bytes, field) => bytes - sizeOf(field.shape) * (field.itemBytes - POINTER_BYTES), itemBytes);
}

function filtersOf({ filters }: NativeArray): { id: number; name: string }[] {
  return Array.from({ length: filters.length / 2 }, (_, i) => ({
    id: filters[2 * i] as number,
    name: filters[2 * i + 1] as string,
  }));
}

function attributesOf(items: NativeHdf5Attributes): Attributes {
  const attributes = Object.create(null) as Record<string, AttributeValue>;
  for (let i = 0; i < items.length; i += 2) attributes[items[i] as string] = items[i + 1] as AttributeValue;
  return attributes;
}
