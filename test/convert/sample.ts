/** An AnnData in memory that has something of every kind that all formats keep. */
import { memoryElements } from "../../src/anndata/memory-elements.js";
import { Categorical } from "../../src/elements/categorical.js";
import { DenseArray } from "../../src/elements/dense.js";
import { type Column, Frame } from "../../src/elements/frame.js";
import { NullableArray } from "../../src/elements/nullable.js";
import { Scalar } from "../../src/elements/scalar.js";
import { CscMatrix, CsrMatrix } from "../../src/elements/sparse.js";
import { StringArray } from "../../src/elements/strings.js";
import type { Value } from "../../src/elements/values.js";
import type { AnnDataElements } from "../../src/formats/types.js";

export const ROWS = 300;
export const COLUMNS = 40;

const names = (prefix: string, count: number) => Array.from({ length: count }, (_, i) => `${prefix}${i}`);

/** Every seventh cell or so, in rows (csr) or columns (csc) of differing length, some of them empty. */
function sparseParts(majors: number, minors: number) {
  const indices: number[] = [];
  const indptr = [0];
  for (let major = 0; major < majors; major++) {
    for (let minor = major % 5; minor < minors && major % 11 !== 3; minor += 7) indices.push(minor);
    indptr.push(indices.length);
  }
  return { indices: Int32Array.from(indices), indptr: Int32Array.from(indptr) };
}

export function csr(rows: number, columns: number): CsrMatrix {
  const { indices, indptr } = sparseParts(rows, columns);
  const data = Float32Array.from(indices, (column, i) => column + i / 8 + 0.5);
  return new CsrMatrix("float32", [rows, columns], data, indices, indptr);
}

export function csc(rows: number, columns: number): CscMatrix {
  const { indices, indptr } = sparseParts(columns, rows);
  return new CscMatrix(
    "int64",
    [rows, columns],
    BigInt64Array.from(indices, (row) => BigInt(row) ** 5n + 1n),
    indices,
    indptr,
  );
}

export function dense(rows: number, columns: number): DenseArray<"float64"> {
  return new DenseArray(
    "float64",
    [rows, columns],
    Float64Array.from({ length: rows * columns }, (_, i) => i ** 1.5 - 100),
  );
}

function frame(prefix: string, rows: number): Frame {
  const each = <T>(make: (i: number) => T) => Array.from({ length: rows }, (_, i) => make(i));
  const codes = Int8Array.from(each((i) => (i % 4) - 1));
  const columns = new Map<string, Column>([
    ["kind", new Categorical(codes, new StringArray(["β", "", "T cell"]), true)],
    ["batch", new Categorical(codes, new DenseArray("int64", [3], BigInt64Array.of(5n, 2n ** 62n, -1n)))],
    [
      "text",
      new StringArray(
        each((i) =>
          Array.from("🧬ab")
            .slice(0, i % 4)
            .join(""),
        ),
      ),
    ],
    ["count", new DenseArray("int32", [rows], Int32Array.from(each((i) => i * 3 - 7)))],
    ["score", new DenseArray("float32", [rows], Float32Array.from(each((i) => (i % 9 === 0 ? Number.NaN : i / 3))))],
    ["flag", new DenseArray("bool", [rows], Uint8Array.from(each((i) => i & 1)))],
    [
      "age",
      new NullableArray(
        new DenseArray("uint16", [rows], Uint16Array.from(each((i) => (i % 5 === 0 ? 0 : i)))),
        Uint8Array.from(each((i) => Number(i % 5 === 0))),
      ),
    ],
  ]);
  return new Frame(new StringArray(names(prefix, rows)), columns, "name");
}

export function sampleElements(): AnnDataElements {
  return memoryElements({
    X: csr(ROWS, COLUMNS),
    obs: frame("cell", ROWS),
    var: frame("gene", COLUMNS),
    layers: new Map<string, Value>([
      ["counts", csc(ROWS, COLUMNS)],
      ["scaled", dense(ROWS, COLUMNS)],
    ]),
    obsm: new Map([["X_pca", dense(ROWS, 5)]]),
    varm: new Map([
      [
        "PCs",
        new DenseArray(
          "int8",
          [COLUMNS, 3],
          Int8Array.from({ length: COLUMNS * 3 }, (_, i) => i - 60),
        ),
      ],
    ]),
    obsp: new Map([["distances", csr(ROWS, ROWS)]]),
    varp: new Map([["links", dense(COLUMNS, COLUMNS)]]),
    uns: {
      title: "naïve",
      neighbors: { k: new Scalar("int64", 15n), method: "umap", params: { deep: new Scalar("float64", Number.NaN) } },
      flag: new Scalar("bool", true),
      colors: new StringArray(["#fff", "", "日本"]),
      ratios: new DenseArray("float32", [2, 3], Float32Array.of(1, 2, 3, 4, 5, Number.POSITIVE_INFINITY)),
      big: new DenseArray("uint64", [2], BigUint64Array.of(2n ** 64n - 1n, 0n)),
      table: frame("row", 4),
    },
    raw: { X: csr(ROWS, 60), var: frame("raw", 60), varm: new Map([["loads", dense(60, 2)]]) },
  });
}
