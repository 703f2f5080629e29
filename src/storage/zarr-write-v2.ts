/** Zarr version 2 as anndata writes it: `.zgroup`, `.zattrs`, `.zarray`, and all of them in the root's `.zmetadata`. */
import type { DType } from "../dtype.js";
import { numpyTypeString } from "../numpy-codes.js";
import type { Attributes } from "./types.js";
import { type JsonTree, zarrJson } from "./zarr-write-json.js";
import {
  type ArrayPlan,
  formWidth,
  type TextFile,
  type ValueForm,
  type ZarrDialect,
  zeroOf,
} from "./zarr-write-plan.js";
import { zarr2Compressor } from "./zarr2-codec.js";

/** What sets stores of version 2 apart. */
export interface Zarr2Settings {
  readonly codec: string;
  /**
   * What `.zarray` says of chunks that are missing: that they hold zeros, as anndata's do; or nothing (null), as those of the Python package that
   * made `.ats`.
   */
  readonly fill: "zero" | "none";
  /** Blosc's shuffle where the codec's name does not say it: by bytes (1), or by the size of an item (-1). */
  readonly shuffle: 1 | -1;
}

/** The writer's side of version 2. */
export function zarr2Dialect({ codec, fill, shuffle }: Zarr2Settings): ZarrDialect {
  // Keys in TensorStore's order, which sorts them.
  const metadata = (plan: ArrayPlan): { readonly [key: string]: JsonTree } => ({
    chunks: plan.chunks,
    compressor: zarr2Compressor(plan.codec, formWidth(plan.form) > 1 || shuffle === -1 ? shuffle : 0),
    dimension_separator: ".",
    dtype: dtypeOf(plan.form),
    fill_value: fill === "zero" ? zeroOf(plan.form) : null,
    filters: plan.form.kind === "string" ? [{ id: "vlen-utf8" }] : null,
    order: "C",
    shape: plan.shape,
    zarr_format: 2,
  });
  return {
    zarrFormat: 2,
    sharded: false,
    codec,
    group: (attributes) => [[".zgroup", '{"zarr_format":2}'], ...attributesFile(attributes)],
    array: (plan) => [[".zarray", zarrJson(metadata(plan))], ...attributesFile(plan.attributes)],
    chunkKey: (indices) => (indices.length === 0 ? "0" : indices.join(".")),
    spec: (plan, dtype, kvstore) => ({
      driver: "zarr",
      kvstore,
      metadata: JSON.parse(zarrJson(metadata({ ...plan, form: { kind: "number", dtype } }))),
    }),
    strings: (plan) => ({
      codecs: { zarrFormat: 2, compressor: zarr2Compressor(plan.codec, 0) },
      keys: { encoding: "v2", separator: "." },
    }),
    consolidated: (name, text) => (/^\.z(group|array|attrs)$/.test(name) ? text : undefined),
    root: (attributes, entries) => {
      const own = [[".zgroup", '{"zarr_format":2}'], ...attributesFile(attributes)] as const;
      const members = [...own, ...entries].map(([path, text]) => `${JSON.stringify(path)}:${text}`);
      return [...own, [".zmetadata", `{"metadata":{${members.join(",")}},"zarr_consolidated_format":1}`]];
    },
  };
}

function attributesFile(attributes: Attributes): readonly TextFile[] {
  return Object.keys(attributes).length === 0 ? [] : [[".zattrs", zarrJson(attributes)]];
}

function dtypeOf(form: ValueForm): JsonTree {
  if (form.kind === "number") return typeString(form.dtype);
  if (form.kind === "string") return "|O";
  if (form.kind === "bytes") return `|S${form.size}`;
  return form.layout.fields.map(({ name, dtype, width, shape }) => {
    const type = dtype === "string" ? `<U${width / 4}` : typeString(dtype);
    return shape === undefined ? [name, type] : [name, type, shape];
  });
}

function typeString(dtype: DType): string {
  return numpyTypeString(dtype) ?? dtype;
}
