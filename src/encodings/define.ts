/** What an encoding is: one value with a type, its versions, and how to open and write it. */
import type { DType } from "../dtype.js";
import type { LazyElement } from "../elements/lazy.js";
import type { Attributes, GroupWriter, StoredNode } from "../storage/types.js";
import type { StreamOptions } from "./block-stream.js";

/** What an encoding may use while it opens a node: recursion goes through it, so encodings do not import each other. */
export interface OpenContext {
  /** Opens any node by its encoding attributes, or by its shape where it has none. */
  open(node: StoredNode): Promise<LazyElement>;
  /** The parent group's nodes by path, for legacy forms that point elsewhere in the store. */
  resolve(path: string): Promise<StoredNode | undefined>;
}

/** What an encoding may use while it writes: recursion goes through it. `onBytes` is for the bytes of the element's values. */
export interface WriteContext extends StreamOptions {
  /** The codec of arrays, by the command line's name; the storage chooses where there is none. */
  readonly codec?: string | undefined;
  /** The chunks of an array of numbers; undefined where the storage is to choose. */
  chunks(shape: readonly number[], dtype: DType): readonly number[] | undefined;
  /**
   * Writes `element` as the member `name` of `group`, by the encoding `as` or else its own, in the form of the compatibility level.
   * `UNSUPPORTED`, naming the element, where it has no form there.
   */
  write(group: GroupWriter, name: string, element: LazyElement, as?: string): Promise<void>;
  /** Whether elements of a store of the same kind are taken over as they are stored, without decoding. */
  readonly asStored?: boolean | undefined;
  /** Leaves the element at `path` out, with a warning, where the caller asked for that; else throws `error`. */
  leaveOut(path: string, error: unknown): void;
  /** Tells the caller of something that the written form does not keep. */
  warn(message: string): void;
}

/** One encoding. `write` is missing where this format is only read. */
export interface Encoding {
  readonly type: string;
  /** Every version that is understood; the first is the one that is written. */
  readonly versions: readonly string[];
  open(node: StoredNode, context: OpenContext): Promise<LazyElement>;
  /** Writes `element`, of this encoding, as the new member `name` of `group`, without holding more of it in memory than a few blocks. */
  write?(group: GroupWriter, name: string, element: LazyElement, context: WriteContext): Promise<void>;
}

/** Types the value; the registry collects every file's one export. */
export function defineEncoding(encoding: Encoding): Encoding {
  return encoding;
}

/** The attributes that mark a node as `type`, beside `others`. */
export function marked(type: string, version: string, others: Attributes = {}): Attributes {
  return { "encoding-type": type, "encoding-version": version, ...others };
}
