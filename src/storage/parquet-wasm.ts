/** The columns that are not decoded here (nested ones, rare codecs and encodings), through parquet-wasm. Loaded on first use. */
import type { Table, Vector } from "apache-arrow";
import { vectorToColumn } from "../elements/arrow-read.js";
import { Categorical } from "../elements/categorical.js";
import { DenseArray } from "../elements/dense.js";
import type { Column } from "../elements/frame.js";
import { NullableArray } from "../elements/nullable.js";
import { StringArray } from "../elements/strings.js";
import { AtsError } from "../errors.js";
import type { FileSource } from "./file-source.js";
import { asPandas } from "./parquet-columns.js";
import type { PandasColumn } from "./parquet-pandas.js";

/** Larger files would not fit beside their decoded columns in WebAssembly's memory. */
const MAX_BYTES = 512 << 20;
/** Arrow's type id of a column without any value. */
const NULL = 1;

/**
 * Reads whole columns. The synchronous reader is used on purpose: a trap in the asynchronous one surfaces as an uncaught exception.
 * `CORRUPT` where the module fails or traps, `LIMIT_EXCEEDED` for files beyond 512 MiB.
 */
export async function readColumnsThroughWasm(
  source: FileSource,
  names: readonly string[],
  pandas: ReadonlyMap<string, PandasColumn> | undefined,
): Promise<Map<string, Column>> {
  const { path } = source;
  if (source.size > MAX_BYTES) {
    throw new AtsError("LIMIT_EXCEEDED", `${path} is too large for the columns ${names.join(", ")}; write them flat.`, {
      path,
    });
  }
  const table = await readTable(await source.read(0, source.size), names, path);
  const columns = new Map<string, Column>();
  for (const name of names) {
    const vector = table.getChild(name);
    if (vector === null) throw new AtsError("CORRUPT", `${path} lost its column "${name}".`, { path });
    columns.set(name, columnOf(vector, pandas?.get(name)));
  }
  return columns;
}

/**
 * parquet-wasm 0.8.0 traps on some of the Arrow schemas that pandas embeds (dictionaries of booleans), whatever column is asked for: then
 * the file is read without that schema.
 */
async function readTable(bytes: Uint8Array, names: readonly string[], path: string): Promise<Table> {
  const [{ readParquet }, { tableFromIPC }] = await Promise.all([import("parquet-wasm"), import("apache-arrow")]);
  const read = () => tableFromIPC(readParquet(bytes, { columns: [...names], batchSize: 1 << 20 }).intoIPCStream());
  try {
    try {
      return read();
    } catch {
      hideArrowSchema(bytes);
      return read();
    }
  } catch (cause) {
    throw new AtsError("CORRUPT", `${path}: the columns ${names.join(", ")} cannot be decoded.`, { path, cause });
  }
}

/** Renames the key of the embedded schema in these bytes. */
function hideArrowSchema(bytes: Uint8Array): void {
  const key = "ARROW:schema";
  const at = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).lastIndexOf(key);
  if (at >= 0) bytes[at + key.length - 1] = 0x5f;
}

/** The column as the other path would give it. */
function columnOf(vector: Vector, pandas: PandasColumn | undefined): Column {
  if ((vector.type as { typeId: number }).typeId === NULL)
    return new StringArray(new Array<null>(vector.length).fill(null));
  const column = vectorToColumn(vector);
  if (column instanceof DenseArray) return asPandas(column, undefined, pandas);
  if (column instanceof NullableArray) return asPandas(column.values, column.mask, pandas);
  if (column instanceof Categorical && column.categories instanceof DenseArray) {
    const { values, mask } = expand(column, column.categories);
    return asPandas(values, mask, pandas);
  }
  return column;
}

/** A categorical of numbers as its values, which is what pandas makes of it. */
function expand({ codes }: Categorical, categories: DenseArray): { values: DenseArray; mask: Uint8Array | undefined } {
  const values = DenseArray.zeros(categories.dtype, [codes.length]);
  const mask = Uint8Array.from(codes, (code) => (code < 0 ? 1 : 0));
  for (let i = 0; i < codes.length; i++) {
    const code = codes[i] as number;
    if (code >= 0) values.data[i] = categories.data[code] as never;
  }
  return { values, mask: mask.includes(1) ? mask : undefined };
}
