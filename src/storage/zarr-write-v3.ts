/** Zarr version 3 as zarr-python writes it: a `zarr.json` per node, the root's with the metadata of all the others in it. */
import type { DType } from "../dtype.js";
import { AtsError } from "../errors.js";
import { type JsonTree, zarrJson } from "./zarr-write-json.js";
import { type ArrayPlan, formWidth, type ValueForm, type ZarrDialect, zeroOf } from "./zarr-write-plan.js";
import { shardingCodec, type Zarr3Codec, zarr3Compressors } from "./zarr3-codec.js";

const METADATA = "zarr.json";
/** Indices ascend in runs: their high bytes are nearly all the same, and shuffled they decode four times as fast as with zstd. */
const INDEX_CODEC = "blosc-lz4:5:shuffle";
/** What zarr-python says of a group whose own members are listed by the root. */
const NOTHING_MORE = { kind: "inline", must_understand: false, metadata: {} };

/** The writer's side of version 3; `codec` is that of arrays that name none. */
export function zarr3Dialect(codec: string): ZarrDialect {
  return {
    zarrFormat: 3,
    sharded: true,
    codec,
    indexCodec: INDEX_CODEC,
    group: (attributes) => [[METADATA, zarrJson({ zarr_format: 3, node_type: "group", attributes })]],
    array: (plan, path) => [
      [METADATA, zarrJson({ ...arrayMetadata(plan, path), attributes: plan.attributes, storage_transformers: [] })],
    ],
    chunkKey: (indices) => ["c", ...indices].join("/"),
    spec: (plan, dtype, kvstore) => ({
      driver: "zarr3",
      kvstore,
      metadata: JSON.parse(zarrJson(arrayMetadata({ ...plan, form: { kind: "number", dtype } }, ""))),
    }),
    strings: (plan) => ({
      codecs: { zarrFormat: 3, codecs: zarr3Compressors(plan.codec, 1) },
      keys: { encoding: "default", separator: "/" },
    }),
    consolidated: (name, text) => {
      if (name !== METADATA) return undefined;
      const bare = isBareGroup(text);
      return bare ? `${text.trimEnd().slice(0, -1)},"consolidated_metadata":${zarrJson(NOTHING_MORE)}}` : text;
    },
    root: (attributes, entries) => {
      const members = [...entries].map(
        ([path, text]) => `${JSON.stringify(path.slice(0, -METADATA.length - 1))}:${text}`,
      );
      const own = zarrJson({ zarr_format: 3, node_type: "group", attributes });
      const all = `"consolidated_metadata":{"kind":"inline","must_understand":false,"metadata":{${members.join(",")}}}`;
      return [[METADATA, `${own.slice(0, -1)},${all}}`]];
    },
  };
}

/** Whether `text` is a group's metadata without those of its members. */
function isBareGroup(text: string): boolean {
  try {
    const node = JSON.parse(text) as { node_type?: unknown; consolidated_metadata?: unknown };
    return node.node_type === "group" && node.consolidated_metadata === undefined;
  } catch {
    // NaN in an attribute, which Python writes and JavaScript does not parse.
    return false;
  }
}

function arrayMetadata(plan: ArrayPlan, path: string): { readonly [key: string]: JsonTree } {
  const { form, shape, chunks, shards } = plan;
  const codecs = [serializer(form), ...zarr3Compressors(plan.codec, formWidth(form))];
  return {
    zarr_format: 3,
    node_type: "array",
    shape,
    data_type: dataType(form, path),
    chunk_grid: { name: "regular", configuration: { chunk_shape: shards ?? chunks } },
    chunk_key_encoding: { name: "default", configuration: { separator: "/" } },
    fill_value: zeroOf(form),
    codecs: shards === null ? codecs : [shardingCodec(chunks, codecs)],
  };
}

/** Values to bytes; types of single bytes have no byte order. */
function serializer(form: ValueForm): Zarr3Codec {
  if (form.kind === "string") return { name: "vlen-utf8", configuration: {} };
  const ordered = form.kind === "record" || (form.kind === "number" && formWidth(form) > 1);
  return ordered ? { name: "bytes", configuration: { endian: "little" } } : { name: "bytes" };
}

/** The extension types are those that zarr-python 3 reads; it has none for a field that is an array. */
function dataType(form: ValueForm, path: string): JsonTree {
  if (form.kind === "number") return form.dtype;
  if (form.kind === "string") return "string";
  if (form.kind === "bytes") return { name: "null_terminated_bytes", configuration: { length_bytes: form.size } };
  const fields = form.layout.fields.map(({ name, dtype, width, shape }) => {
    if (shape !== undefined) {
      const message = `${path}: the field ${JSON.stringify(name)} holds arrays, which Zarr version 3 has no type for; write version 2.`;
      throw new AtsError("UNSUPPORTED", message, { path });
    }
    if (dtype !== "string") return [name, dtype satisfies DType];
    return [name, { name: "fixed_length_utf32", configuration: { length_bytes: width } }];
  });
  return { name: "structured", configuration: { fields } };
}
