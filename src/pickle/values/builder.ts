/** Turns the inert graph into values, each node once, within the bounds on depth and size. */
import type { Value } from "../../elements/values.js";
import { tooLarge, unsupported } from "../failures.js";
import type { PyNode } from "../graph.js";
import type { PickleLimits } from "../limits.js";

interface Made {
  /** Undefined until it is finished: a node that is met again before holds itself. */
  result: { readonly value: unknown } | undefined;
  /** What it added to the size, its parts included. */
  cost: number;
}

/** Makes one value of one node; recursion goes through the builder. */
export type MakeValue = (node: PyNode, builder: Builder) => Value;

/** The state of one conversion. */
export class Builder {
  readonly #limits: PickleLimits;
  readonly #makeValue: MakeValue;
  readonly #made = new Map<string, Map<object, Made>>();
  #depth = 0;
  #size = 0;

  constructor(limits: PickleLimits, makeValue: MakeValue) {
    this.#limits = limits;
    this.#makeValue = makeValue;
  }

  /** The value of `node`; the same object wherever the pickle refers to the same node. */
  value(node: PyNode): Value {
    return this.#makeValue(node, this);
  }

  /** Counts `bytes` towards the size of the result; `LIMIT_EXCEEDED` beyond the bound. */
  charge(bytes: number): void {
    this.#size += bytes;
    // Written so that a size that is not a number is refused too.
    if (!(this.#size <= this.#limits.maxExpandedBytes)) {
      throw tooLarge(`its values expand to more than ${this.#limits.maxExpandedBytes} bytes`);
    }
  }

  /**
   * What `make` makes of `node` in one `role` (a value, an element type, an index), once. A second reference counts the
   * whole size again, which stops references to references from growing without bound. `UNSUPPORTED` for a node that
   * holds itself, `LIMIT_EXCEEDED` beyond the depth.
   */
  once<T>(role: string, node: object, make: () => T): T {
    const known = this.#lookUp(role, node);
    if (known !== undefined) return this.#reuse(known) as T;
    const made: Made = { result: undefined, cost: -this.#size };
    this.#made.get(role)?.set(node, made);
    if (++this.#depth > this.#limits.maxDepth)
      throw tooLarge(`values nest deeper than ${this.#limits.maxDepth} levels`);
    const value = make();
    this.#depth--;
    made.result = { value };
    made.cost += this.#size;
    return value;
  }

  #lookUp(role: string, node: object): Made | undefined {
    let byNode = this.#made.get(role);
    if (byNode === undefined) {
      byNode = new Map();
      this.#made.set(role, byNode);
    }
    return byNode.get(node);
  }

  #reuse(made: Made): unknown {
    if (made.result === undefined) throw unsupported("a value that contains itself");
    this.charge(made.cost);
    return made.result.value;
  }
}
