/** Calls of the standard library that stand for plain data are replaced by it as soon as they are met. */
import { Scalar } from "../../elements/scalar.js";
import { corrupt, unsupported } from "../failures.js";
import type { GlobalId } from "../globals.js";
import { PyBytes, PyDict, PyGlobal, PyList, type PyNode, PyObject, PySet, PyTuple } from "../graph.js";

type Replacement = (args: readonly PyNode[], callable: PyGlobal) => PyNode;

/** `_codecs.encode(text, "latin1")`: how protocols 0 to 2 spell bytes. */
function encode([text, encoding]: readonly PyNode[]): PyNode {
  if (typeof text !== "string" || (encoding !== "latin1" && encoding !== "latin-1")) {
    throw unsupported("text that is encoded with something but latin-1");
  }
  return new PyBytes(Buffer.from(text, "latin1"));
}

/** `bytearray(bytes)`, `bytearray(text, "latin-1")`, `bytes()`; never a size. */
function byteString([content, encoding]: readonly PyNode[]): PyNode {
  if (content === undefined) return new PyBytes(new Uint8Array(0));
  if (content instanceof PyBytes) return content;
  return encode([content, encoding ?? null]);
}

function complex([re, im]: readonly PyNode[]): PyNode {
  return new Scalar("complex128", { re: realPart(re ?? null), im: realPart(im ?? 0) });
}

function realPart(node: PyNode): number {
  if (typeof node === "number") return node;
  if (node instanceof Scalar && typeof node.value === "number") return node.value;
  throw corrupt("a complex number is not made of two floats");
}

function itemsOf([content]: readonly PyNode[], callable: PyGlobal): PyNode[] {
  if (content === undefined) return [];
  // The items are shared, not copied: a pickle may wrap one long tuple many times.
  if (content instanceof PyList || content instanceof PySet) return content.items;
  if (content instanceof PyTuple) return content.items as PyNode[];
  throw unsupported(`a "${callable.name}" that is not made of a list`);
}

/** `object.__new__(cls)` of protocols 0 and 1: the same object that NEWOBJ makes. */
function reconstruct([cls, base, state]: readonly PyNode[]): PyNode {
  if (!(cls instanceof PyGlobal && base instanceof PyGlobal)) throw corrupt("an object has no class");
  if (base.id !== "builtins.object" || state !== null)
    throw unsupported(`an object of "${cls.name}" based on "${base.name}"`);
  return new PyObject(cls, []);
}

/** `copyreg.__newobj__(cls, ...)`, which protocols 2 and later spell NEWOBJ; our classes take few arguments. */
function newObject(all: readonly PyNode[]): PyNode {
  const [cls, ...args] = all.slice(0, 8);
  if (!(cls instanceof PyGlobal)) throw corrupt("an object has no class");
  return replaceCall(cls, args) ?? new PyObject(cls, args);
}

const REPLACEMENTS: { readonly [Id in GlobalId]?: Replacement } = {
  "builtins.bytearray": byteString,
  "builtins.bytes": byteString,
  "builtins.complex": complex,
  "builtins.dict": (args) => (args.length === 0 ? new PyDict() : mapping(args)),
  "builtins.frozenset": (args, callable) => new PySet(itemsOf(args, callable)),
  "builtins.list": (args, callable) => new PyList(itemsOf(args, callable)),
  "builtins.set": (args, callable) => new PySet(itemsOf(args, callable)),
  "codecs.encode": encode,
  "copyreg.newobj": newObject,
  "copyreg.reconstructor": reconstruct,
};

function mapping([content]: readonly PyNode[]): PyNode {
  if (content instanceof PyDict) return content;
  throw unsupported("a dict that is not made of a dict");
}

/** The plain data that the call stands for, or undefined where the call has to be kept. */
export function replaceCall(callable: PyGlobal, args: readonly PyNode[]): PyNode | undefined {
  return REPLACEMENTS[callable.id]?.(args, callable);
}
