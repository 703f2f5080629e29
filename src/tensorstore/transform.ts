import type { NativeIndexTransform } from "../native/addon.js";
import { IndexDomain, type IndexDomainInit } from "./domain.js";
import { Indexable } from "./indexable.js";
import { type Json, toJson } from "./json.js";
import { native } from "./native.js";

/** A map from an input domain to output indices: what a view of an array is, without the array. */
export class IndexTransform extends Indexable<NativeIndexTransform, IndexTransform> {
  /** @internal */
  readonly handle: NativeIndexTransform;
  readonly #domain: IndexDomain;

  /** @internal */
  constructor(handle: NativeIndexTransform) {
    super();
    this.handle = handle;
    this.#domain = IndexDomain.fromNative(handle.domain());
  }

  /** The transform that maps every index of `domain` to itself. */
  static identity(domain: IndexDomain | IndexDomainInit): IndexTransform {
    const { origin, shape, labels } = domain instanceof IndexDomain ? domain : new IndexDomain(domain);
    return IndexTransform.fromJSON({ input_inclusive_min: origin, input_shape: shape, input_labels: labels });
  }

  /** From TensorStore's JSON form; `INVALID_ARGUMENT` where it is not one. */
  static fromJSON(json: Json): IndexTransform {
    return new IndexTransform(native().indexTransform(toJson(json)));
  }

  /** The input domain. */
  get domain(): IndexDomain {
    return this.#domain;
  }

  get rank(): number {
    return this.#domain.rank;
  }

  /** The number of output indices. */
  get outputRank(): number {
    return this.handle.outputRank();
  }

  /** This transform after `inner`: maps the input of `inner` to the output of this one. */
  compose(inner: IndexTransform): IndexTransform {
    return new IndexTransform(this.handle.compose(inner.handle));
  }

  /** TensorStore's JSON form. */
  toJSON(): Json {
    return JSON.parse(this.handle.json()) as Json;
  }

  protected view(handle: NativeIndexTransform): IndexTransform {
    return new IndexTransform(handle);
  }
}
