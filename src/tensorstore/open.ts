/** Opening arrays. */
import { type Cancellable, cancellable } from "./abort.js";
import type { Batch } from "./batch.js";
import { Context } from "./context.js";
import type { ElementType } from "./element-type.js";
import { toJson } from "./json.js";
import type { KvStore } from "./kvstore.js";
import { native } from "./native.js";
import { type Schema, schemaToJson } from "./schema.js";
import { Spec, type SpecInput, specToJson } from "./spec.js";
import { TensorStore } from "./tensorstore.js";
import type { Transaction } from "./transaction.js";

/** How old cached values may be: true: always checked again; false: never; "open": from before opening; or a date. */
export type Recheck = boolean | "open" | Date;

/** How to open an array. What the schema part asks for must hold of an existing array. */
export interface OpenOptions<E extends ElementType = ElementType> extends Schema<E>, Cancellable {
  /** Open an existing array; the default unless `create` is given alone. */
  readonly open?: boolean | undefined;
  /** Create the array; with `open`, only where there is none. */
  readonly create?: boolean | undefined;
  /** With `create`: delete what is there first. */
  readonly deleteExisting?: boolean | undefined;
  /** Take the metadata from the spec; neither read nor write the stored ones. */
  readonly assumeMetadata?: boolean | undefined;
  /** As `assumeMetadata`, but later operations may check it. */
  readonly assumeCachedMetadata?: boolean | undefined;
  /** Ask for reading; with neither this nor `write`, whatever the driver can do. */
  readonly read?: boolean | undefined;
  readonly write?: boolean | undefined;
  /** For data and metadata at once. */
  readonly recheckCached?: Recheck | undefined;
  readonly recheckCachedData?: Recheck | undefined;
  readonly recheckCachedMetadata?: Recheck | undefined;
  /** Where the array is, for a spec that does not say it. */
  readonly kvstore?: KvStore | undefined;
  readonly context?: Context | undefined;
  readonly transaction?: Transaction | undefined;
  readonly batch?: Batch | undefined;
}

/**
 * Opens an array: metadata only, no data is read. With a `dtype`, the store is typed by it.
 *
 * ```ts
 * const x = await open({ driver: "zarr3", kvstore: "file:///data/x/" }, { dtype: "float32" });
 * const rows = await x.oindex([3, 1, 3]).read(); // DenseArray<"float32">
 * ```
 * @throws AtsError NOT_FOUND, ALREADY_EXISTS, INVALID_ARGUMENT for a spec or schema that does not fit, CORRUPT for metadata
 *   that cannot be understood, IO
 */
export async function open<E extends ElementType = ElementType>(
  spec: SpecInput | Spec,
  options: OpenOptions<E> = {},
): Promise<TensorStore<E>> {
  options.signal?.throwIfAborted();
  const schema = schemaToJson(options);
  const handle = await cancellable(options.signal, (token) =>
    native().open(
      spec instanceof Spec ? spec.handle : specToJson(spec),
      openMode(options),
      (options.read ? 1 : 0) | (options.write ? 2 : 0),
      schema && toJson(schema),
      recheck(options.recheckCachedData ?? options.recheckCached),
      recheck(options.recheckCachedMetadata ?? options.recheckCached),
      (options.context ?? Context.default()).handle,
      options.transaction?.handle,
      options.batch?.handle,
      options.kvstore?.handle,
      token,
    ),
  );
  return new TensorStore<E>(handle);
}

function openMode(options: OpenOptions): number {
  const assume = (options.assumeMetadata ? 8 : 0) | (options.assumeCachedMetadata ? 16 : 0);
  const open = options.open ?? assume !== 0;
  return (open ? 1 : 0) | (options.create ? 2 : 0) | (options.deleteExisting ? 4 : 0) | assume;
}

function recheck(value: Recheck | undefined): boolean | "open" | number | undefined {
  return value instanceof Date ? value.getTime() : value;
}
