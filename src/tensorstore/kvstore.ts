import { AtsError } from "../errors.js";
import type { NativeKvStore, NativeStamp } from "../native/addon.js";
import { type Cancellable, cancellable } from "./abort.js";
import type { Batch } from "./batch.js";
import { Context } from "./context.js";
import { type Json, toJson } from "./json.js";
import { native } from "./native.js";
import type { Transaction } from "./transaction.js";

/** An opaque tag of one version of a value. */
export type Generation = string;

/** Which bytes of a value: from `start` to `end` (to the end of the value without it), or the last `suffixLength`. */
export type ByteRange =
  | { readonly start: number; readonly end?: number | undefined }
  | { readonly suffixLength: number };

/** Conditions and extent of a read. */
export interface GetOptions extends Cancellable {
  readonly byteRange?: ByteRange | undefined;
  /** Only this version; null: only if there is no value. */
  readonly ifEqual?: Generation | null | undefined;
  /** Only another version than this. */
  readonly ifNotEqual?: Generation | undefined;
  readonly batch?: Batch | undefined;
}

/** What a read found. */
export type GetResult = {
  /** When this was true, in milliseconds since 1970. */
  readonly time: number;
} & (
  | { readonly state: "value"; readonly value: Uint8Array; readonly generation: Generation }
  | { readonly state: "missing" }
  /** The condition did not hold. */
  | { readonly state: "unspecified" }
);

/** The condition of a write. */
export interface SetOptions extends Cancellable {
  /** Only over this version; null: only if there is no value yet. */
  readonly ifEqual?: Generation | null | undefined;
}

/** What a write did. */
export interface SetResult {
  /** False when the condition did not hold. */
  readonly written: boolean;
  /** The version that is stored now; undefined after a delete, or when nothing was written. */
  readonly generation: Generation | undefined;
  readonly time: number;
}

/** Keys between `start` and `end` (exclusive, unbounded without it); or all that begin with `prefix`. */
export type KeyRange =
  | { readonly start?: string | undefined; readonly end?: string | undefined }
  | { readonly prefix: string };

/** What to list. */
export interface ListOptions extends Cancellable {
  readonly prefix?: string | undefined;
  readonly range?: { readonly start?: string; readonly end?: string } | undefined;
  /** Leave the prefix out of the keys. */
  readonly stripPrefix?: boolean | undefined;
}

/** One key, and the size of its value where the store tells it. */
export interface ListEntry {
  readonly key: string;
  readonly size: number | undefined;
}

/** Where to open a key-value store. */
export interface KvStoreOpenOptions extends Cancellable {
  readonly context?: Context | undefined;
  readonly transaction?: Transaction | undefined;
}

/** A key-value store as data: an object with a `driver`, or a URL such as `file:///data/` or `memory://`. */
export type KvStoreSpec = { readonly driver: string; readonly [key: string]: Json | undefined } | string | URL;

/** Keys and byte values below a path: a folder, a zip archive, memory. Keys are relative to `path`. */
export class KvStore {
  /** @internal */
  readonly handle: NativeKvStore;

  /** @internal */
  constructor(handle: NativeKvStore) {
    this.handle = handle;
  }

  /**
   * Opens a key-value store; a folder need not exist yet.
   * @throws AtsError INVALID_ARGUMENT for a spec that TensorStore does not understand
   */
  static async open(spec: KvStoreSpec, options: KvStoreOpenOptions = {}): Promise<KvStore> {
    const json = toJson(spec instanceof URL ? spec.href : spec);
    const context = options.context ?? Context.default();
    const handle = await cancellable(options.signal, (token) =>
      native().openKvStore(json, context.handle, options.transaction?.handle, token),
    );
    return new KvStore(handle);
  }

  /** What every key is below: it is prepended as it is, so a folder's ends with a slash. */
  get path(): string {
    return this.handle.info().path;
  }

  /** The URL form; undefined for a store that has none. */
  get url(): string | undefined {
    return this.handle.info().url ?? undefined;
  }

  /** A spec that opens this store. */
  get spec(): KvStoreSpec {
    return JSON.parse(this.handle.spec()) as KvStoreSpec;
  }

  /** The same store with `suffix` appended to its path. */
  child(suffix: string): KvStore {
    return new KvStore(this.handle.child(suffix));
  }

  /**
   * Lets go of what the drivers `ats_directory` and `ats_zip` hold open, for all stores of this opening: later reads fail with `CLOSED`. Other drivers hold
   * nothing.
   */
  close(): void {
    this.handle.close();
  }

  /** This store with reads and writes staged in `transaction`, or in none. */
  withTransaction(transaction: Transaction | undefined): KvStore {
    return new KvStore(this.handle.withTransaction(transaction?.handle));
  }

  /**
   * Reads a value. A missing one is a result, not an error.
   * @throws AtsError INVALID_ARGUMENT for a range outside the value; IO
   */
  async get(key: string, options: GetOptions = {}): Promise<GetResult> {
    const { signal, byteRange, ifEqual, ifNotEqual, batch } = options;
    const result = await cancellable(signal, (token) =>
      this.handle.get(key, rangeBounds(byteRange), ifEqual, ifNotEqual, batch?.handle, token),
    );
    const { state, value, generation, time } = result;
    return (state === "value" ? { state, value, generation, time } : { state, time }) as GetResult;
  }

  /**
   * Stores a value; the bytes are copied before this returns.
   * @throws AtsError IO, and what the driver refuses
   */
  async set(key: string, value: Uint8Array | string, options: SetOptions = {}): Promise<SetResult> {
    const bytes = typeof value === "string" ? new TextEncoder().encode(value) : value;
    return setResult(await cancellable(options.signal, (token) => this.handle.set(key, bytes, options.ifEqual, token)));
  }

  /** Deletes a value; one that is missing is deleted already. */
  async delete(key: string, options: SetOptions = {}): Promise<SetResult> {
    return setResult(await cancellable(options.signal, (token) => this.handle.set(key, null, options.ifEqual, token)));
  }

  /** Deletes every key of a range. */
  deleteRange(range: KeyRange, options: Cancellable = {}): Promise<void> {
    const [start, end] = keyBounds(range);
    return cancellable(options.signal, (token) => this.handle.deleteRange(start, end, token));
  }

  /** The keys of a range, all without one; in no particular order. */
  async list(options: ListOptions = {}): Promise<string[]> {
    return (await this.#list(options)).keys;
  }

  /** As `list`, with sizes. */
  async entries(options: ListOptions = {}): Promise<ListEntry[]> {
    const { keys, sizes } = await this.#list(options);
    return keys.map((key, i) => ({ key, size: (sizes[i] as number) < 0 ? undefined : sizes[i] }));
  }

  #list(options: ListOptions): Promise<{ keys: string[]; sizes: number[] }> {
    const { signal, prefix = "", range, stripPrefix = false } = options;
    if (range !== undefined && prefix !== "") {
      return Promise.reject(new AtsError("INVALID_ARGUMENT", "List a prefix or a range, not both."));
    }
    const [start, end] = keyBounds(range ?? { prefix });
    const strip = stripPrefix ? new TextEncoder().encode(prefix).length : 0;
    return cancellable(signal, (token) => this.handle.list(start, end, strip, token));
  }
}

function rangeBounds(range: ByteRange | undefined): readonly [number, number] | null {
  if (range === undefined) return null;
  if ("suffixLength" in range) return suffixBounds(range.suffixLength);
  return [range.start, range.end ?? -1];
}

function suffixBounds(length: number): readonly [number, number] {
  if (!(length >= 0)) throw new AtsError("INVALID_ARGUMENT", `A value has no last ${length} bytes.`);
  return length === 0 ? [0, 0] : [-length, -1];
}

function setResult({ generation, time }: NativeStamp): SetResult {
  return { written: generation !== undefined, generation: generation ?? undefined, time };
}

function keyBounds(range: KeyRange): readonly [string, string] {
  if (!("prefix" in range)) return [range.start ?? "", range.end ?? ""];
  return [range.prefix, successorOfPrefix(range.prefix)];
}

// The first key after all that begin with `prefix`; "" (unbounded) where there is none. Keys are compared as UTF-8 bytes,
// whose order is that of code points.
function successorOfPrefix(prefix: string): string {
  const points = Array.from(prefix, (character) => character.codePointAt(0) as number);
  while (points.length > 0) {
    const last = (points.pop() as number) + 1;
    if (last <= 0x10ffff) return String.fromCodePoint(...points, last === 0xd800 ? 0xe000 : last);
  }
  return "";
}
