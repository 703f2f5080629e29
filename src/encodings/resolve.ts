/** What is written for an element: its encoding, or another one where values or the compatibility level ask for that. */
import type { LazyElement } from "../elements/lazy.js";
import { lazyFromValue } from "../elements/memory.js";
import type { Value } from "../elements/values.js";
import { AtsError } from "../errors.js";
import type { AxisRange } from "../selection/axis.js";
import type { GroupWriter } from "../storage/types.js";
import type { Forms } from "./compat.js";
import type { Encoding, WriteContext } from "./define.js";
import { writeExtended } from "./extend.js";
import { needsConversion, storable } from "./storable.js";
import { storedNode } from "./stored-node.js";

/** Where an element is to be written. */
export interface WriteTarget {
  readonly group: GroupWriter;
  readonly name: string;
  readonly path: string;
  /** The encoding that is asked for, in place of its own. */
  readonly as: string | undefined;
}

/** What there is to choose from. */
export interface WriteChoice {
  readonly encodings: ReadonlyMap<string, Encoding>;
  readonly forms: Forms;
  readonly context: WriteContext;
  /** Called with the stored bytes that were copied so far, and all of them, where the element is copied. */
  readonly onCopied?: (done: number, total: number) => void;
}

/** An element and how it is written. */
export interface ResolvedElement {
  readonly element: LazyElement;
  readonly write: NonNullable<Encoding["write"]>;
}

/**
 * Finds what is written for `element`; undefined where nothing is left to do: it was copied as it is stored, or the level has no place for it.
 * `UNSUPPORTED` where it has no form in the target; nothing has been written then.
 */
export async function resolveElement(
  element: LazyElement,
  target: WriteTarget,
  choice: WriteChoice,
): Promise<ResolvedElement | undefined> {
  const { encodings, forms, context } = choice;
  if (context.asStored && target.as === undefined && (await copied(element, target, choice))) return undefined;
  if (element.kind === "lazy-array" && (await writeExtended(target.group, target.name, element, context))) {
    return undefined;
  }
  const encoding = target.as ?? element.info.encoding;
  if (needsConversion(encoding)) {
    const value = await element.read([], context);
    const converted = storable(value, encoding, element.info.path, (message) => context.warn(message));
    return resolveElement(converted, { ...target, as: undefined }, choice);
  }
  const form = forms.get(encoding);
  if (form !== undefined) {
    const older = await form(element, context);
    return older && resolveElement(older, { ...target, as: undefined }, choice);
  }
  const write = encodings.get(encoding)?.write;
  if (write !== undefined) return { element, write };
  if (await copied(element, target, choice)) return undefined;
  return resolveByValue(element, encoding, choice);
}

/** Whether `element` could be copied as it is stored, which needs no encoding that is known: both stores have to be of one kind. */
async function copied(element: LazyElement, { group, name }: WriteTarget, choice: WriteChoice): Promise<boolean> {
  const node = storedNode(element);
  const options = { signal: choice.context.signal, onBytes: choice.onCopied };
  return node !== undefined && ((await group.copy?.(name, node, options)) ?? false);
}

const NONE: AxisRange = { kind: "range", start: 0, step: 1, count: 0 };

/** An element of an encoding that is not written, such as a user's own: its value has one that is. Reading it says what is wrong where it cannot be read. */
async function resolveByValue(
  element: LazyElement,
  encoding: string,
  { encodings, context }: WriteChoice,
): Promise<ResolvedElement> {
  const { path } = element.info;
  const sample = await sampleOf(element, context);
  const kind = lazyFromValue(sample, path);
  const write = encodings.get(kind.info.encoding)?.write;
  if (write === undefined || kind.info.encoding === encoding) {
    throw new AtsError(
      "UNSUPPORTED",
      `${path} has the encoding "${encoding}", which cannot be written here; leave it out.`,
      {
        path,
      },
    );
  }
  return { element: element.kind === "lazy-value" ? kind : element, write };
}

/** The value of `element`, without rows where it has axes: enough to tell its encoding. */
async function sampleOf(element: LazyElement, context: WriteContext): Promise<Value> {
  if (element.kind === "lazy-array")
    return element.read(
      element.shape.map(() => NONE),
      context,
    );
  if (element.kind === "lazy-frame") return element.readFrame([], NONE, context);
  return element.kind === "lazy-dict" ? {} : element.read([], context);
}
