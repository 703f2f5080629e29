/** Values in memory as lazy elements, so that writers, views and conversions see no difference. */
import { AtsError } from "../errors.js";
import type { AxisSelection } from "../selection/axis.js";
import { suggestion } from "../selection/near.js";
import { toPositions } from "../selection/positions.js";
import type { ReadOptions, StoredDType } from "../storage/types.js";
import { type Column, Frame, UNNAMED_INDEX } from "./frame.js";
import type {
  ElementInfo,
  ElementSelection,
  LazyArray,
  LazyDict,
  LazyElement,
  LazyFrame,
  LazyValue,
  SparseStream,
} from "./lazy.js";
import { streamMatrix } from "./slabs.js";
import { takeValue } from "./take.js";
import { takeFrame } from "./take-column.js";
import { encodingOf } from "./value-encoding.js";
import { type ArrayValue, type Dict, emptyDict, isArrayValue, isDict, type Value } from "./values.js";

/** An array value in memory: anything with axes but a frame. */
export type MemoryArrayValue = Exclude<ArrayValue, Frame>;

/** What memory holds has no bytes on disk. */
function noBytes(): Promise<undefined> {
  return Promise.resolve(undefined);
}

/** Wraps `value`, which lies at `path` of its AnnData. A whole read gives `value` itself, not a copy. */
export function lazyFromValue(value: Frame, path: string): LazyFrame & Required<Pick<LazyFrame, "column" | "index">>;
export function lazyFromValue(value: MemoryArrayValue, path: string): LazyArray;
export function lazyFromValue(value: Dict, path: string): LazyDict;
export function lazyFromValue(value: Value, path: string): LazyElement;
export function lazyFromValue(value: Value, path: string): LazyElement {
  if (isArrayValue(value)) return value.kind === "frame" ? new MemoryFrame(value, path) : new MemoryArray(value, path);
  return isDict(value) ? new MemoryDict(value, path) : new MemoryValue(value, path);
}

function describe(path: string, encoding: string, facts: Partial<ElementInfo> = {}): ElementInfo {
  return { path, encoding, encodingVersion: "", dtype: null, shape: null, layout: null, nnz: null, ...facts };
}

class MemoryArray implements LazyArray {
  readonly kind = "lazy-array";
  readonly info: ElementInfo;
  readonly dtype: StoredDType;
  readonly storedBytes = noBytes;
  readonly stream?: () => Promise<SparseStream>;
  readonly #value: MemoryArrayValue;

  constructor(value: MemoryArrayValue, path: string) {
    this.#value = value;
    if (value.kind === "csr" || value.kind === "csc") this.stream = async () => streamMatrix(value);
    this.dtype = dtypeOfValue(value);
    this.info = describe(path, encodingOf(value), {
      dtype: typeof this.dtype === "string" ? this.dtype : "records",
      shape: value.shape,
      nnz: value.kind === "csr" || value.kind === "csc" ? value.nnz : null,
    });
  }

  get shape() {
    return this.#value.shape;
  }

  get sparse() {
    const { kind } = this.#value;
    return kind === "csr" || kind === "csc" ? kind : null;
  }

  async read(selection: ElementSelection = [], options: ReadOptions = {}): Promise<Value> {
    options.signal?.throwIfAborted();
    return takeValue(this.#value, selection, { ...options, path: this.info.path });
  }

  /** Memory is not read from disk: no chunks. */
  async reads() {
    return [];
  }
}

function dtypeOfValue(value: MemoryArrayValue): StoredDType {
  switch (value.kind) {
    case "strings":
      return "string";
    case "categorical":
      return dtypeOfValue(value.categories);
    case "nullable":
      return value.values.dtype;
    case "awkward":
      return { fields: [] };
    case "records":
      return {
        fields: [...value.fields].map(([name, field]) => ({
          name,
          dtype: field.kind === "dense" ? field.dtype : ("string" as const),
          ...(field.shape.length > 1 && { shape: field.shape.slice(1) }),
        })),
      };
    default:
      return value.dtype;
  }
}

class MemoryFrame implements LazyFrame {
  readonly kind = "lazy-frame";
  readonly info: ElementInfo;
  readonly storedBytes = noBytes;
  readonly #frame: Frame;

  constructor(frame: Frame, path: string) {
    this.#frame = frame;
    this.info = describe(path, "dataframe", { shape: frame.shape });
  }

  get shape() {
    return this.#frame.shape;
  }

  get length() {
    return this.#frame.length;
  }

  get columnNames() {
    return [...this.#frame.columns.keys()];
  }

  get indexName() {
    return this.#frame.indexName;
  }

  async readFrame(columns?: readonly string[], rows?: AxisSelection, options: ReadOptions = {}): Promise<Frame> {
    options.signal?.throwIfAborted();
    const frame = columns === undefined ? this.#frame : pick(this.#frame, columns, this.info.path);
    return rows === undefined ? frame : takeFrame(frame, rows);
  }

  read(selection: ElementSelection = [], options?: ReadOptions): Promise<Frame> {
    const all = this.columnNames;
    const columns = selection[1] && Array.from(toPositions(selection[1]), (position) => all[position] as string);
    return this.readFrame(columns, selection[0], options);
  }

  async column(name: string): Promise<LazyArray> {
    const column = pick(this.#frame, [name], this.info.path).columns.get(name) as Column;
    return lazyColumn(column, `${this.info.path}/${name}`);
  }

  async index(): Promise<LazyArray> {
    const { index, indexName } = this.#frame;
    return lazyColumn(index, `${this.info.path}/${indexName ?? UNNAMED_INDEX}`);
  }
}

/** Wraps one column of a frame; `UNSUPPORTED` for one of an Arrow type that no element has. */
export function lazyColumn(column: Column, path: string): LazyArray {
  if (column.kind !== "arrow") return new MemoryArray(column, path);
  throw new AtsError(
    "UNSUPPORTED",
    `${path} is of an Arrow type without elements; read it with its frame, or convert it to text or numbers.`,
    { path },
  );
}

function pick(frame: Frame, names: readonly string[], path: string): Frame {
  const columns = names.map((name) => {
    const column = frame.columns.get(name);
    if (column !== undefined) return [name, column] as const;
    throw new AtsError(
      "NOT_FOUND",
      `${path} has no column ${JSON.stringify(name)}${suggestion(name, frame.columns.keys())}.`,
      { path: `${path}/${name}` },
    );
  });
  return new Frame(frame.index, new Map(columns), frame.indexName);
}

class MemoryDict implements LazyDict {
  readonly kind = "lazy-dict";
  readonly info: ElementInfo;
  readonly storedBytes = noBytes;
  readonly #dict: Dict;

  constructor(dict: Dict, path: string) {
    this.#dict = dict;
    this.info = describe(path, "dict");
  }

  async keys(): Promise<readonly string[]> {
    return Object.keys(this.#dict);
  }

  async get(key: string): Promise<LazyElement | undefined> {
    if (!Object.hasOwn(this.#dict, key)) return undefined;
    return lazyFromValue(this.#dict[key] as Value, this.info.path === "" ? key : `${this.info.path}/${key}`);
  }

  async read(selection: ElementSelection = [], options: ReadOptions = {}): Promise<Value> {
    options.signal?.throwIfAborted();
    if (selection.every((entry) => entry === undefined)) return this.#dict;
    const selected = emptyDict();
    for (const key of Object.keys(this.#dict)) {
      selected[key] = await lazyFromValue(this.#dict[key] as Value, key).read(selection, options);
    }
    return selected;
  }
}

class MemoryValue implements LazyValue {
  readonly kind = "lazy-value";
  readonly info: ElementInfo;
  readonly storedBytes = noBytes;
  readonly #value: Value;

  constructor(value: Value, path: string) {
    this.#value = value;
    this.info = describe(path, encodingOf(value));
  }

  async read(_selection?: ElementSelection, options: ReadOptions = {}): Promise<Value> {
    options.signal?.throwIfAborted();
    return this.#value;
  }
}
