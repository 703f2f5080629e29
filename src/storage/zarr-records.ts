/** Records (numpy's structured arrays) of a Zarr store: TensorStore reads them field by field, texts as bytes. */
import type { DType } from "../dtype.js";
import { DenseArray, sizeOf } from "../elements/dense.js";
import { RecordArray } from "../elements/record.js";
import { StringArray } from "../elements/strings.js";
import { AtsError } from "../errors.js";
import type { TensorStore } from "../tensorstore/tensorstore.js";
import type { ReadOptions, StoredValue } from "./types.js";
import type { ElementReader, ZarrArray } from "./zarr-array.js";
import type { FixedText, ZarrField } from "./zarr-metadata.js";
import { atPath, openOnce, select } from "./zarr-numbers.js";

/** Reads arrays of records, of one dimension (a single record is one of length 1). */
export function readRecords(): ElementReader {
  const opened = new Map<string, (array: ZarrArray) => Promise<TensorStore>>();
  return async (array, selection, shape, options): Promise<StoredValue> => {
    const { element, shape: whole } = array.zarr;
    const { fields } = element as { readonly fields: readonly ZarrField[] };
    if (whole.length > 1) {
      throw new AtsError("UNSUPPORTED", `${array.name} has records in ${whole.length} dimensions; one is read.`, {
        path: array.name,
      });
    }
    const values = new Map<string, DenseArray | StringArray>();
    for (const field of fields) {
      const open = opened.get(field.name) ?? openOnce(field.name);
      opened.set(field.name, open);
      const count = shape[0] ?? 1;
      const view = count === 0 ? undefined : select(await open(array), whole, selection);
      values.set(field.name, await readField(array, field, count, view, options));
    }
    return new RecordArray(values, shape[0] ?? 1);
  };
}

async function readField(
  { name }: ZarrArray,
  { type, shape }: ZarrField,
  count: number,
  view: TensorStore | undefined,
  options: ReadOptions,
): Promise<DenseArray | StringArray> {
  const failed = (error: unknown) => {
    throw atPath(error, name);
  };
  const full = [count, ...shape];
  if (typeof type === "string") {
    if (view === undefined) return DenseArray.zeros(type, full);
    const { data } = (await view.read(options).catch(failed)) as DenseArray;
    return new DenseArray(type as DType, full, data as never);
  }
  const bytes = new Uint8Array(sizeOf(full) * type.bytes);
  if (view !== undefined && bytes.length > 0) await view.readInto(bytes, options).catch(failed);
  return new StringArray(decodeFixed(bytes, type, sizeOf(full), name), full);
}

/** Texts of one fixed length, without the NULs that pad them. `CORRUPT` where they are no Unicode. */
function decodeFixed(bytes: Uint8Array, text: FixedText, count: number, path: string): string[] {
  const decode = text.kind === "utf32" ? decodeUtf32 : decodeUtf8;
  const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Array.from({ length: count }, (_, i) => {
    try {
      return decode(view.subarray(i * text.bytes, (i + 1) * text.bytes), text).replace(/\0+$/, "");
    } catch (cause) {
      throw new AtsError("CORRUPT", `${path} holds text that is not Unicode.`, { path, cause });
    }
  });
}

const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

function decodeUtf8(bytes: Buffer): string {
  return utf8.decode(bytes);
}

function decodeUtf32(bytes: Buffer, { endian }: FixedText): string {
  const points = Array.from({ length: bytes.length / 4 }, (_, i) =>
    endian === "little" ? bytes.readUInt32LE(4 * i) : bytes.readUInt32BE(4 * i),
  );
  return String.fromCodePoint(...points);
}
