/** What both versions of Zarr are told of an array that is about to be written. */
import { type DType, dtypeKind, itemSize } from "../dtype.js";
import { AtsError } from "../errors.js";
import type { StringLayout } from "../kernels/strings.js";
import type { SpecInput } from "../tensorstore/spec.js";
import type { Attributes, NewArray } from "./types.js";
import { type JsonTree, Spelled } from "./zarr-write-json.js";
import type { Cut } from "./zarr-write-layout.js";
import { type RecordLayout, recordLayout } from "./zarr-write-records.js";
import type { StoreSpec } from "./zarr-write-sink.js";

/** How values become the bytes of a chunk: numbers; strings of any length; bytes of a fixed length, as numpy's S; records. */
export type ValueForm =
  | { readonly kind: "number"; readonly dtype: DType }
  | { readonly kind: "string" }
  | { readonly kind: "bytes"; readonly size: number }
  | { readonly kind: "record"; readonly layout: RecordLayout; readonly size: number };

/** Bytes of a string, as far as the size of chunks is concerned. */
const STRING_BYTES = 16;

/** An array that is about to be written. */
export interface ArrayPlan extends Cut {
  readonly form: ValueForm;
  readonly shape: readonly number[];
  /** By the command line's name. */
  readonly codec: string;
  readonly attributes: Attributes;
}

/** A file of a node: its name and its text. */
export type TextFile = readonly [name: string, text: string];

/** What differs between the versions of Zarr for a writer. */
export interface ZarrDialect {
  readonly zarrFormat: 2 | 3;
  readonly sharded: boolean;
  /** The codec of arrays that name none. */
  readonly codec: string;
  /** That of indices of sparse matrices, where it is another one. */
  readonly indexCodec?: string;
  /** The files of a group. */
  group(attributes: Attributes): readonly TextFile[];
  /** The metadata of an array. `UNSUPPORTED`, naming `path`, for values that this version has no type for. */
  array(plan: ArrayPlan, path: string): readonly TextFile[];
  /** Where the chunk (or shard) with these indices is, below the array. */
  chunkKey(indices: readonly number[]): string;
  /** The spec that lets TensorStore write the chunks of an array of `form` numbers at `kvstore`. */
  spec(plan: ArrayPlan, dtype: DType, kvstore: StoreSpec): SpecInput;
  /** How the kernels are to encode and store the chunks of strings of the array. */
  strings(plan: ArrayPlan): Pick<StringLayout, "codecs" | "keys">;
  /** What a store's consolidated metadata say of the file `name` of a node, or undefined where they leave it out. */
  consolidated(name: string, text: string): string | undefined;
  /** The files of the root, written last: `metadata` is what {@link consolidated} gave, by path. */
  root(attributes: Attributes, metadata: ReadonlyMap<string, string>): readonly TextFile[];
}

/** How the values of `options` become bytes. `UNSUPPORTED`, naming `path`, for records of another rank than 1. */
export function valueForm({ dtype, textBytes, shape }: NewArray, path: string): ValueForm {
  if (typeof dtype !== "string") {
    if (shape.length !== 1) {
      throw new AtsError("UNSUPPORTED", `${path}: records are written in one dimension, not in ${shape.length}.`, {
        path,
      });
    }
    const layout = recordLayout(dtype.fields);
    return { kind: "record", layout, size: layout.size };
  }
  if (dtype !== "string") return { kind: "number", dtype };
  return textBytes === undefined ? { kind: "string" } : { kind: "bytes", size: Math.max(1, textBytes) };
}

/** Bytes of one value, for the size of chunks. */
export function formWidth(form: ValueForm): number {
  if (form.kind === "number") return itemSize(form.dtype);
  return form.kind === "string" ? STRING_BYTES : form.size;
}

/** A plan for the same chunks of `size` times as many bytes: records are one-dimensional. */
export function asBytes(plan: ArrayPlan, size: number): ArrayPlan {
  const stretch = (extents: readonly number[]) => extents.map((extent) => extent * size);
  return {
    ...plan,
    form: { kind: "number", dtype: "uint8" },
    shape: stretch(plan.shape),
    chunks: stretch(plan.chunks),
    shards: plan.shards && stretch(plan.shards),
  };
}

/** What missing chunks hold, as zarr-python spells it: floats as floats, records and bytes of a fixed length in base64. */
export function zeroOf(form: ValueForm): JsonTree {
  if (form.kind === "string") return "";
  if (form.kind !== "number") return Buffer.alloc(form.size).toString("base64");
  const zero = new Spelled("0.0");
  return { bool: false, int: 0, uint: 0, float: zero, complex: [zero, zero] }[dtypeKind(form.dtype)];
}
