/** Element types of Zarr version 3: the core specification's names, and the extensions that zarr-python writes for text and records. */
import { type DType, isDType } from "../dtype.js";
import type { JsonObject, JsonValue } from "./strict-json.js";
import {
  checkFields,
  corrupt,
  elementBytes,
  type FixedText,
  integerOf,
  MAX_TEXT_BYTES,
  objectOf,
  show,
  unsupported,
  type ZarrElement,
  type ZarrField,
} from "./zarr-metadata.js";

/** Texts of one fixed length by the names that zarr-python has for them. */
const FIXED_TEXT: Readonly<Record<string, FixedText["kind"]>> = {
  fixed_length_utf32: "utf32",
  null_terminated_bytes: "bytes",
};

/** Strings of variable length by the names of their types, with the codec that each needs. */
const VARIABLE_TEXT: Readonly<Record<string, "vlen-utf8" | "vlen-bytes">> = {
  string: "vlen-utf8",
  variable_length_bytes: "vlen-bytes",
  bytes: "vlen-bytes",
};

/** The element type of `value`, the `data_type` of the `zarr.json` at `path`. */
export function parseDataType(value: JsonValue | undefined, path: string): ZarrElement {
  const { name, configuration } = namedType(value, path);
  if (name === "structured" || name === "struct") return parseRecords(configuration, path);
  const variable = Object.hasOwn(VARIABLE_TEXT, name) ? VARIABLE_TEXT[name] : undefined;
  if (variable !== undefined) return { kind: "text", text: { kind: variable } };
  const type = scalarType(name, configuration, path);
  if (type === undefined)
    throw unsupported(path, `has the element type ${show(value)}; numbers, strings and records are read`);
  return typeof type === "string" ? { kind: "number", dtype: type } : { kind: "text", text: type };
}

function namedType(value: JsonValue | undefined, path: string): { name: string; configuration: JsonObject } {
  if (typeof value === "string") return { name: value, configuration: {} };
  if (value === undefined) throw corrupt(path, "has no data_type");
  const { name, configuration = {} } = objectOf(value, path, () => `has the data_type ${show(value)}`);
  if (typeof name !== "string") throw corrupt(path, `has the data_type ${show(value)}`);
  return { name, configuration: objectOf(configuration, path, () => `has the data_type ${show(value)}`) };
}

function scalarType(name: string, configuration: JsonObject, path: string): DType | FixedText | undefined {
  if (isDType(name)) return name;
  const kind = Object.hasOwn(FIXED_TEXT, name) ? FIXED_TEXT[name] : undefined;
  if (kind === undefined) return undefined;
  const bytes = integerOf(
    configuration.length_bytes,
    0,
    MAX_TEXT_BYTES,
    path,
    `has texts of the length ${show(configuration.length_bytes)}`,
  );
  if (kind === "utf32" && bytes % 4 !== 0) throw corrupt(path, `has texts in UTF-32 of ${bytes} bytes`);
  return { kind, bytes, endian: "little" };
}

/** Fields are `[name, type]` pairs in "structured", objects with `name` and `data_type` in "struct". */
function parseRecords({ fields: list }: JsonObject, path: string): ZarrElement {
  if (!Array.isArray(list)) throw corrupt(path, "has records without fields");
  const fields = list.map((entry): ZarrField => {
    const [name, type] = Array.isArray(entry) ? entry : [pick(entry, "name"), pick(entry, "data_type")];
    if (typeof name !== "string") throw corrupt(path, `has the record field ${show(entry)}`);
    const named = namedType(type, path);
    const found = scalarType(named.name, named.configuration, path);
    if (found === undefined) throw unsupported(path, `has records whose field ${show(name)} is ${show(type)}`);
    return { name, type: found, shape: [] };
  });
  checkFields(fields, path);
  return { kind: "records", fields };
}

function pick(entry: JsonValue, key: string): JsonValue | undefined {
  return typeof entry === "object" && entry !== null && !Array.isArray(entry) ? entry[key] : undefined;
}

/** The `data_type` for TensorStore: texts within records are raw bytes, which is how they are read. */
export function rebuildDataType(element: ZarrElement): JsonValue {
  if (element.kind === "text") return null;
  if (element.kind === "number") return element.dtype;
  const fields = element.fields.map(
    ({ name, type }): JsonValue => [name, typeof type === "string" ? type : `r${8 * type.bytes}`],
  );
  return { name: "structured", configuration: { fields } };
}

/** The fill value for TensorStore; that of records as bytes in base64, zero where it is written otherwise. `CORRUPT` where it is no value. */
export function rebuildFillValue(element: ZarrElement, fill: JsonValue | undefined, path: string): JsonValue {
  if (element.kind === "text") return null;
  if (element.kind === "records") {
    const bytes = elementBytes(element);
    const given = typeof fill === "string" ? Buffer.from(fill, "base64") : Buffer.alloc(0);
    const filled = given.length === bytes ? given : Buffer.alloc(bytes);
    const [only, ...others] = element.fields;
    // TensorStore takes records of one number for that number, also in the fill value.
    if (typeof only?.type === "string" && others.length === 0) return numberFill(only.type, filled);
    return filled.toString("base64");
  }
  const complex = element.dtype.startsWith("complex");
  const scalar = (value: JsonValue | undefined) => value !== undefined && value !== null && typeof value !== "object";
  const fits = complex ? Array.isArray(fill) && fill.length === 2 && fill.every(scalar) : scalar(fill);
  if (fits) return fill as JsonValue;
  throw corrupt(path, `has the fill value ${show(fill)}`);
}

/** The little-endian bytes of a number as a fill value of Zarr version 3: floats by their bits. */
function numberFill(dtype: DType, bytes: Buffer): JsonValue {
  const bits = Buffer.from(bytes).reverse().toString("hex");
  if (dtype === "bool") return bytes[0] !== 0;
  if (dtype.startsWith("float")) return `0x${bits}`;
  const half = bits.length / 2;
  if (dtype.startsWith("complex")) return [`0x${bits.slice(half)}`, `0x${bits.slice(0, half)}`];
  const value = BigInt(`0x${bits}`);
  return dtype.startsWith("int") ? BigInt.asIntN(4 * bits.length, value) : value;
}
