/** A store in memory, as small as a store can be: what encodings are tested against. */
import { lanes } from "../../src/dtype.js";
import { DenseArray, sizeOf } from "../../src/elements/dense.js";
import { RecordArray } from "../../src/elements/record.js";
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
  StoredField,
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
  /** What it was created with, where it was written. */
  readonly created?: NewArray;
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
    this.#add(name, { members: child.members, attributes });
    return child;
  }

  async array(name: string, options: NewArray): Promise<ArrayWriter> {
    const { dtype, shape, empty = false, textBytes } = options;
    const target = newTarget(dtype, shape);
    this.#add(name, {
      get value() {
        return target.value();
      },
      attributes: options.attributes ?? {},
      empty,
      fixedText: textBytes !== undefined,
      created: options,
    });
    const path = this.#at(name);
    return {
      path,
      shape,
      chunks: options.chunks ?? shape.map(() => this.#chunk),
      write: async (origin, block) => {
        if (empty) throw new Error(`${path} is null: nothing is written into it`);
        this.writes.push({ path, origin: origin[0] ?? 0, count: block.length });
        target.put(origin, block);
      },
    };
  }

  #add(name: string, sketch: Sketch): void {
    if (Object.hasOwn(this.members, name)) throw new Error(`${this.#at(name)} is written twice`);
    this.members[name] = sketch;
  }

  #at(name: string): string {
    return this.path === "" ? name : `${this.path}/${name}`;
  }
}

interface Target {
  value(): StoredValue;
  put(origin: readonly number[], block: StoredValue): void;
}

function newTarget(dtype: StoredDType, shape: readonly number[]): Target {
  if (dtype === "string") return textTarget(shape);
  if (typeof dtype !== "string") return recordTarget(dtype.fields, shape[0] ?? 0);
  const value = DenseArray.zeros(dtype, shape);
  const width = lanes(dtype);
  return {
    value: () => value,
    put: (origin, block) => {
      if (!(block instanceof DenseArray) || block.dtype !== dtype) throw new Error(`a block of ${dtype} is needed`);
      each(shape, origin, block.shape, (to, from) => {
        for (let lane = 0; lane < width; lane++) {
          (value.data as Uint8Array)[to * width + lane] = (block.data as Uint8Array)[from * width + lane]!;
        }
      });
    },
  };
}

function textTarget(shape: readonly number[]): Target {
  const values = new Array<string | undefined>(sizeOf(shape));
  return {
    value: () => {
      if (values.includes(undefined)) throw new Error("not all strings were written");
      return new StringArray(values as string[], shape);
    },
    put: (origin, block) => {
      if (!(block instanceof StringArray)) throw new Error("strings are needed");
      each(shape, origin, block.shape, (to, from) => {
        const text = block.values[from];
        if (typeof text !== "string") throw new Error("no store keeps null strings");
        values[to] = text;
      });
    },
  };
}

function recordTarget(fields: readonly StoredField[], length: number): Target {
  const parts = fields.map((field) => [field.name, newTarget(field.dtype, [length, ...(field.shape ?? [])])] as const);
  return {
    value: () => new RecordArray(new Map(parts.map(([name, part]) => [name, part.value() as DenseArray])), length),
    put: (origin, block) => {
      for (const [name, part] of parts) {
        const field = (block as RecordArray).fields.get(name)!;
        part.put([...origin, ...field.shape.slice(1).map(() => 0)], field);
      }
    },
  };
}

/** Calls `place` with the position in an array of `shape`, and in the block, of every value of a block at `origin`. */
function each(
  shape: readonly number[],
  origin: readonly number[],
  block: readonly number[],
  place: (to: number, from: number) => void,
): void {
  for (let from = 0; from < sizeOf(block); from++) {
    let rest = from;
    let to = 0;
    let stride = 1;
    for (let d = shape.length - 1; d >= 0; d--) {
      const at = origin[d]! + (rest % block[d]!);
      if (at >= shape[d]!) throw new Error("a block leaves its array");
      rest = Math.floor(rest / block[d]!);
      to += at * stride;
      stride *= shape[d]!;
    }
    place(to, from);
  }
}
