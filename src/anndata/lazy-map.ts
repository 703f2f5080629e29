/** Maps of handles: `layers`, `obsm`, `varm`, `obsp`, `varp`. */
import type { LazyElement } from "../elements/lazy.js";
import { AtsError } from "../errors.js";
import { suggestion } from "../selection/near.js";
import type { AxisName } from "./axis-view.js";
import { ElementHandle, type HandleContext, type MemberHandle } from "./handles.js";

/** A read-only map from names to handles; nothing is read. */
export class HandleMap implements Iterable<[string, MemberHandle]> {
  /** Such as `obsm`. */
  readonly path: string;
  readonly #elements: ReadonlyMap<string, LazyElement>;
  readonly #along: readonly AxisName[];
  readonly #context: HandleContext;

  /** Made by {@link AnnData}. */
  constructor(
    path: string,
    elements: ReadonlyMap<string, LazyElement>,
    along: readonly AxisName[],
    context: HandleContext,
  ) {
    this.path = path;
    this.#elements = elements;
    this.#along = along;
    this.#context = context;
  }

  get size(): number {
    return this.#elements.size;
  }

  keys(): string[] {
    return [...this.#elements.keys()];
  }

  has(name: string): boolean {
    return this.#elements.has(name);
  }

  /** The member `name`. `NOT_FOUND` with near matches where there is none; ask `has` first where that is no error. */
  get(name: string): MemberHandle {
    const element = this.#elements.get(name);
    const path = `${this.path}/${name}`;
    if (element !== undefined) return new ElementHandle(path, element, this.#along, this.#context);
    const near = suggestion(name, this.#elements.keys());
    throw new AtsError("NOT_FOUND", `${this.path} has no member ${JSON.stringify(name)}${near}.`, { path });
  }

  *[Symbol.iterator](): Generator<[string, MemberHandle]> {
    for (const name of this.#elements.keys()) yield [name, this.get(name)];
  }
}
