/** What the machine makes of a pickle: an inert graph of Python objects. Nothing in it has behaviour; values are made of it later. */
import type { Scalar } from "../elements/scalar.js";
import type { GlobalId } from "./globals.js";

/** A Python tuple. */
export class PyTuple {
  readonly items: readonly PyNode[];
  constructor(items: readonly PyNode[]) {
    this.items = items;
  }
}

/** A Python list, filled by later opcodes. */
export class PyList {
  readonly items: PyNode[];
  constructor(items: PyNode[] = []) {
    this.items = items;
  }
}

/** A Python dict: keys and values alternate, in the order of insertion, a repeated key twice. */
export class PyDict {
  readonly entries: PyNode[];
  constructor(entries: PyNode[] = []) {
    this.entries = entries;
  }
}

/** A Python set or frozenset. */
export class PySet {
  readonly items: PyNode[];
  constructor(items: PyNode[] = []) {
    this.items = items;
  }
}

/** Python bytes or a bytearray; the memory belongs to the input. */
export class PyBytes {
  readonly bytes: Uint8Array;
  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
  }
}

/** An allow-listed class or function, by name only. */
export class PyGlobal {
  readonly id: GlobalId;
  /** As the pickle spells it. */
  readonly name: string;
  constructor(id: GlobalId, name: string) {
    this.id = id;
    this.name = name;
  }
}

/** A call that is recorded and never made: the callable, its arguments, and what BUILD, APPENDS and SETITEMS added. */
export class PyObject {
  readonly callable: PyGlobal;
  readonly args: readonly PyNode[];
  state: PyNode | undefined = undefined;
  readonly items: PyNode[] = [];
  readonly entries: PyNode[] = [];

  constructor(callable: PyGlobal, args: readonly PyNode[]) {
    this.callable = callable;
    this.args = args;
  }
}

/** A node of the graph. Integers are number or bigint; a float is a number unless it has no fraction, then a float64 Scalar. */
export type PyNode =
  | null
  | boolean
  | number
  | bigint
  | string
  | Scalar
  | PyTuple
  | PyList
  | PyDict
  | PySet
  | PyBytes
  | PyGlobal
  | PyObject;
