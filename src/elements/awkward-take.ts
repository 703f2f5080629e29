/** Selection of entries of awkward arrays: only the parts of each buffer that the selected entries need are read, and packed. */
import { allocate, type DType } from "../dtype.js";
import { AtsError } from "../errors.js";
import { type AxisSelection, positionAt } from "../selection/axis.js";
import { allocatePositions, compact } from "../selection/positions.js";
import { type AwkwardClass, type AwkwardForm, bufferKey, type FormOf } from "./awkward-form.js";
import { DenseArray, sizeOf } from "./dense.js";

/** The buffers of an awkward array, in memory or in a store. */
export interface BufferSource {
  /** What messages name. */
  readonly path: string;
  /** The shape of a buffer; undefined where it is missing. */
  shape(key: string): readonly number[] | undefined;
  /** The selected values of a one-dimensional buffer, or rows of another. */
  read(key: string, rows: AxisSelection): Promise<DenseArray>;
}

/**
 * The buffers of the entries `rows` of the node `form`, under the same names, so that the form stays as it is. `CORRUPT` where buffers are missing or
 * refer to entries that are not there, `LIMIT_EXCEEDED` for more than 2^31 entries in lists.
 */
export async function takeBuffers(
  form: AwkwardForm,
  rows: AxisSelection,
  source: BufferSource,
): Promise<Map<string, DenseArray>> {
  const out = new Map<string, DenseArray>();
  await take(form, rows, new Buffers(source, out));
  return out;
}

type Taker<C extends AwkwardClass> = (form: FormOf<C>, rows: AxisSelection, buffers: Buffers) => Promise<void>;

function take(form: AwkwardForm, rows: AxisSelection, buffers: Buffers): Promise<void> {
  return (TAKERS[form.class] as (...all: unknown[]) => Promise<void>)(form, rows, buffers);
}

const inContent: Taker<"UnmaskedArray"> = (form, rows, buffers) => take(form.content, rows, buffers);

const TAKERS: { readonly [C in AwkwardClass]: Taker<C> } = {
  NumpyArray: async (form, rows, buffers) => {
    const inner = sizeOf(form.inner_shape ?? []);
    // Buffers are flat in some stores and of the node's shape in others.
    const flat = inner !== 1 && buffers.shape(form, "data").length === 1;
    await buffers.copy(form, "data", flat ? buffers.spread(rows, inner) : rows);
  },
  EmptyArray: async (_, rows, buffers) => {
    if (rows.count > 0) throw buffers.corrupt("has entries where its form has none");
  },
  RegularArray: (form, rows, buffers) => take(form.content, buffers.spread(rows, form.size), buffers),
  ListOffsetArray: async (form, rows, buffers) => {
    const starts = await buffers.integers(form, "offsets", rows);
    const stops = await buffers.integers(form, "offsets", shift(rows));
    const packed = buffers.pack(starts.values, stops.values);
    buffers.put(form, "offsets", starts.dtype, packed.offsets);
    await take(form.content, packed.content, buffers);
  },
  ListArray: async (form, rows, buffers) => {
    const starts = await buffers.integers(form, "starts", rows);
    const stops = await buffers.integers(form, "stops", rows);
    const packed = buffers.pack(starts.values, stops.values);
    buffers.put(form, "starts", starts.dtype, packed.offsets.subarray(0, rows.count));
    buffers.put(form, "stops", stops.dtype, packed.offsets.subarray(1));
    await take(form.content, packed.content, buffers);
  },
  IndexedArray: async (form, rows, buffers) => {
    const index = await buffers.integers(form, "index", rows);
    buffers.put(
      form,
      "index",
      index.dtype,
      index.values.map((_, i) => i),
    );
    await take(form.content, compact(index.values), buffers);
  },
  IndexedOptionArray: async (form, rows, buffers) => {
    const index = await buffers.integers(form, "index", rows);
    const present = index.values.filter((position) => position >= 0);
    let next = 0;
    buffers.put(
      form,
      "index",
      index.dtype,
      index.values.map((position) => (position >= 0 ? next++ : -1)),
    );
    await take(form.content, compact(present), buffers);
  },
  ByteMaskedArray: async (form, rows, buffers) => {
    await buffers.copy(form, "mask", rows);
    await take(form.content, rows, buffers);
  },
  BitMaskedArray: async (form, rows, buffers) => {
    const bits = await buffers.all(form, "mask");
    const place = (i: number) => (form.lsb_order ? i & 7 : 7 - (i & 7));
    const packed = new Uint8Array((rows.count + 7) >> 3);
    for (let i = 0; i < rows.count; i++) {
      const at = positionAt(rows, i);
      if (at >> 3 >= bits.length) throw buffers.corrupt("has a mask that is too short");
      const bit = ((bits[at >> 3] as number) >> place(at)) & 1;
      packed[i >> 3] = (packed[i >> 3] as number) | (bit << place(i));
    }
    buffers.put(form, "mask", "uint8", packed);
    await take(form.content, rows, buffers);
  },
  UnmaskedArray: inContent,
  RecordArray: async (form, rows, buffers) => {
    for (const content of form.contents) await take(content, rows, buffers);
  },
  UnionArray: async (form, rows, buffers) => {
    const tags = await buffers.integers(form, "tags", rows);
    const index = await buffers.integers(form, "index", rows);
    const counts = new Float64Array(form.contents.length);
    const packed = index.values.map((_, i) => {
      const tag = tags.values[i] as number;
      const count = counts[tag];
      if (count === undefined) throw buffers.corrupt(`has the tag ${tag}, which its form does not have`);
      counts[tag] = count + 1;
      return count;
    });
    buffers.put(form, "tags", tags.dtype, tags.values);
    buffers.put(form, "index", index.dtype, packed);
    for (const [tag, content] of form.contents.entries()) {
      const positions = index.values.filter((_, i) => tags.values[i] === tag);
      await take(content, compact(positions), buffers);
    }
  },
};

/** Each position's successor. */
function shift(rows: AxisSelection): AxisSelection {
  if (rows.kind === "range") return { ...rows, start: rows.start + 1 };
  return { ...rows, positions: Float64Array.from(rows.positions, (position) => position + 1) };
}

/** More entries than this are not gathered at once. */
const MAX_ENTRIES = 2 ** 31;

/** Reads the buffers of a source, every selection checked first, and collects what is taken of them. */
class Buffers {
  constructor(
    private readonly source: BufferSource,
    private readonly out: Map<string, DenseArray>,
  ) {}

  corrupt(what: string): AtsError {
    const { path } = this.source;
    return new AtsError("CORRUPT", `${path} is an awkward array that ${what}.`, { path });
  }

  shape(form: AwkwardForm, buffer: string): readonly number[] {
    const shape = this.source.shape(bufferKey(form, buffer));
    if (shape === undefined || shape.length === 0) throw this.corrupt(`has no buffer "${bufferKey(form, buffer)}"`);
    return shape;
  }

  async copy(form: AwkwardForm, buffer: string, rows: AxisSelection): Promise<void> {
    this.out.set(bufferKey(form, buffer), await this.#read(form, buffer, rows));
  }

  put(form: AwkwardForm, buffer: string, dtype: DType, values: ArrayLike<number>): void {
    const data = allocate(dtype, values.length);
    const wide = data instanceof BigInt64Array || data instanceof BigUint64Array;
    for (let i = 0; i < values.length; i++) data[i] = (wide ? BigInt(values[i] as number) : values[i]) as never;
    this.out.set(bufferKey(form, buffer), new DenseArray(dtype, [values.length], data));
  }

  /** Integers of any type as numbers. */
  async integers(form: AwkwardForm, buffer: string, rows: AxisSelection) {
    const { dtype, data, shape } = await this.#read(form, buffer, rows);
    if (!/^u?int/.test(dtype) || shape.length !== 1)
      throw this.corrupt(`has no integers in "${bufferKey(form, buffer)}"`);
    return { dtype, values: Float64Array.from(data as ArrayLike<number | bigint>, Number) };
  }

  /** The whole of a buffer of bytes. */
  async all(form: AwkwardForm, buffer: string): Promise<Uint8Array> {
    const [count = 0] = this.shape(form, buffer);
    const { data } = await this.#read(form, buffer, { kind: "range", start: 0, step: 1, count });
    if (data instanceof Uint8Array) return data;
    throw this.corrupt(`has no bytes in "${bufferKey(form, buffer)}"`);
  }

  /** `size` entries for each of `rows`. */
  spread(rows: AxisSelection, size: number): AxisSelection {
    this.#limit(rows.count * size);
    if (rows.kind === "range" && rows.step === 1) {
      return { kind: "range", start: rows.start * size, step: 1, count: rows.count * size };
    }
    const positions = new Float64Array(rows.count * size);
    for (let i = 0; i < positions.length; i++)
      positions[i] = positionAt(rows, Math.floor(i / size)) * size + (i % size);
    return compact(positions);
  }

  /** Lists from `starts` to `stops`: their entries, and where each list begins among those. */
  pack(starts: Float64Array, stops: Float64Array): { readonly offsets: Float64Array; readonly content: AxisSelection } {
    const offsets = new Float64Array(starts.length + 1);
    let contiguous = true;
    for (let i = 0; i < starts.length; i++) {
      const [start, stop] = [starts[i] as number, stops[i] as number];
      if (!(start >= 0 && stop >= start)) throw this.corrupt(`has a list from ${start} to ${stop}`);
      offsets[i + 1] = (offsets[i] as number) + stop - start;
      contiguous &&= i === 0 || start === stops[i - 1];
    }
    const count = offsets[starts.length] as number;
    this.#limit(count);
    if (contiguous) return { offsets, content: { kind: "range", start: starts[0] ?? 0, step: 1, count } };
    const positions = allocatePositions(count, Number.POSITIVE_INFINITY);
    for (let i = 0; i < starts.length; i++) {
      const [first, begin] = [offsets[i] as number, starts[i] as number];
      const length = (offsets[i + 1] as number) - first;
      for (let k = 0; k < length; k++) positions[first + k] = begin + k;
    }
    return { offsets, content: compact(positions) };
  }

  async #read(form: AwkwardForm, buffer: string, rows: AxisSelection): Promise<DenseArray> {
    const [length = 0] = this.shape(form, buffer);
    const bad = outside(rows, length);
    if (bad !== undefined) {
      throw this.corrupt(`refers to entry ${bad} of "${bufferKey(form, buffer)}", which has ${length}`);
    }
    return this.source.read(bufferKey(form, buffer), rows);
  }

  #limit(count: number): void {
    if (count <= MAX_ENTRIES) return;
    const { path } = this.source;
    throw new AtsError("LIMIT_EXCEEDED", `${path}: ${count} entries of lists are too many; select fewer rows.`, {
      path,
    });
  }
}

/** A position of `rows` that is not in 0…`length` - 1, if there is one. */
function outside(rows: AxisSelection, length: number): number | undefined {
  if (rows.count === 0) return undefined;
  const isOutside = (position: number) => !(position >= 0 && position < length);
  if (rows.kind === "positions") return Array.prototype.find.call(rows.positions, isOutside) as number | undefined;
  return [rows.start, rows.start + (rows.count - 1) * rows.step].find(isOutside);
}
