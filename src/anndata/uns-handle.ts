/** The handle of `uns`: unstructured values, read one by one. */
import type { LazyDict } from "../elements/lazy.js";
import type { Dict, Value } from "../elements/values.js";
import { AtsError } from "../errors.js";
import { suggestion } from "../selection/near.js";
import type { ReadOptions } from "../storage/types.js";

/** `uns`: a dict of values of any kind. A selection of the axes does not touch it. */
export class UnsHandle {
  readonly #dict: LazyDict;
  readonly #keys: readonly string[];
  readonly #assertOpen: () => void;

  /** Made by {@link AnnData}. */
  constructor(dict: LazyDict, keys: readonly string[], assertOpen: () => void) {
    this.#dict = dict;
    this.#keys = keys;
    this.#assertOpen = assertOpen;
  }

  keys(): readonly string[] {
    return this.#keys;
  }

  has(name: string): boolean {
    return this.#keys.includes(name);
  }

  /** Reads one value; the others are not touched. `NOT_FOUND` where there is none of that name, `UNSUPPORTED` for a value of a kind that is not read. */
  async get(name: string, options: ReadOptions = {}): Promise<Value> {
    this.#assertOpen();
    options.signal?.throwIfAborted();
    const element = await this.#dict.get(name);
    if (element !== undefined) return element.read([], options);
    throw new AtsError("NOT_FOUND", `uns has no ${JSON.stringify(name)}${suggestion(name, this.#keys)}.`, {
      path: `uns/${name}`,
    });
  }

  /** Reads all values. */
  async read(options: ReadOptions = {}): Promise<Dict> {
    this.#assertOpen();
    options.signal?.throwIfAborted();
    return (await this.#dict.read([], options)) as Dict;
  }
}
