/** What an encoding is: one value with a type, its versions, and how to open and write it. */
import type { LazyElement } from "../elements/lazy.js";
import type { Value } from "../elements/values.js";
import type { GroupWriter, ReadOptions, StoredNode } from "../storage/types.js";

/** What an encoding may use while it opens a node: recursion goes through it, so encodings do not import each other. */
export interface OpenContext {
  /** Opens any node by its encoding attributes, or by its shape where it has none. */
  open(node: StoredNode): Promise<LazyElement>;
  /** The parent group's nodes by path, for legacy forms that point elsewhere in the store. */
  resolve(path: string): Promise<StoredNode | undefined>;
}

/** What an encoding may use while it writes. */
export interface WriteContext extends ReadOptions {
  write(group: GroupWriter, name: string, value: Value): Promise<void>;
}

/** One encoding. `write` is missing where this format is only read. */
export interface Encoding {
  readonly type: string;
  /** Every version that is understood; the first is the one that is written. */
  readonly versions: readonly string[];
  open(node: StoredNode, context: OpenContext): Promise<LazyElement>;
  write?(group: GroupWriter, name: string, value: Value, context: WriteContext): Promise<void>;
}

/** Types the value; the registry collects every file's one export. */
export function defineEncoding(encoding: Encoding): Encoding {
  return encoding;
}
