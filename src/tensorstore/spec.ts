import type { NativeSpec } from "../native/addon.js";
import { IndexDomain } from "./domain.js";
import type { ElementType } from "./element-type.js";
import { Indexable } from "./indexable.js";
import { type Json, toJson } from "./json.js";
import { native } from "./native.js";
import { type Schema, schemaFromJson, schemaToJson } from "./schema.js";

/** A spec as data: an object with a `driver`, or a URL such as `file:///data/x.zarr/|zarr3:`. */
export type SpecInput = { readonly driver: string; readonly [key: string]: Json | undefined } | string | URL;

/** How to open an array: its driver, where it is stored, what is asked of it, and a view of it. */
export class Spec extends Indexable<NativeSpec, Spec> {
  /** @internal */
  readonly handle: NativeSpec;

  /** @internal */
  private constructor(handle: NativeSpec) {
    super();
    this.handle = handle;
  }

  /** Parses a spec; `INVALID_ARGUMENT` where TensorStore does not understand it. */
  static from(spec: SpecInput): Spec {
    return new Spec(native().spec(specToJson(spec)));
  }

  /** @internal */
  static fromHandle(handle: NativeSpec): Spec {
    return new Spec(handle);
  }

  /** The element type, where the spec says it. */
  get dtype(): ElementType | undefined {
    return (this.handle.info().dtype ?? undefined) as ElementType | undefined;
  }

  /** The number of dimensions; -1 where the spec leaves it open. */
  get rank(): number {
    return this.handle.info().rank ?? -1;
  }

  /** The domain, where the spec says it. */
  get domain(): IndexDomain | undefined {
    const domain = this.handle.domain();
    return domain === null ? undefined : IndexDomain.fromNative(domain);
  }

  /** What the spec asks of the array. */
  get schema(): Schema {
    return schemaFromJson(this.handle.schema(), this.domain);
  }

  /** The URL form; undefined for a spec that has none. */
  get url(): string | undefined {
    return this.handle.url() ?? undefined;
  }

  /** The spec with more asked of it; `INVALID_ARGUMENT` for a contradiction. */
  with(schema: Schema): Spec {
    const json = schemaToJson(schema);
    return json === null ? this : new Spec(this.handle.with(toJson(json)));
  }

  /** TensorStore's JSON form. Integers beyond 2^53 lose digits. */
  toJSON(): Json {
    return JSON.parse(this.handle.json()) as Json;
  }

  protected view(handle: NativeSpec): Spec {
    return new Spec(handle);
  }
}

/** JSON text of a spec. */
export function specToJson(spec: SpecInput): string {
  return toJson(spec instanceof URL ? spec.href : spec);
}
