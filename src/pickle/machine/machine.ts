/** The pickle machine: a stack, a memo and a table of instructions. It builds an inert graph and runs nothing. */
import { corrupt, tooLarge, unsupported } from "../failures.js";
import type { PyNode } from "../graph.js";
import { MARKS_PER_LEVEL, type PickleLimits } from "../limits.js";
import { Cursor } from "./cursor.js";

/** One opcode's effect. It reads its argument from `machine.cursor`. */
export type Instruction = (machine: Machine) => void;

/** The newest pickle protocol that is understood. */
export const HIGHEST_PROTOCOL = 5;

/** The state of one run. Opcodes never nest, so a pickle of any depth takes no call stack. */
export class Machine {
  readonly cursor: Cursor;
  readonly limits: PickleLimits;
  /** By position, and sparse: a hostile position costs no more than any other. */
  readonly memo = new Map<number, PyNode>();
  readonly #stack: PyNode[] = [];
  /** Heights of the stack at each open MARK. */
  readonly #marks: number[] = [];
  /** Set by STOP. */
  stopped = false;

  constructor(bytes: Uint8Array, limits: PickleLimits) {
    this.cursor = new Cursor(bytes);
    this.limits = limits;
  }

  push(node: PyNode): void {
    this.#stack.push(node);
  }

  /** Takes the top of the stack, but nothing below the last mark. */
  pop(): PyNode {
    const top = this.top();
    this.#stack.pop();
    return top;
  }

  top(): PyNode {
    if (this.#stack.length <= (this.#marks.at(-1) ?? 0)) throw corrupt("an instruction finds too little on the stack");
    return this.#stack.at(-1) as PyNode;
  }

  mark(): void {
    if (this.#marks.length >= this.limits.maxDepth * MARKS_PER_LEVEL) {
      throw tooLarge(`more than ${this.#marks.length} containers are open at once`);
    }
    this.#marks.push(this.#stack.length);
  }

  /** Takes everything above the last mark, and the mark. */
  popMark(): PyNode[] {
    const height = this.#marks.pop();
    if (height === undefined) throw corrupt("an instruction finds no mark on the stack");
    return this.#stack.splice(height);
  }

  /** Takes the top `count` entries, but nothing below the last mark. */
  popMany(count: number): PyNode[] {
    const height = this.#stack.length - count;
    if (height < (this.#marks.at(-1) ?? 0)) throw corrupt("an instruction finds too little on the stack");
    return this.#stack.splice(height);
  }

  /** POP: takes the top of the stack, or the mark where nothing is above it. */
  popAny(): void {
    if (this.#marks.at(-1) === this.#stack.length) this.#marks.pop();
    else this.pop();
  }

  /** Keeps the top of the stack under `index`; an index that no pickle of this size can need is `LIMIT_EXCEEDED`. */
  memoize(index: number): void {
    if (index > this.cursor.bytes.length) throw tooLarge(`entry ${index} of the memo`);
    this.memo.set(index, this.top());
  }

  /** Pushes the memo's entry `index`. */
  recall(index: number): void {
    const node = this.memo.get(index);
    if (node === undefined) throw corrupt(`entry ${index} of the memo was never set`);
    this.push(node);
  }

  /** The result: what STOP leaves, which must be the only thing on the stack and the end of the input. */
  result(): PyNode {
    const root = this.pop();
    if (this.#stack.length > 0 || this.#marks.length > 0) throw corrupt("it stops with values left on the stack");
    if (this.cursor.remaining > 0) throw corrupt(`${this.cursor.remaining} bytes follow its end`);
    return root;
  }
}

/** PROTO: announces the protocol. */
export function checkProtocol(version: number): void {
  if (version > HIGHEST_PROTOCOL) throw unsupported(`protocol ${version}, newer than ${HIGHEST_PROTOCOL}`);
}
