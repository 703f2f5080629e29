/** What is compared before timing: SHA-256 of values, the same as digest.py takes. */
import { createHash } from "node:crypto";

/** Shape, type and bytes in C order. */
export function ofArray({ dtype, shape, data }) {
  return `${dtype} ${shape.join("x")} ${sha256(Buffer.from(data.buffer, data.byteOffset, data.byteLength))}`;
}

/** Shape, and the values with their indices and starts, sorted within each row. */
export function ofSparse({ shape, data, indices, indptr }) {
  const order = orderOf(indices, indptr);
  const at = order === undefined ? (i) => i : (i) => order[i];
  const parts = [
    ofNumbers(data.length, (i) => data[at(i)]),
    ofNumbers(indices.length, (i) => indices[at(i)]),
    ofNumbers(indptr.length, (i) => indptr[i]),
  ];
  return `${shape.join("x")} ${parts.join(" ")}`;
}

/** Where the values of each row lie in the order of their indices; undefined where they lie so already. */
function orderOf(indices, indptr) {
  if (isSorted(indices, indptr)) return undefined;
  const order = new Float64Array(indices.length);
  for (let row = 0; row + 1 < indptr.length; row++) {
    const part = order.subarray(indptr[row], indptr[row + 1]);
    for (let i = 0; i < part.length; i++) part[i] = indptr[row] + i;
    part.sort((a, b) => indices[a] - indices[b]);
  }
  return order;
}

function isSorted(indices, indptr) {
  for (let row = 0; row + 1 < indptr.length; row++) {
    for (let i = indptr[row] + 1; i < indptr[row + 1]; i++) if (indices[i - 1] >= indices[i]) return false;
  }
  return true;
}

/** `count` numbers as float64, a block at a time. */
function ofNumbers(count, at) {
  const hash = createHash("sha256");
  const block = new Float64Array(2 ** 16);
  for (let start = 0; start < count; start += block.length) {
    const size = Math.min(block.length, count - start);
    for (let i = 0; i < size; i++) block[i] = Number(at(start + i));
    hash.update(Buffer.from(block.buffer, 0, size * block.BYTES_PER_ELEMENT));
  }
  return hash.digest("hex");
}

/** Numbers as float64, anything else as strings joined by NUL. */
export function ofColumn(values) {
  const numeric = ArrayBuffer.isView(values) || typeof values[0] === "number" || typeof values[0] === "boolean";
  if (!numeric) return sha256(Buffer.from(Array.from(values).join("\0")));
  return ofNumbers(values.length, (i) => values[i]);
}

function sha256(bytes) {
  return createHash("sha256").update(bytes).digest("hex");
}
