import type { NativeDomain } from "../native/addon.js";

/** How a domain is written down. */
export interface IndexDomainInit {
  readonly shape: readonly number[];
  /** The first index of each dimension; zeros when left out. */
  readonly origin?: readonly number[] | undefined;
  /** A name for each dimension; "" for none. */
  readonly labels?: readonly string[] | undefined;
}

/**
 * The region of indices that an array or a view has: for each dimension the half-open interval
 * `[origin, exclusiveMax)` and a label. Unbounded ends are ±Infinity. A bound is implicit when it may change with the
 * stored array, as the upper bounds of a resizable array do.
 */
export class IndexDomain {
  readonly origin: readonly number[];
  readonly shape: readonly number[];
  readonly exclusiveMax: readonly number[];
  readonly labels: readonly string[];
  readonly implicitLower: readonly boolean[];
  readonly implicitUpper: readonly boolean[];

  constructor(init: IndexDomainInit) {
    const { shape } = init;
    this.shape = shape;
    this.origin = init.origin ?? shape.map(() => 0);
    this.exclusiveMax = shape.map((extent, i) => (this.origin[i] as number) + extent);
    this.labels = init.labels ?? shape.map(() => "");
    this.implicitLower = shape.map(() => false);
    this.implicitUpper = shape.map(() => false);
  }

  /** The domain that the native layer describes. */
  static fromNative(domain: NativeDomain): IndexDomain {
    return Object.assign(Object.create(IndexDomain.prototype), domain);
  }

  /** The number of dimensions. */
  get rank(): number {
    return this.shape.length;
  }

  /** The number of elements; Infinity when it is unbounded. */
  get size(): number {
    return this.shape.reduce((product, extent) => product * extent, 1);
  }

  /** TensorStore's JSON form. */
  toJSON(): { inclusive_min: readonly number[]; shape: readonly number[]; labels: readonly string[] } {
    return { inclusive_min: this.origin, shape: this.shape, labels: this.labels };
  }

  /** Such as `{ "x": [0, 10), [5, 8) }`. */
  toString(): string {
    const intervals = this.origin.map((first, i) => {
      const label = this.labels[i] ? `"${this.labels[i]}": ` : "";
      return `${label}[${first}, ${this.exclusiveMax[i]})`;
    });
    return `{ ${intervals.join(", ")} }`;
  }
}
