/** A Parquet file's footer (parquet-format, `parquet.thrift`): its columns, row groups and key-value metadata, checked against the file. */
import { AtsError } from "../errors.js";
import type { FileSource } from "./file-source.js";
import { ThriftReader, type ThriftStruct, type ThriftValue } from "./parquet-thrift.js";

/** Parquet's physical types, by their number in the format. */
export const PHYSICAL = [
  "BOOLEAN",
  "INT32",
  "INT64",
  "INT96",
  "FLOAT",
  "DOUBLE",
  "BYTE_ARRAY",
  "FIXED_LEN_BYTE_ARRAY",
] as const;
export type PhysicalType = (typeof PHYSICAL)[number];

/** What a column means, beyond its physical type; units of time are `ms`, `us`, `ns`. */
export type LogicalType =
  | { readonly kind: "none" | "string" | "date" | "float16" | "null" | "other" }
  | { readonly kind: "integer"; readonly bits: number; readonly signed: boolean }
  | { readonly kind: "timestamp" | "time"; readonly unit: "ms" | "us" | "ns"; readonly utc: boolean };

/** A top-level column; `leaf` is missing where it is nested or repeated. */
export interface ParquetColumn {
  readonly name: string;
  readonly leaf: ParquetLeaf | undefined;
}

export interface ParquetLeaf {
  readonly physical: PhysicalType;
  /** Bytes of a fixed-length value. */
  readonly typeLength: number;
  readonly optional: boolean;
  readonly logical: LogicalType;
}

/** Where one column of one row group lies. */
export interface ColumnChunk {
  readonly codec: number;
  readonly encodings: readonly number[];
  readonly values: number;
  readonly start: number;
  readonly bytes: number;
  /** How many of the bytes precede the first data page: those of a dictionary, if there is one. */
  readonly dictionaryBytes: number;
}

export interface RowGroup {
  readonly rows: number;
  /** Chunks of flat columns by column name. */
  readonly chunks: ReadonlyMap<string, ColumnChunk>;
}

export interface ParquetFooter {
  readonly rows: number;
  readonly columns: readonly ParquetColumn[];
  readonly rowGroups: readonly RowGroup[];
  readonly metadata: ReadonlyMap<string, string>;
  readonly createdBy: string;
}

const MAGIC = 0x31524150;
const ENCRYPTED_MAGIC = 0x45524150;

/**
 * Reads and checks the footer. `CORRUPT` where it contradicts itself or the file, `LIMIT_EXCEEDED` beyond `maxMetadataBytes` or where more
 * rows are claimed than such a file can plausibly hold, `UNSUPPORTED` for an encrypted file.
 */
export async function readFooter(source: FileSource, maxMetadataBytes: number): Promise<ParquetFooter> {
  const { path } = source;
  if (source.size < 12) throw new AtsError("CORRUPT", `${path} is too short to be a Parquet file.`, { path });
  const tail = await source.read(source.size - 8, 8);
  const view = new DataView(tail.buffer);
  if (view.getUint32(4, true) === ENCRYPTED_MAGIC) {
    throw new AtsError("UNSUPPORTED", `${path} is encrypted; write it without encryption.`, { path });
  }
  const length = view.getUint32(0, true);
  if (view.getUint32(4, true) !== MAGIC) throw new AtsError("CORRUPT", `${path} is not a Parquet file.`, { path });
  if (length > source.size - 12)
    throw new AtsError("CORRUPT", `${path}: its footer is larger than the file.`, { path });
  if (length > maxMetadataBytes) {
    throw new AtsError("LIMIT_EXCEEDED", `${path}: its footer has ${length} bytes; raise maxMetadataBytes.`, { path });
  }
  const bytes = await source.read(source.size - 8 - length, length);
  return new FooterReader(path, source.size).footer(new ThriftReader(bytes, path).struct());
}

class FooterReader {
  constructor(
    private readonly path: string,
    private readonly size: number,
  ) {}

  footer(file: ThriftStruct): ParquetFooter {
    const columns = this.columns(this.list(file.get(2)) as ThriftStruct[]);
    const rows = this.count(file.get(3));
    if (rows > 0x7fffffff || (rows > 1 << 24 && rows > this.size * 4096)) {
      throw new AtsError("LIMIT_EXCEEDED", `${this.path} claims ${rows} rows, more than such a file can hold.`, {
        path: this.path,
      });
    }
    const rowGroups = (this.list(file.get(4)) as ThriftStruct[]).map((group) => this.rowGroup(group, columns));
    const sum = rowGroups.reduce((total, group) => total + group.rows, 0);
    if (sum !== rows) throw this.corrupt(`its row groups hold ${sum} rows, not ${rows}`);
    const pairs = (file.get(5) === undefined ? [] : this.list(file.get(5))) as ThriftStruct[];
    const metadata = new Map(pairs.map((pair) => [this.text(pair.get(1)), this.text(pair.get(2) ?? new Uint8Array())]));
    const createdBy = file.get(6) === undefined ? "" : this.text(file.get(6));
    return { rows, columns, rowGroups, metadata, createdBy };
  }

  /** The schema is a tree in preorder; only the root's children are of interest. */
  private columns(elements: readonly ThriftStruct[]): ParquetColumn[] {
    const columns: ParquetColumn[] = [];
    const names = new Set<string>();
    let at = 1;
    const children = this.count(elements[0]?.get(5) ?? 0);
    for (let i = 0; i < children; i++) {
      const element = this.need(elements[at]);
      const name = this.text(element.get(4));
      if (names.has(name)) throw this.corrupt(`it has two columns "${name}"`);
      names.add(name);
      const next = this.skip(elements, at);
      const flat = next === at + 1 && element.get(1) !== undefined && element.get(3) !== 2;
      columns.push({ name, leaf: flat ? this.leaf(element) : undefined });
      at = next;
    }
    if (at < elements.length) throw this.corrupt("its schema has nodes without a parent");
    return columns;
  }

  /** The position behind the node at `at` and its descendants. */
  private skip(elements: readonly ThriftStruct[], at: number): number {
    let open = 1;
    let position = at;
    while (open > 0) {
      open += this.count(this.need(elements[position]).get(5) ?? 0) - 1;
      position++;
    }
    return position;
  }

  private leaf(element: ThriftStruct): ParquetLeaf {
    const physical = PHYSICAL[this.count(element.get(1))];
    if (physical === undefined) throw this.corrupt("it has an unknown type");
    const typeLength = this.count(element.get(2) ?? 0);
    return { physical, typeLength, optional: element.get(3) === 1, logical: logicalType(element) };
  }

  private rowGroup(group: ThriftStruct, columns: readonly ParquetColumn[]): RowGroup {
    const chunks = new Map<string, ColumnChunk>();
    for (const chunk of this.list(group.get(1)) as ThriftStruct[]) {
      const meta = chunk.get(3);
      if (!(meta instanceof Map)) throw this.corrupt("it has a column without metadata");
      const path = (this.list(meta.get(3)) as Uint8Array[]).map((part) => this.text(part));
      if (path.length === 1) chunks.set(path[0] as string, this.chunk(meta));
    }
    for (const { name, leaf } of columns) {
      if (leaf !== undefined && !chunks.has(name)) throw this.corrupt(`a row group lacks column "${name}"`);
    }
    return { rows: this.count(group.get(3)), chunks };
  }

  private chunk(meta: ThriftStruct): ColumnChunk {
    const data = this.count(meta.get(9));
    const dictionary = this.count(meta.get(11) ?? 0);
    const bytes = this.count(meta.get(7));
    const values = this.count(meta.get(5));
    // A chunk without rows may have no data page, and its offset is 0.
    const first = dictionary > 0 && (data === 0 || dictionary < data);
    const start = first ? dictionary : data;
    if ((start < 4 && values > 0) || start + bytes > this.size) throw this.corrupt("a column lies outside the file");
    const dictionaryBytes = first ? (data === 0 ? bytes : Math.min(data - start, bytes)) : 0;
    const encodings = this.list(meta.get(2)) as number[];
    return { codec: this.count(meta.get(4)), encodings, values, start, bytes, dictionaryBytes };
  }

  private need<T>(value: T | undefined): T {
    if (value === undefined) throw this.corrupt("its schema is cut short");
    return value;
  }

  private list(value: ThriftValue | undefined): ThriftValue[] {
    if (!Array.isArray(value)) throw this.corrupt("its footer lacks a list");
    return value;
  }

  private count(value: ThriftValue | undefined): number {
    if (typeof value !== "number" || value < 0) throw this.corrupt("its footer lacks a number or has a negative one");
    return value;
  }

  private text(value: ThriftValue | undefined): string {
    if (!(value instanceof Uint8Array)) throw this.corrupt("its footer lacks a name");
    return Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString("utf8");
  }

  private corrupt(what: string): AtsError {
    return new AtsError("CORRUPT", `${this.path}: ${what}.`, { path: this.path });
  }
}

const UNITS = [undefined, "ms", "us", "ns"] as const;

/** From the logical type, else from the older converted type. */
function logicalType(element: ThriftStruct): LogicalType {
  const logical = element.get(10);
  if (logical instanceof Map) return fromLogical(logical) ?? { kind: "other" };
  const converted = element.get(6);
  return typeof converted === "number" ? (CONVERTED[converted] ?? { kind: "other" }) : { kind: "none" };
}

function fromLogical(logical: ThriftStruct): LogicalType | undefined {
  const [id, value] = [...logical][0] ?? [];
  if (id === 1 || id === 4 || id === 12) return { kind: "string" };
  if (id === 6) return { kind: "date" };
  if (id === 11) return { kind: "null" };
  if (id === 15) return { kind: "float16" };
  if (!(value instanceof Map)) return undefined;
  if (id === 10) return { kind: "integer", bits: Number(value.get(1)), signed: value.get(2) === true };
  if (id === 7 || id === 8) {
    const unit = value.get(2);
    const name = unit instanceof Map ? UNITS[[...unit.keys()][0] ?? 0] : undefined;
    if (name === undefined) return undefined;
    return { kind: id === 8 ? "timestamp" : "time", unit: name, utc: value.get(1) === true };
  }
  return undefined;
}

/** Converted types by number; `utc` as the format says of those without a logical type. */
const CONVERTED: Readonly<Record<number, LogicalType>> = {
  0: { kind: "string" },
  4: { kind: "string" },
  6: { kind: "date" },
  7: { kind: "time", unit: "ms", utc: true },
  8: { kind: "time", unit: "us", utc: true },
  9: { kind: "timestamp", unit: "ms", utc: true },
  10: { kind: "timestamp", unit: "us", utc: true },
  11: { kind: "integer", bits: 8, signed: false },
  12: { kind: "integer", bits: 16, signed: false },
  13: { kind: "integer", bits: 32, signed: false },
  14: { kind: "integer", bits: 64, signed: false },
  15: { kind: "integer", bits: 8, signed: true },
  16: { kind: "integer", bits: 16, signed: true },
  17: { kind: "integer", bits: 32, signed: true },
  18: { kind: "integer", bits: 64, signed: true },
  19: { kind: "string" },
};
