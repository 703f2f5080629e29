/** How an array of strings lies in a key-value store: what Zarr's metadata say, checked and in one shape for both versions. */
import type { Context } from "../tensorstore/context.js";
import type { Json } from "../tensorstore/json.js";
import type { KvStore } from "../tensorstore/kvstore.js";

/** What the bytes of a decoded chunk are. */
export type TextKind =
  /** A count, then each string's length and bytes (numcodecs' and Zarr version 3's `vlen-utf8`). */
  | { readonly kind: "vlen-utf8" }
  /** The same layout (`vlen-bytes`); the bytes must be UTF-8. */
  | { readonly kind: "vlen-bytes" }
  /** `length` UTF-32 code points each, padded with NULs: numpy's `<U5`, version 3's `fixed_length_utf32`. */
  | { readonly kind: "utf32"; readonly length: number; readonly endian: "little" | "big" }
  /** `length` bytes each, padded with NULs: numpy's `|S5`, version 3's `null_terminated_bytes`; must be UTF-8. */
  | { readonly kind: "bytes"; readonly length: number };

/** What follows the array → bytes step: one compressor of version 2 (null for none), or version 3's bytes → bytes codecs in order. */
export type ByteCodecs =
  | { readonly zarrFormat: 2; readonly compressor: Json }
  | { readonly zarrFormat: 3; readonly codecs: readonly Json[] };

/** An array of strings in a store. Everything comes from checked metadata: ranks agree, extents are whole numbers, chunks at least 1. */
export interface StringLayout {
  /** What errors name, such as `atlas.zarr/obs/_index`. */
  readonly path: string;
  /** The store at the array's own directory: chunk keys are relative to it, so a folder's path ends with a slash. */
  readonly store: KvStore;
  /** Whose threads decode; the default context where absent. */
  readonly context?: Context | undefined;
  readonly shape: readonly number[];
  /** What one decode gives: the inner chunks where there are shards. */
  readonly chunks: readonly number[];
  /** Version 3's `sharding_indexed` around the chunks; `shape` is a multiple of `chunks`. */
  readonly shards?:
    | {
        readonly shape: readonly number[];
        readonly indexLocation: "start" | "end";
        readonly indexCodecs: readonly Json[];
      }
    | undefined;
  /** `default` puts a `c` first (`c/0/1`, and `c` for rank 0); `v2` has the indices alone (`0.1`, and `0` for rank 0). */
  readonly keys: { readonly encoding: "default" | "v2"; readonly separator: "." | "/" };
  readonly text: TextKind;
  readonly codecs: ByteCodecs;
  /** The order of a chunk's values: C, F, or the `order` of a `transpose` codec. */
  readonly order: "C" | "F" | readonly number[];
  /** The fill value: of missing chunks, and of what pads the chunks at the array's end. */
  readonly fill: string;
}

/** The part of a layout that crosses to native code as JSON text. */
export function layoutJson(layout: StringLayout): Record<string, Json> {
  const { shape, chunks, shards, keys, codecs, order, fill, path } = layout;
  return {
    path,
    shape,
    chunks,
    shards: shards === undefined ? null : { ...shards },
    keys: { ...keys },
    text: { ...layout.text },
    codecs: { ...codecs },
    order: orderOf(order, shape.length),
    fill,
  };
}

/** Dimension `order[i]` of a chunk is the i-th as stored. */
function orderOf(order: StringLayout["order"], rank: number): readonly number[] {
  if (typeof order !== "string") return order;
  const dimensions = Array.from({ length: rank }, (_, d) => d);
  return order === "C" ? dimensions : dimensions.reverse();
}
