/** A store in memory, as small as a store can be: what encodings are tested against. */
import { type DType, itemSize } from "../../src/dtype.js";
import { DenseArray, sizeOf } from "../../src/elements/dense.js";
import type { RecordArray } from "../../src/elements/record.js";
import { StringArray } from "../../src/elements/strings.js";
import { takeRecords } from "../../src/elements/take-column.js";
import { takeDense, takeStrings } from "../../src/elements/take-dense.js";
import { wholeAxis } from "../../src/selection/axis.js";
import type {
  ArrayNode,
  ArrayWriter,
  Attributes,
  GroupNode,
  GroupWriter,
  NewArray,
  StoredDType,
  StoredNode,
  StoredValue,
} from "../../src/storage/types.js";

/** A node to be: an array's value, or a group's members. */
export interface Sketch {
  readonly value?: StoredValue;
  readonly members?: Readonly<Record<string, Sketch>>;
  readonly attributes?: Attributes;
  readonly fixedText?: boolean;
  readonly empty?: boolean;
}

/** Shorthands for sketches. */
export const numbers = (
  data: DenseArray["data"],
  dtype: DenseArray["dtype"],
  shape: readonly number[] = [data.length],
) => new DenseArray(dtype, shape, data as never);
export const int32 = (...values: number[]) => numbers(Int32Array.from(values), "int32");
export const float64 = (...values: number[]) => numbers(Float64Array.from(values), "float64");
export const texts = (...values: (string | null)[]) => new StringArray(values);
export const encoded = (type: string, version: string, sketch: Sketch): Sketch => ({
  ...sketch,
  attributes: { ...sketch.attributes, "encoding-type": type, "encoding-version": version },
});

/** Values that were read from the arrays of a store, by path. */
export type ReadCounts = Map<string, number>;

/** The node that `sketch` describes; what is read of it is added to `counts`. */
export function memoryNode(sketch: Sketch, path = "", counts: ReadCounts = new Map()): StoredNode {
  return sketch.members === undefined ? arrayNode(sketch, path, counts) : groupNode(sketch, path, counts);
}

/** The root group of a store. */
export function memoryRoot(members: Readonly<Record<string, Sketch>>, counts?: ReadCounts): GroupNode {
  return memoryNode({ members }, "", counts) as GroupNode;
}

function groupNode(sketch: Sketch, path: string, counts: ReadCounts): GroupNode {
  const { members = {}, attributes = {} } = sketch;
  return {
    kind: "group",
    path,
    attributes,
    keys: async () => Object.keys(members),
    get: async (name) =>
      Object.hasOwn(members, name)
        ? memoryNode(members[name] as Sketch, path === "" ? name : `${path}/${name}`, counts)
        : undefined,
  };
}

function arrayNode(sketch: Sketch, path: string, counts: ReadCounts): ArrayNode {
  const value = sketch.value as StoredValue;
  return {
    kind: "array",
    path,
    attributes: sketch.attributes ?? {},
    shape: value.shape,
    dtype: dtypeOf(value),
    layout: { chunks: null, shards: null, codec: null },
    empty: sketch.empty ?? false,
    fixedText: sketch.fixedText ?? false,
    read: async (selection = [], options = {}) => {
      options.signal?.throwIfAborted();
      const part = take(value, selection);
      counts.set(path, (counts.get(path) ?? 0) + sizeOf(part.shape));
      return part;
    },
    storedBytes: async () => (value instanceof DenseArray ? value.data.byteLength : undefined),
  };
}

function take(value: StoredValue, selection: Parameters<ArrayNode["read"]>[0] = []): StoredValue {
  if (value instanceof DenseArray) return takeDense(value, selection);
  if (value instanceof StringArray) return takeStrings(value, selection);
  return takeRecords(value, selection[0] ?? wholeAxis(value.length));
}

function dtypeOf(value: StoredValue): StoredDType {
  if (value instanceof DenseArray) return value.dtype;
  if (value instanceof StringArray) return "string";
  return {
    fields: [...(value as RecordArray).fields].map(([name, field]) => ({
      name,
      dtype: field instanceof DenseArray ? field.dtype : "string",
      ...(field.shape.length > 1 ? { shape: field.shape.slice(1) } : {}),
    })),
  };
}

/** A group that is written in memory. `chunk` is the chunk of every array; `writes` notes each origin and length. */
export class MemoryWriter implements GroupWriter {
  readonly path: string;
  readonly members: Record<string, Sketch> = {};
  readonly writes: { path: string; origin: number; count: number }[];
  readonly #chunk: number;

  constructor(chunk: number, path = "", writes: MemoryWriter["writes"] = []) {
    this.#chunk = chunk;
    this.path = path;
    this.writes = writes;
  }

  async group(name: string, attributes: Attributes = {}): Promise<MemoryWriter> {
    const child = new MemoryWriter(this.#chunk, this.#at(name), this.writes);
    this.members[name] = { members: child.members, attributes };
    return child;
  }

  async array(name: string, options: NewArray): Promise<ArrayWriter> {
    const { dtype, shape } = options;
    const value = DenseArray.zeros(dtype as DType, shape);
    this.members[name] = { value, attributes: options.attributes ?? {} };
    const path = this.#at(name);
    const bytes = new Uint8Array(value.data.buffer);
    return {
      path,
      shape,
      chunks: shape.map(() => this.#chunk),
      write: async (origin, block) => {
        const row = sizeOf(shape.slice(1)) * itemSize(dtype as DType);
        this.writes.push({ path, origin: origin[0] ?? 0, count: block.length });
        const { buffer, byteOffset, byteLength } = (block as DenseArray).data;
        bytes.set(new Uint8Array(buffer, byteOffset, byteLength), (origin[0] ?? 0) * row);
      },
    };
  }

  #at(name: string): string {
    return this.path === "" ? name : `${this.path}/${name}`;
  }
}
