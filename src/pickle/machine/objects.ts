/** Instructions that name globals and would call them: here a call is only written down. */
import { corrupt, unsupported } from "../failures.js";
import { findGlobal } from "../globals.js";
import { PyDict, PyGlobal, type PyNode, PyObject, PyTuple } from "../graph.js";
import { MAX_BYTES } from "../limits.js";
import { checkProtocol, type Instruction, type Machine } from "./machine.js";
import { Op } from "./opcodes.js";
import { replaceCall } from "./standard.js";
import { decodeUtf8 } from "./text.js";

/** The allow-listed global, or `UNSUPPORTED` naming it. */
function lookUp(module: PyNode, name: PyNode): PyGlobal {
  if (typeof module !== "string" || typeof name !== "string") throw corrupt("the name of a global is not text");
  const spelling = `${module}.${name}`;
  const id = findGlobal(spelling);
  if (id === undefined) throw unsupported(`an object of "${spelling.slice(0, 200)}"`);
  return new PyGlobal(id, spelling);
}

function call(m: Machine, callable: PyNode, args: readonly PyNode[]): void {
  if (!(callable instanceof PyGlobal)) throw corrupt("it calls something that is not a class or function");
  m.push(replaceCall(callable, args) ?? new PyObject(callable, args));
}

function tupleItems(node: PyNode): readonly PyNode[] {
  if (!(node instanceof PyTuple)) throw corrupt("the arguments of a call are not a tuple");
  return node.items;
}

function reduce(m: Machine): void {
  const args = tupleItems(m.pop());
  call(m, m.pop(), args);
}

function newObjectWithKeywords(m: Machine): void {
  const keywords = m.pop();
  if (!(keywords instanceof PyDict)) throw corrupt("the keyword arguments of a call are not a dict");
  if (keywords.entries.length > 0) throw unsupported("an object made with keyword arguments");
  reduce(m);
}

function build(m: Machine): void {
  const state = m.pop();
  const target = m.top();
  if (!(target instanceof PyObject)) throw corrupt("it sets the state of something that has none");
  if (target.state !== undefined) throw corrupt("it sets the state of one object twice");
  target.state = state;
}

/** INST: a class by name, its arguments above the mark. */
function instance(m: Machine): void {
  const module = decodeUtf8(m.cursor.line());
  const name = decodeUtf8(m.cursor.line());
  call(m, lookUp(module, name), m.popMark());
}

/** OBJ: a class and its arguments above the mark. */
function object(m: Machine): void {
  const [callable, ...args] = m.popMark();
  if (callable === undefined) throw corrupt("an object has no class");
  call(m, callable, args);
}

function stackGlobal(m: Machine): void {
  const name = m.pop();
  m.push(lookUp(m.pop(), name));
}

function refuse(what: string): Instruction {
  return () => {
    throw unsupported(what);
  };
}

const refuseExtension = refuse("a class of the extension registry (EXT)");
const refuseBuffer = refuse("an out-of-band buffer, whose bytes are not in the file");
const refusePersistent = refuse("a persistent id, which points outside the file");

/** By opcode. */
export const OBJECTS: ReadonlyMap<number, Instruction> = new Map<number, Instruction>([
  [Op.PROTO, (m) => checkProtocol(m.cursor.u8())],
  [Op.FRAME, (m) => checkFrame(m)],
  [Op.STOP, stop],
  [Op.GLOBAL, (m) => m.push(lookUp(decodeUtf8(m.cursor.line()), decodeUtf8(m.cursor.line())))],
  [Op.STACK_GLOBAL, stackGlobal],
  [Op.REDUCE, reduce],
  [Op.NEWOBJ, reduce],
  [Op.NEWOBJ_EX, newObjectWithKeywords],
  [Op.BUILD, build],
  [Op.INST, instance],
  [Op.OBJ, object],
  [Op.PERSID, refusePersistent],
  [Op.BINPERSID, refusePersistent],
  [Op.EXT1, refuseExtension],
  [Op.EXT2, refuseExtension],
  [Op.EXT4, refuseExtension],
  [Op.NEXT_BUFFER, refuseBuffer],
  [Op.READONLY_BUFFER, refuseBuffer],
]);

function stop(m: Machine): void {
  m.stopped = true;
}

/** A frame must lie within the input; otherwise it changes nothing for a reader that has all bytes at hand. */
function checkFrame(m: Machine): void {
  const size = m.cursor.u64();
  const start = m.cursor.offset;
  m.cursor.take(size, MAX_BYTES);
  m.cursor.offset = start;
}
