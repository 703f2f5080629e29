/** Categorical columns in memory, as pandas has them. */
import { AtsError } from "../errors.js";
import type { DenseArray } from "./dense.js";
import type { StringArray } from "./strings.js";

/** Codes of a categorical: positions in the categories, -1 where the value is missing. */
export type Codes = Int8Array | Int16Array | Int32Array;

/** A one-dimensional categorical: `codes[i]` is a position in `categories`, or -1 for a missing value. */
export class Categorical {
  readonly kind = "categorical";
  readonly codes: Codes;
  readonly categories: StringArray | DenseArray;
  readonly ordered: boolean;

  constructor(codes: Codes, categories: StringArray | DenseArray, ordered = false) {
    this.codes = codes;
    this.categories = categories;
    this.ordered = ordered;
  }

  get length(): number {
    return this.codes.length;
  }

  get shape(): readonly number[] {
    return [this.codes.length];
  }

  /** 1 where the value is missing, else 0; undefined where none is. */
  missing(): Uint8Array | undefined {
    let missing: Uint8Array | undefined;
    for (let i = 0; i < this.codes.length; i++) {
      if ((this.codes[i] as number) >= 0) continue;
      missing ??= new Uint8Array(this.codes.length);
      missing[i] = 1;
    }
    return missing;
  }

  /** Checks that every code is -1 or a position in the categories; `CORRUPT` with `path` otherwise. */
  validate(path: string): this {
    const n = this.categories.length;
    for (let i = 0; i < this.codes.length; i++) {
      const code = this.codes[i] as number;
      if (code < -1 || code >= n) {
        throw new AtsError("CORRUPT", `${path}: category code ${code} at row ${i} is outside -1…${n - 1}.`, { path });
      }
    }
    return this;
  }
}

/** The narrowest signed integer array that holds positions below `categories` and -1, as pandas chooses it. */
export function allocateCodes(categories: number, length: number): Codes {
  if (categories <= 0x7f) return new Int8Array(length);
  return categories <= 0x7fff ? new Int16Array(length) : new Int32Array(length);
}
