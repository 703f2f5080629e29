/** Instructions that make and fill lists, tuples, dicts and sets, and those that move the stack and the memo. */
import { corrupt } from "../failures.js";
import { PyDict, PyList, type PyNode, PyObject, PySet, PyTuple } from "../graph.js";
import { parseInteger } from "./integers.js";
import type { Instruction, Machine } from "./machine.js";
import { Op } from "./opcodes.js";
import { decodeLatin1 } from "./text.js";

function extend(target: PyNode[], items: readonly PyNode[]): void {
  for (const item of items) target.push(item);
}

/** Appends to the list, or list-like object, on top of the stack. */
function append(m: Machine, items: readonly PyNode[]): void {
  const target = m.top();
  if (!(target instanceof PyList || target instanceof PyObject)) throw corrupt("it appends to something but a list");
  extend(target.items, items);
}

/** Sets items of the dict, or dict-like object, on top of the stack. */
function setItems(m: Machine, entries: readonly PyNode[]): void {
  const target = m.top();
  if (!(target instanceof PyDict || target instanceof PyObject)) throw corrupt("it sets items of something but a dict");
  extend(target.entries, pairs(entries));
}

function addItems(m: Machine, items: readonly PyNode[]): void {
  const target = m.top();
  if (!(target instanceof PySet)) throw corrupt("it adds items to something but a set");
  extend(target.items, items);
}

function pairs(entries: PyNode[] | readonly PyNode[]): PyNode[] {
  if (entries.length % 2 !== 0) throw corrupt("a dict has a key without a value");
  return entries as PyNode[];
}

/** The decimal argument of GET and PUT. */
function memoIndex(m: Machine): number {
  const index = parseInteger(decodeLatin1(m.cursor.line()), "LONG");
  if (typeof index !== "number" || index < 0) throw corrupt(`${index} is not an entry of the memo`);
  return index;
}

/** By opcode. */
export const CONTAINERS: ReadonlyMap<number, Instruction> = new Map<number, Instruction>([
  [Op.MARK, (m) => m.mark()],
  [Op.POP, (m) => m.popAny()],
  [Op.POP_MARK, (m) => void m.popMark()],
  [Op.DUP, (m) => m.push(m.top())],
  [Op.GET, (m) => m.recall(memoIndex(m))],
  [Op.BINGET, (m) => m.recall(m.cursor.u8())],
  [Op.LONG_BINGET, (m) => m.recall(m.cursor.u32())],
  [Op.PUT, (m) => m.memoize(memoIndex(m))],
  [Op.BINPUT, (m) => m.memoize(m.cursor.u8())],
  [Op.LONG_BINPUT, (m) => m.memoize(m.cursor.u32())],
  [Op.MEMOIZE, (m) => m.memoize(m.memo.size)],
  [Op.EMPTY_LIST, (m) => m.push(new PyList())],
  [Op.LIST, (m) => m.push(new PyList(m.popMark()))],
  [Op.APPEND, (m) => append(m, m.popMany(1))],
  [Op.APPENDS, (m) => append(m, m.popMark())],
  [Op.EMPTY_DICT, (m) => m.push(new PyDict())],
  [Op.DICT, (m) => m.push(new PyDict(pairs(m.popMark())))],
  [Op.SETITEM, (m) => setItems(m, m.popMany(2))],
  [Op.SETITEMS, (m) => setItems(m, m.popMark())],
  [Op.EMPTY_TUPLE, (m) => m.push(new PyTuple([]))],
  [Op.TUPLE, (m) => m.push(new PyTuple(m.popMark()))],
  [Op.TUPLE1, (m) => m.push(new PyTuple(m.popMany(1)))],
  [Op.TUPLE2, (m) => m.push(new PyTuple(m.popMany(2)))],
  [Op.TUPLE3, (m) => m.push(new PyTuple(m.popMany(3)))],
  [Op.EMPTY_SET, (m) => m.push(new PySet())],
  [Op.FROZENSET, (m) => m.push(new PySet(m.popMark()))],
  [Op.ADDITEMS, (m) => addItems(m, m.popMark())],
]);
