/** Progress of a write, in bytes of uncompressed values: of the element that is being written, and of all that are known. */
import { itemSize } from "../dtype.js";
import { sizeOf } from "../elements/dense.js";
import type { LazyArray, LazyElement } from "../elements/lazy.js";
import type { StoredDType } from "../storage/types.js";

/** Bytes that a string is taken for where its length is not known. */
const TEXT_BYTES = 16;

/** The bytes of one value of `dtype`. */
function widthOf(dtype: StoredDType): number {
  if (typeof dtype === "string") return dtype === "string" ? TEXT_BYTES : itemSize(dtype);
  return dtype.fields.reduce((sum, { dtype: type, shape = [] }) => sum + widthOf(type) * sizeOf(shape), 0);
}

function arrayBytes({ info, shape, dtype, sparse }: LazyArray): number {
  if (sparse === null) return sizeOf(shape) * widthOf(dtype);
  return (info.nnz ?? sizeOf(shape) / 10) * (widthOf(dtype) + 4);
}

/** The bytes that `element` is expected to have; 0 for a dict, whose entries count by themselves. */
export function expectedBytes(element: LazyElement): number {
  if (element.kind === "lazy-array") return arrayBytes(element);
  if (element.kind === "lazy-frame") return element.length * (element.columnNames.length + 1) * TEXT_BYTES;
  return element.kind === "lazy-value" ? TEXT_BYTES : 0;
}

/** A share of a whole, which it tells of what is done of it: at most what was expected, and all of it at the end. */
export class Meter {
  #done = 0;

  constructor(
    readonly total: number,
    private readonly report: (bytes: number) => void,
  ) {}

  get done(): number {
    return this.#done;
  }

  /** Sets what is done to `share`, of 1. */
  reach(share: number): void {
    this.#add(this.total * Math.min(1, share) - this.#done);
  }

  /** A part of it that is `bytes` large. */
  part(bytes: number): Meter {
    return new Meter(bytes, (more) => this.#add(Math.min(more, this.total - this.#done)));
  }

  #add(bytes: number): void {
    if (!(bytes > 0)) return;
    this.#done += bytes;
    this.report(bytes);
  }
}
