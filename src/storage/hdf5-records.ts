/** Records of an HDF5 dataset: read whole by the addon, then taken apart field by field. */
import { type DType, viewAs } from "../dtype.js";
import { DenseArray, sizeOf } from "../elements/dense.js";
import { RecordArray } from "../elements/record.js";
import type { StringArray } from "../elements/strings.js";
import type { NativeHdf5Field } from "../native/hdf5-reader.js";
import { swapBytes } from "../workers/h5wasm/swap.js";
import type { StoredDType, StoredField } from "./types.js";

/** Makes strings of the stored elements of `field`, as an array of `shape`. */
export type Texts = (elements: Uint8Array, field: NativeHdf5Field, shape: readonly number[]) => Promise<StringArray>;

/** The element type of records of `fields` in the storage contract. */
export function recordType(fields: readonly NativeHdf5Field[]): StoredDType {
  return {
    fields: fields.map(({ name, dtype, shape }): StoredField => {
      const field = { name, dtype: dtype as DType | "string" };
      return shape.length > 0 ? { ...field, shape } : field;
    }),
  };
}

/** The `length` records of `itemBytes` bytes each in `records`. */
export async function takeApart(
  records: Uint8Array,
  length: number,
  itemBytes: number,
  fields: readonly NativeHdf5Field[],
  texts: Texts,
): Promise<RecordArray> {
  const columns = new Map<string, DenseArray | StringArray>();
  for (const field of fields) {
    const elements = column(records, length, itemBytes, field);
    const shape = [length, ...field.shape];
    columns.set(
      field.name,
      field.dtype === "string" ? await texts(elements, field, shape) : numbers(elements, field, shape),
    );
  }
  return new RecordArray(columns, length);
}

/** The bytes of one field of all records. */
function column(records: Uint8Array, length: number, itemBytes: number, field: NativeHdf5Field): Uint8Array {
  const width = field.itemBytes * sizeOf(field.shape);
  const bytes = new Uint8Array(length * width);
  for (let i = 0; i < length; i++) {
    const from = i * itemBytes + field.offset;
    for (let b = 0; b < width; b++) bytes[i * width + b] = records[from + b] as number;
  }
  return bytes;
}

function numbers(bytes: Uint8Array, { dtype, swap }: NativeHdf5Field, shape: readonly number[]): DenseArray {
  if (swap > 0) swapBytes(bytes, swap);
  const data = viewAs(dtype as DType, bytes.buffer, 0, sizeOf(shape));
  return new DenseArray(dtype as DType, shape, data as never);
}
