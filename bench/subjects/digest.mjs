/** What is compared before timing: SHA-256 of values, the same as digest.py takes. */
import { createHash } from "node:crypto";

/** Shape, type and bytes in C order. */
export function ofArray({ dtype, shape, data }) {
  return `${dtype} ${shape.join("x")} ${sha256(Buffer.from(data.buffer, data.byteOffset, data.byteLength))}`;
}

/** Numbers as float64, anything else as strings joined by NUL. */
export function ofColumn(values) {
  const numeric = ArrayBuffer.isView(values) || typeof values[0] === "number" || typeof values[0] === "boolean";
  if (!numeric) return sha256(Buffer.from(Array.from(values).join("\0")));
  const numbers = Float64Array.from(values, Number);
  return sha256(Buffer.from(numbers.buffer));
}

function sha256(bytes) {
  return createHash("sha256").update(bytes).digest("hex");
}
