/** Element types of Zarr version 2: numpy's type strings, and lists of them for records (Zarr specification version 2, "Data type encoding"). */
import type { DType } from "../dtype.js";
import { DTYPE_OF_CODE } from "../numpy-codes.js";
import type { JsonValue } from "./strict-json.js";
import {
  checkFields,
  corrupt,
  elementBytes,
  extentsOf,
  type FixedText,
  MAX_TEXT_BYTES,
  show,
  unsupported,
  type ZarrElement,
  type ZarrField,
} from "./zarr-metadata.js";

/** The element type of `value`, the `dtype` of the `.zarray` at `path`; `filters` are the ids of its filters. */
export function parseDType(value: JsonValue | undefined, filters: readonly string[], path: string): ZarrElement {
  if (Array.isArray(value)) {
    if (filters.length > 0) throw unsupported(path, `has records with the filters ${filters.join(", ")}`);
    return parseRecords(value, path);
  }
  if (typeof value !== "string") throw corrupt(path, "has no dtype");
  if (value === "|O") return { kind: "text", text: { kind: objectKind(filters, path) } };
  if (filters.length > 0) throw unsupported(path, `has the filters ${filters.join(", ")}, which are not read`);
  const type = scalarType(value);
  if (type === undefined) {
    throw unsupported(path, `has the element type ${show(value)}; numbers, strings and records are read`);
  }
  return typeof type === "string" ? { kind: "number", dtype: type } : { kind: "text", text: type };
}

/** Python objects are strings where a filter says how they became bytes. */
function objectKind(filters: readonly string[], path: string): "vlen-utf8" | "vlen-bytes" {
  const [filter] = filters;
  if (filters.length === 1 && (filter === "vlen-utf8" || filter === "vlen-bytes")) return filter;
  throw unsupported(
    path,
    filters.length === 0
      ? "has Python objects without a filter; only strings by vlen-utf8 are read"
      : `has Python objects by the filters ${filters.join(", ")}; only strings by vlen-utf8 are read`,
  );
}

/** A number, or text of one fixed length; undefined for anything else. */
function scalarType(code: string): DType | FixedText | undefined {
  if (code === "bfloat16") return "bfloat16";
  if (!/^[<>|]/.test(code)) return undefined;
  const text = /^([<>|])([US])(\d{1,8})$/.exec(code);
  if (text === null) return DTYPE_OF_CODE[code.slice(1)];
  const utf32 = text[2] === "U";
  const bytes = Number(text[3]) * (utf32 ? 4 : 1);
  if (bytes > MAX_TEXT_BYTES) return undefined;
  return { kind: utf32 ? "utf32" : "bytes", bytes, endian: text[1] === ">" ? "big" : "little" };
}

function parseRecords(list: readonly JsonValue[], path: string): ZarrElement {
  const fields = list.map((entry): ZarrField => {
    if (!Array.isArray(entry) || entry.length < 2 || entry.length > 3 || typeof entry[0] !== "string") {
      throw corrupt(path, `has the record field ${show(entry)}`);
    }
    const [name, code] = entry;
    const type = typeof code === "string" ? scalarType(code) : undefined;
    if (type === undefined) throw unsupported(path, `has records whose field ${show(name)} is ${show(code)}`);
    return { name, type, shape: entry.length === 3 ? extentsOf(entry[2], path, "sub-array", 1) : [] };
  });
  checkFields(fields, path);
  return { kind: "records", fields };
}

/**
 * The `dtype` for TensorStore: as it was stored, but texts within records are bytes, which is how they are read. Null where TensorStore
 * has no part in the reading.
 */
export function rebuildDType(element: ZarrElement, stored: JsonValue): JsonValue {
  if (element.kind === "text") return null;
  if (element.kind === "number") return stored;
  return element.fields.map((field, i): JsonValue => {
    const code = (stored as JsonValue[][])[i]?.[1] as JsonValue;
    if (typeof field.type === "string")
      return field.shape.length === 0 ? [field.name, code] : [field.name, code, [...field.shape]];
    return [field.name, "|u1", [...field.shape, field.type.bytes]];
  });
}

/**
 * The fill value for TensorStore, as lenient as numcodecs reads it: what does not fit the type of an array of records is zero, which null stands for.
 * `CORRUPT` where it is no value of a number type.
 */
export function rebuildFill(element: ZarrElement, fill: JsonValue | undefined, path: string): JsonValue {
  if (fill === null || fill === undefined) return null;
  if (element.kind === "text") return null;
  if (element.kind === "records") {
    const bytes = elementBytes(element);
    return typeof fill === "string" && Buffer.from(fill, "base64").length === bytes ? fill : null;
  }
  const { dtype } = element;
  if (dtype === "bool" && (fill === 0 || fill === 1)) return fill === 1;
  if (dtype.startsWith("complex") && typeof fill === "number") return [fill, 0];
  const scalar = typeof fill !== "object" || (dtype.startsWith("complex") && Array.isArray(fill) && fill.length === 2);
  if (scalar) return fill;
  throw corrupt(path, `has the fill value ${show(fill)}`);
}

/** What strings of chunks that are not stored are. */
export function textFill(text: FixedText | { readonly kind: string }, fill: JsonValue | undefined): string {
  if (typeof fill !== "string") return "";
  return text.kind === "bytes" ? Buffer.from(fill, "base64").toString("utf8").replace(/\0+$/, "") : fill;
}
