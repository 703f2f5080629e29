/** Collects a column's pages into one array over all row groups: numbers, strings, or codes with their categories. */
import { allocate, type DType, viewAs } from "../dtype.js";
import { allocateCodes, Categorical } from "../elements/categorical.js";
import { DenseArray } from "../elements/dense.js";
import { joinText } from "../elements/join-text.js";
import { StringArray } from "../elements/strings.js";
import { takeText } from "../elements/take-text.js";
import type { ArrowText } from "../elements/utf8.js";
import { AtsError } from "../errors.js";
import type { PhysicalType } from "./parquet-footer.js";
import type { Page } from "./parquet-pages.js";
import {
  booleans,
  dictionaryIndices,
  eachPresent,
  isIndexed,
  type PhysicalArray,
  plainNumbers,
  plainStrings,
  plainText,
  spreadText,
} from "./parquet-values.js";

/** Takes the pages of one column; `base` is the row at which the page's row group starts. */
export interface Sink {
  page(page: Page, base: number): void;
}

/** Numbers of a physical type as `dtype`, and where they are missing. */
export class NumberSink implements Sink {
  readonly dtype: DType;
  readonly values: DenseArray;
  /** 1 where no value was stored; undefined until one is missing. */
  mask: Uint8Array | undefined;
  readonly #physical: PhysicalType;
  readonly #path: string;
  #dictionary: PhysicalArray | undefined;

  constructor(physical: PhysicalType, dtype: DType, rows: number, path: string) {
    this.dtype = dtype;
    this.#physical = physical;
    this.#path = path;
    this.values = new DenseArray(dtype, [rows], allocate(dtype, rows));
  }

  page(page: Page, base: number): void {
    if (page.kind === "dictionary") {
      this.#dictionary = plainNumbers(this.#physical, page.bytes, page.count, this.#path);
      return;
    }
    const stored = this.#stored(page);
    const out = this.#target();
    if (page.levels === undefined) {
      out.set(stored as never, base + page.first);
      return;
    }
    this.mask ??= new Uint8Array(out.length);
    this.mask.fill(1, base + page.first, base + page.first + page.rows);
    const mask = this.mask;
    eachPresent(page, (row, position) => {
      out[base + row] = stored[position] as never;
      mask[base + row] = 0;
    });
  }

  /** Half floats are set by their bits, 64-bit integers by theirs. */
  #target(): Exclude<PhysicalArray, Uint8Array> {
    const { data } = this.values;
    const raw = { float16: "uint16", uint64: "int64" } as const;
    const dtype = raw[this.dtype as keyof typeof raw];
    return (dtype === undefined ? data : viewAs(dtype, data.buffer, data.byteOffset, data.length)) as Int32Array;
  }

  #stored(page: Extract<Page, { kind: "data" }>): PhysicalArray {
    if (!isIndexed(page)) {
      if (this.#physical === "BOOLEAN") return booleans(page, this.#path);
      return plainNumbers(this.#physical, page.bytes, page.present, this.#path);
    }
    const entries = this.#dictionary ?? new Int32Array(0);
    const indices = dictionaryIndices(page, entries.length, this.#path);
    const out = new (entries.constructor as new (n: number) => PhysicalArray)(indices.length);
    for (let i = 0; i < indices.length; i++) out[i] = entries[indices[i] as number] as never;
    return out;
  }
}

/** Text, as UTF-8 from the pages to the column: no JavaScript string is made. Rows whose pages are skipped count as missing. */
export class StringSink implements Sink {
  readonly #rows: number;
  readonly #path: string;
  readonly #parts: ArrowText[] = [];
  #taken = 0;
  #dictionary: ArrowText = missingText(0);

  constructor(rows: number, path: string) {
    this.#rows = rows;
    this.#path = path;
  }

  page(page: Page, base: number): void {
    if (page.kind === "dictionary") {
      this.#dictionary = plainText(page.bytes, page.count, this.#path);
      return;
    }
    this.#skipTo(base + page.first);
    this.#add(spreadText(isIndexed(page) ? this.#looked(page) : plainText(page.bytes, page.present, this.#path), page));
  }

  column(): StringArray {
    this.#skipTo(this.#rows);
    return StringArray.fromUtf8(joinText(this.#parts));
  }

  #looked(page: Extract<Page, { kind: "data" }>): ArrowText {
    const positions = dictionaryIndices(page, this.#dictionary.offsets.length - 1, this.#path);
    return takeText(this.#dictionary, { kind: "positions", positions, count: positions.length });
  }

  #skipTo(row: number): void {
    if (row > this.#taken) this.#add(missingText(row - this.#taken));
  }

  #add(text: ArrowText): void {
    this.#parts.push(text);
    this.#taken += text.offsets.length - 1;
  }
}

function missingText(count: number): ArrowText {
  const validity = count === 0 ? undefined : new Uint8Array((count + 7) >> 3);
  return { offsets: new Int32Array(count + 1), bytes: new Uint8Array(0), validity };
}

/** Codes and the categories of every row group's dictionary, in order of appearance, also those that no row uses. */
export class CategorySink implements Sink {
  readonly #codes: Int32Array;
  readonly #known = new Map<string | number | bigint, number>();
  readonly #physical: PhysicalType;
  readonly #path: string;
  /** The code of each entry of the current dictionary. */
  #map: Int32Array = new Int32Array(0);

  constructor(physical: PhysicalType, rows: number, path: string) {
    this.#codes = new Int32Array(rows).fill(-1);
    this.#physical = physical;
    this.#path = path;
  }

  page(page: Page, base: number): void {
    if (page.kind === "dictionary") {
      this.#map = this.#codesOf(this.#plain(page.bytes, page.count));
      return;
    }
    const codes = this.#codes;
    const indexed = isIndexed(page);
    const map = indexed ? this.#map : this.#codesOf(this.#plain(page.bytes, page.present));
    const indices = indexed ? dictionaryIndices(page, map.length, this.#path) : undefined;
    eachPresent(page, (row, position) => {
      codes[base + row] = map[indices === undefined ? position : (indices[position] as number)] as number;
    });
  }

  /** The categorical; numeric categories get `dtype`. */
  column(ordered: boolean, dtype: DType): Categorical {
    const values = [...this.#known.keys()];
    const codes = allocateCodes(values.length, this.#codes.length);
    codes.set(this.#codes);
    if (this.#physical === "BYTE_ARRAY") return new Categorical(codes, new StringArray(values as string[]), ordered);
    const data = allocate(dtype, values.length);
    const target = dtype === "uint64" ? viewAs("int64", data.buffer, 0, values.length) : data;
    values.forEach((value, i) => {
      target[i] = value as never;
    });
    return new Categorical(codes, new DenseArray(dtype, [values.length], data), ordered);
  }

  #plain(bytes: Uint8Array, count: number): ArrayLike<string | number | bigint> {
    return this.#physical === "BYTE_ARRAY"
      ? plainStrings(bytes, count, this.#path)
      : plainNumbers(this.#physical, bytes, count, this.#path);
  }

  #codesOf(entries: ArrayLike<string | number | bigint>): Int32Array {
    const map = new Int32Array(entries.length);
    for (let i = 0; i < entries.length; i++) {
      const entry = entries[i] as string | number | bigint;
      const code = this.#known.get(entry) ?? this.#known.size;
      if (code === this.#known.size) this.#known.set(entry, code);
      map[i] = code;
    }
    return map;
  }
}

/** The element type of a column of `bits` and `signed` integers. */
export function integerDType(bits: number, signed: boolean, path: string): DType {
  if (bits === 8 || bits === 16 || bits === 32 || bits === 64) return `${signed ? "int" : "uint"}${bits}`;
  throw new AtsError("CORRUPT", `${path} has integers of ${bits} bits.`, { path });
}
