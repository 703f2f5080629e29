/** String arrays in memory. */
import { AtsError } from "../errors.js";
import { sizeOf } from "./dense.js";
import { type ArrowText, isPresent, packStrings, textAt, unpackText } from "./utf8.js";

/** How pandas calls the missing values of a string column: `pd.NA` (dtype `string`) or NaN (dtype `str`). */
export type MissingText = "NA" | "NaN";

/**
 * An n-dimensional array of strings in C order; a missing value is null. It holds JavaScript strings, or UTF-8 in Arrow's layout, and makes
 * the other form when it is first asked for; neither may be changed.
 */
export class StringArray {
  readonly kind = "strings";
  readonly shape: readonly number[];
  /** How missing values are called where the array can have some, also when it has none; null for plain strings. */
  readonly na: MissingText | null;
  /** Every string. Made on the first use where the array holds UTF-8: a million of them take some hundred milliseconds. */
  declare readonly values: readonly (string | null)[];
  #values: readonly (string | null)[] | undefined;
  #text: ArrowText | undefined;
  /** How many strings were asked for one by one. */
  #looks = 0;

  /** `INVALID_ARGUMENT` unless `values` fills `shape` (one dimension when no shape is given). */
  constructor(
    values: readonly (string | null)[],
    shape: readonly number[] = [values.length],
    na: MissingText | null = null,
  ) {
    checkCount(values.length, shape);
    this.shape = shape;
    this.na = na;
    this.#values = values;
    // An own property, as others are: so that arrays are compared and cloned by their strings.
    Object.defineProperty(this, "values", { get: this.#decoded.bind(this), enumerable: true, configurable: true });
  }

  /**
   * An array over UTF-8 in Arrow's layout, without a copy. The bytes must be UTF-8 and the offsets ascend within them (what readers of
   * untrusted bytes have checked); `INVALID_ARGUMENT` unless they fill `shape` (one dimension when no shape is given).
   */
  static fromUtf8(
    text: ArrowText,
    shape: readonly number[] = [text.offsets.length - 1],
    na: MissingText | null = null,
  ): StringArray {
    checkCount(text.offsets.length - 1, shape);
    const array = new StringArray(NONE, [0], na);
    array.#values = undefined;
    array.#text = text;
    (array as { shape: readonly number[] }).shape = shape;
    return array;
  }

  /** The length of the first axis. */
  get length(): number {
    return this.shape[0] ?? 1;
  }

  /** Whether a string is missing. */
  get hasMissing(): boolean {
    return this.#values === undefined ? this.#text?.validity !== undefined : this.#values.includes(null);
  }

  /** The string at position `i` in C order; null where it is missing. The others are made only once many have been asked for. */
  at(i: number): string | null {
    const text = this.#text;
    if (this.#values !== undefined || text === undefined || ++this.#looks > text.offsets.length >> MANY) {
      return this.values[i] as string | null;
    }
    return textAt(text, i);
  }

  /** Whether the string at position `i` in C order is missing. */
  isMissing(i: number): boolean {
    return this.#text === undefined ? this.values[i] === null : !isPresent(this.#text, i);
  }

  /** UTF-8 in Arrow's layout, with validity bits where a string is missing. Made on the first use where the array holds strings. */
  utf8(): ArrowText {
    this.#text ??= packStrings(this.#values as readonly (string | null)[]);
    return this.#text;
  }

  /** Whether {@link utf8} is there already: then what can work on bytes should. */
  get hasUtf8(): boolean {
    return this.#text !== undefined;
  }

  #decoded(): readonly (string | null)[] {
    this.#values ??= unpackText(this.#text as ArrowText);
    return this.#values;
  }
}

const NONE: readonly string[] = [];

/** Beyond an eighth of the strings, it is faster to make them all at once. */
const MANY = 3;

function checkCount(count: number, shape: readonly number[]): void {
  if (count === sizeOf(shape)) return;
  throw new AtsError(
    "INVALID_ARGUMENT",
    `A string array of shape [${shape.join(", ")}] needs ${sizeOf(shape)} values, not ${count}.`,
  );
}
