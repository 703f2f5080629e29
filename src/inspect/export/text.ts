/** Fields of CSV and TSV (RFC 4180), and JSON of values that JSON has no word for. */
import type { Cell } from "../../elements/column.js";

/** One line of separated fields with its line end; a field is quoted where the separator, a quote or a line end is in it. */
export function separatedLine(fields: readonly Cell[], separator: string): string {
  return `${fields.map((field) => quoteField(field, separator)).join(separator)}\n`;
}

function quoteField(field: Cell, separator: string): string {
  if (field === null) return "";
  const text = String(field);
  return text.includes(separator) || /["\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** JSON.stringify that writes a bigint as an integer, and NaN and infinities as the strings "NaN", "Infinity", "-Infinity". */
export function stringify(value: unknown): string {
  if (typeof value === "bigint") return value.toString();
  if (typeof value === "number") return Number.isFinite(value) ? String(value) : JSON.stringify(String(value));
  if (value === null || typeof value !== "object") return JSON.stringify(value) ?? "null";
  if (Array.isArray(value)) return `[${value.map(stringify).join(",")}]`;
  if (ArrayBuffer.isView(value)) return `[${Array.from(value as unknown as ArrayLike<number>, stringify).join(",")}]`;
  const entries = Object.entries(value).filter(([, member]) => member !== undefined);
  return `{${entries.map(([key, member]) => `${JSON.stringify(key)}:${stringify(member)}`).join(",")}}`;
}
