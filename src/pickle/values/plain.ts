/** Plain Python: containers and constants. */
import { emptyDict, Tuple, type Value } from "../../elements/values.js";
import { corrupt, unsupported } from "../failures.js";
import { PyBytes, PyDict, PyGlobal, PyList, type PyNode, type PyObject, PySet, PyTuple } from "../graph.js";
import type { Builder } from "./builder.js";
import { rangeValues } from "./pandas-index.js";

/** What a container adds to the size of the result beside its items. */
const CONTAINER_BYTES = 32;
const ITEM_BYTES = 8;

/** The value of any node but a recorded call. */
export function plainValue(node: Exclude<PyNode, PyObject>, builder: Builder): Value {
  builder.charge(ITEM_BYTES);
  if (typeof node === "string") builder.charge(node.length);
  if (typeof node !== "object" || node === null) return node;
  if (node instanceof PyGlobal) return globalValue(node);
  if (node instanceof PyBytes) return bytesValue(node, builder);
  if (node instanceof PyList) return builder.once("value", node, () => items(node.items, builder, []));
  if (node instanceof PyTuple) return builder.once("value", node, () => items(node.items, builder, new Tuple()));
  if (node instanceof PySet) return builder.once("value", node, () => new Set(items(node.items, builder, [])));
  if (node instanceof PyDict) return builder.once("value", node, () => dictOf(node.entries, builder));
  return node;
}

function globalValue(node: PyGlobal): Value {
  if (node.id === "pandas.NA") return null;
  throw unsupported(`the class or function "${node.name}" itself`);
}

function bytesValue(node: PyBytes, builder: Builder): Value {
  return builder.once("value", node, () => {
    builder.charge(node.bytes.length);
    return new Uint8Array(node.bytes);
  });
}

function items<T extends Value[]>(nodes: readonly PyNode[], builder: Builder, target: T): T {
  builder.charge(CONTAINER_BYTES);
  for (const node of nodes) target.push(builder.value(node));
  return target;
}

/** A Dict where every key is text, else a Map; the last of repeated keys holds, as in Python. */
export function dictOf(entries: readonly PyNode[], builder: Builder): Value {
  builder.charge(CONTAINER_BYTES);
  const pairs: [Value, Value][] = [];
  for (let i = 0; i < entries.length; i += 2) {
    pairs.push([builder.value(entries[i] as PyNode), builder.value(entries[i + 1] as PyNode)]);
  }
  if (!pairs.every((pair): pair is [string, Value] => typeof pair[0] === "string")) return new Map(pairs);
  const dict = emptyDict();
  for (const [key, value] of pairs) dict[key] = value;
  return dict;
}

/** `OrderedDict`, `defaultdict` and `Counter`: items set later, or a list of pairs (protocol 0) or a dict as argument. */
export function buildMapping({ args, entries, callable }: PyObject, builder: Builder): Value {
  if (entries.length > 0) return dictOf(entries, builder);
  const content = callable.id === "collections.defaultdict" ? args[1] : args[0];
  if (content === undefined) return dictOf([], builder);
  if (content instanceof PyDict) return dictOf(content.entries, builder);
  if (!(content instanceof PyList)) throw corrupt("a mapping is made of something but pairs");
  return dictOf(content.items.flatMap(pairOf), builder);
}

function pairOf(node: PyNode): readonly PyNode[] {
  const pair = node instanceof PyTuple || node instanceof PyList ? node.items : [];
  if (pair.length !== 2) throw corrupt("a mapping is made of something but pairs");
  return pair;
}

/** `range(start, stop, step)` as a list of integers. */
export function buildRange({ args }: PyObject, builder: Builder): Value {
  const [start, stop, step] = args;
  return Array.from(rangeValues(start, stop, step ?? 1, builder)[1], Number);
}
