/** Takes nodes of the graph apart; a node of another kind than the one that must stand there is `CORRUPT`. */
import { Scalar } from "../../elements/scalar.js";
import { corrupt } from "../failures.js";
import type { GlobalId } from "../globals.js";
import { PyBytes, PyDict, PyGlobal, PyList, type PyNode, PyObject, PyTuple } from "../graph.js";

/** The items of a tuple or list; `what` names the place in the message. */
export function itemsOf(node: PyNode | undefined, what: string): readonly PyNode[] {
  if (node instanceof PyTuple || node instanceof PyList) return node.items;
  throw corrupt(`${what} is not a sequence`);
}

/** A non-negative integer that a size or position can be. */
export function sizeOf(node: PyNode | undefined, what: string): number {
  if (typeof node === "number" && Number.isSafeInteger(node) && node >= 0) return node;
  throw corrupt(`${what} is not a size`);
}

/** An array's shape. */
export function shapeOf(node: PyNode | undefined): number[] {
  const extents = itemsOf(node, "the shape of an array");
  if (extents.length > 64) throw corrupt(`an array has ${extents.length} dimensions`);
  return extents.map((extent) => sizeOf(extent, "an extent of an array"));
}

export function textOf(node: PyNode | undefined, what: string): string {
  if (typeof node === "string") return node;
  throw corrupt(`${what} is not text`);
}

/** Raw bytes; a Python 2 pickle carries ASCII bytes as text. */
export function bytesOf(node: PyNode | undefined, what: string): Uint8Array {
  if (node instanceof PyBytes) return node.bytes;
  if (typeof node === "string") return Buffer.from(node, "latin1");
  throw corrupt(`${what} is not a byte string`);
}

/** A float or integer as a number, or undefined. */
export function numberOf(node: PyNode | undefined): number | undefined {
  if (typeof node === "number") return node;
  return node instanceof Scalar && typeof node.value === "number" ? node.value : undefined;
}

/** The recorded call of one of the globals `ids`, or undefined for any other node. */
export function objectOf(node: PyNode | undefined, ...ids: readonly GlobalId[]): PyObject | undefined {
  return node instanceof PyObject && ids.includes(node.callable.id) ? node : undefined;
}

/** Whether `node` is the bare global `id`. */
export function isGlobal(node: PyNode | undefined, id: GlobalId): boolean {
  return node instanceof PyGlobal && node.id === id;
}

/** The entries of a dict with text keys, such as an object's state. */
export function fieldsOf(node: PyNode | undefined, what: string): ReadonlyMap<string, PyNode> {
  if (!(node instanceof PyDict)) throw corrupt(`${what} is not a dict`);
  const fields = new Map<string, PyNode>();
  for (let i = 0; i < node.entries.length; i += 2) {
    const key = node.entries[i];
    if (typeof key === "string") fields.set(key, node.entries[i + 1] as PyNode);
  }
  return fields;
}
