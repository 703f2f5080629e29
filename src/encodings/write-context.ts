/** What drives a write: finds the encoding of each element and the form that the compatibility level gives it, counts, and recurses. */

import type { DType } from "../dtype.js";
import type { LazyElement } from "../elements/lazy.js";
import { AtsError } from "../errors.js";
import type { GroupWriter, ReadOptions } from "../storage/types.js";
import { DEFAULT_MEMORY } from "./block-stream.js";
import { type CompatLevel, formsOf } from "./compat.js";
import type { Encoding, WriteContext } from "./define.js";
import { expectedBytes, Meter } from "./progress.js";
import { encodingsBy } from "./registry.js";
import { resolveElement, type WriteTarget } from "./resolve.js";

/** How elements are written. */
export interface ElementWriteOptions extends ReadOptions {
  /** A bound on the memory of buffers, in bytes. Default 1 GiB. */
  readonly memory?: number | undefined;
  readonly codec?: string | undefined;
  /** The chunks of an array of numbers; undefined where the storage is to choose. */
  readonly chunks?: ((shape: readonly number[], dtype: DType) => readonly number[] | undefined) | undefined;
  readonly compat?: CompatLevel | undefined;
  /** Elements of a store of the same kind are taken over as they are stored, without decoding. */
  readonly asStored?: boolean | undefined;
  /** What becomes of an element without a form in the target: the write fails (the default), or goes on without it, with a warning. */
  readonly unsupported?: "error" | "leave-out" | undefined;
  /** Encodings beside the known ones, or in their place. */
  readonly encodings?: readonly Encoding[] | undefined;
  /** How deep the nodes of the store may nest; readers have the same limit. Default 64. */
  readonly maxDepth?: number | undefined;
  /** Called with the path of the element that is being written, and the bytes of its values that are; stored bytes where it is copied. */
  readonly onProgress?: ((element: string, done: number, total: number) => void) | undefined;
  readonly onWarning?: ((message: string) => void) | undefined;
}

const DEFAULT_DEPTH = 64;

/** A context for writing elements. `INVALID_ARGUMENT` for a compatibility level that does not exist. */
export function writeContext(options: ElementWriteOptions = {}): WriteContext {
  return new ElementWriter(
    { options, forms: formsOf(options.compat), encodings: encodingsBy(options.encodings) },
    undefined,
    0,
  );
}

interface Shared {
  readonly options: ElementWriteOptions;
  readonly forms: ReturnType<typeof formsOf>;
  readonly encodings: ReadonlyMap<string, Encoding>;
}

class ElementWriter implements WriteContext {
  readonly memory: number;
  readonly codec: string | undefined;
  readonly signal: AbortSignal | undefined;
  readonly asStored: boolean | undefined;

  constructor(
    private readonly shared: Shared,
    /** What is being written; undefined at the root and in dicts, whose entries are elements by themselves. */
    private readonly element: { readonly meter: Meter } | undefined,
    private readonly depth: number,
  ) {
    const { options } = shared;
    this.memory = options.memory ?? DEFAULT_MEMORY;
    this.codec = options.codec;
    this.signal = options.signal;
    this.asStored = options.asStored;
  }

  readonly onBytes = (done: number, total: number): void => {
    if (total > 0) this.element?.meter.reach(done / total);
  };

  chunks(shape: readonly number[], dtype: DType): readonly number[] | undefined {
    return this.shared.options.chunks?.(shape, dtype);
  }

  warn(message: string): void {
    this.shared.options.onWarning?.(message);
  }

  leaveOut(path: string, error: unknown): void {
    const { unsupported } = this.shared.options;
    if (unsupported !== "leave-out" || !AtsError.is(error) || error.code !== "UNSUPPORTED") throw error;
    this.warn(`${path} is left out: ${error.message}`);
  }

  async write(group: GroupWriter, name: string, element: LazyElement, as?: string): Promise<void> {
    const path = group.path === "" ? name : `${group.path}/${name}`;
    const { maxDepth = DEFAULT_DEPTH } = this.shared.options;
    // Its own parts lie one level deeper, and readers count those too.
    if (this.depth + 2 > maxDepth) {
      throw new AtsError("LIMIT_EXCEEDED", `${path} nests deeper than ${maxDepth} levels; raise maxDepth.`, { path });
    }
    this.signal?.throwIfAborted();
    let created = false;
    const noting = noteCreation(group, () => {
      created = true;
    });
    try {
      await this.#write({ group: noting, name, path, as }, element);
    } catch (error) {
      // A part of an element cannot be missing, and what is half written cannot be left out.
      if (this.element !== undefined || created) throw error;
      this.leaveOut(path, error);
    }
  }

  async #write(target: WriteTarget, element: LazyElement): Promise<void> {
    const onCopied = (done: number, total: number) => {
      if (this.element === undefined) this.shared.options.onProgress?.(target.path, done, total);
    };
    const found = await resolveElement(element, target, { ...this.shared, context: this, onCopied });
    if (found === undefined) return;
    const meter = found.element.kind === "lazy-dict" ? undefined : this.#meterOf(target.path, found.element);
    const inner = new ElementWriter(this.shared, meter && { meter }, this.depth + 1);
    await found.write(target.group, target.name, found.element, inner);
    meter?.reach(1);
  }

  /** A part of what counts the element that is being written, or what counts a new one. */
  #meterOf(path: string, element: LazyElement): Meter {
    const total = expectedBytes(element);
    if (this.element !== undefined) return this.element.meter.part(total);
    const { onProgress } = this.shared.options;
    const meter: Meter = new Meter(total, () => onProgress?.(path, meter.done, total));
    onProgress?.(path, 0, total);
    return meter;
  }
}

/** `group`, which calls `created` once a member was made in it. */
function noteCreation(group: GroupWriter, created: () => void): GroupWriter {
  const noted = async <T>(made: Promise<T>): Promise<T> => {
    const member = await made;
    created();
    return member;
  };
  return {
    path: group.path,
    group: (name, attributes) => noted(group.group(name, attributes)),
    array: (name, options) => noted(group.array(name, options)),
    ...(group.copy && { copy: group.copy.bind(group) }),
    ...(group.extend && { extend: group.extend.bind(group) }),
  };
}
