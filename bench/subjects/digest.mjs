/** What is compared before timing: SHA-256 of values, the same as digest.py takes. */
import { createHash } from "node:crypto";

/** Shape, type and bytes in C order. */
export function ofArray({ dtype, shape, data }) {
  return `${dtype} ${shape.join("x")} ${sha256(Buffer.from(data.buffer, data.byteOffset, data.byteLength))}`;
}

/** Shape, and the values with their indices and starts, sorted within each row. */
export function ofSparse({ shape, data, indices, indptr }) {
  const order = new Float64Array(indices.length);
  for (let row = 0; row + 1 < indptr.length; row++) {
    const part = order.subarray(indptr[row], indptr[row + 1]);
    for (let i = 0; i < part.length; i++) part[i] = indptr[row] + i;
    part.sort((a, b) => indices[a] - indices[b]);
  }
  const parts = [
    Float64Array.from(order, (at) => data[at]),
    Float64Array.from(order, (at) => indices[at]),
    Float64Array.from(indptr),
  ];
  return `${shape.join("x")} ${parts.map((part) => sha256(Buffer.from(part.buffer))).join(" ")}`;
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
