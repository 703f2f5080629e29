/** Values in memory → the columns that the native writer takes: the arrays' own memory, not copies. */
import type { DenseArray } from "../elements/dense.js";
import type { StringArray } from "../elements/strings.js";
import { AtsError } from "../errors.js";
import type { Hdf5Column } from "../native/hdf5-writer.js";
import type { StoredDType, StoredValue } from "./types.js";

/** The columns of `block`, one per field of records. `INVALID_ARGUMENT`, naming `path`, where it is not of the type `dtype`. */
export function columnsOf(block: StoredValue, dtype: StoredDType, path: string): Hdf5Column[] {
  if (block.kind === "records") {
    if (typeof dtype === "string") throw unfit(path);
    return dtype.fields.map((field) => {
      const values = block.fields.get(field.name);
      if (values === undefined || typeOf(values) !== field.dtype) throw unfit(path);
      return columnOf(values);
    });
  }
  if (typeOf(block) !== dtype) throw unfit(path);
  return [columnOf(block)];
}

function typeOf(values: DenseArray | StringArray): string {
  return values.kind === "strings" ? "string" : values.dtype;
}

function columnOf(values: DenseArray | StringArray): Hdf5Column {
  if (values.kind === "strings") {
    const { offsets, bytes } = values.utf8();
    return [offsets, bytes];
  }
  const { buffer, byteOffset, byteLength } = values.data;
  return new Uint8Array(buffer, byteOffset, byteLength);
}

function unfit(path: string): AtsError {
  return new AtsError("INVALID_ARGUMENT", `A block of another type than the array's cannot be written to ${path}.`, {
    path,
  });
}
