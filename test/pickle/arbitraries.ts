/** Generators of every kind of value that can be pickled. */
import fc from "fast-check";
import { DTYPES, type DType, dtypeKind, itemSize, lanes, viewAs } from "../../src/dtype.js";
import { allocateCodes, Categorical } from "../../src/elements/categorical.js";
import { DenseArray, sizeOf } from "../../src/elements/dense.js";
import { type Column, Frame } from "../../src/elements/frame.js";
import { NullableArray } from "../../src/elements/nullable.js";
import { RecordArray } from "../../src/elements/record.js";
import { Scalar } from "../../src/elements/scalar.js";
import { CscMatrix, CsrMatrix, type SparseMatrix } from "../../src/elements/sparse.js";
import { StringArray } from "../../src/elements/strings.js";
import { emptyDict, Tuple, type Value } from "../../src/elements/values.js";

/** The element types that numpy has. */
const NUMPY_DTYPES = DTYPES.filter((dtype) => dtype !== "bfloat16");
/** Those that a pandas index or category may have. */
const LABEL_DTYPES = ["int64", "float64", "bool"] as const;

/** Well-formed text: pandas with Arrow strings takes no other. */
export const text = fc.string({ unit: "binary", maxLength: 12 });
/** Text that may hold lone surrogates, as Python's str may. */
const looseText = fc.oneof(
  text,
  fc.array(fc.integer({ min: 0xd7fe, max: 0xe001 }), { maxLength: 4 }).map((units) => String.fromCharCode(...units)),
);

function numbers(dtype: DType, count: number): fc.Arbitrary<DenseArray["data"]> {
  const size = count * itemSize(dtype);
  const byte = dtype === "bool" ? fc.integer({ min: 0, max: 1 }) : fc.integer({ min: 0, max: 255 });
  return fc
    .array(byte, { minLength: size, maxLength: size })
    .map((bytes) => viewAs(dtype, Uint8Array.from(bytes).buffer, 0, count));
}

/** An array of `dtype` with any bytes. */
export function denseOf(dtype: DType, shape: readonly number[]): fc.Arbitrary<DenseArray> {
  return numbers(dtype, sizeOf(shape)).map((data) => new DenseArray(dtype, shape, data));
}

/** Without NaN, whose bits do not survive becoming a Python float (as they do in records that also hold text). */
function plainNumbers(dtype: DType, shape: readonly number[]): fc.Arbitrary<DenseArray> {
  const length = sizeOf(shape) * lanes(dtype);
  return fc.array(fc.integer({ min: 0, max: 1 }), { minLength: length, maxLength: length }).map((bits) => {
    const array = DenseArray.zeros(dtype, shape);
    bits.forEach((bit, i) => {
      array.data[i] = (typeof array.data[i] === "bigint" ? BigInt(bit) : bit) as never;
    });
    return array;
  });
}

const dtypes = fc.constantFrom(...NUMPY_DTYPES);
const shapes = fc.array(fc.integer({ min: 0, max: 4 }), { maxLength: 3 });
const dense = fc.tuple(dtypes, shapes).chain(([dtype, shape]) => denseOf(dtype, shape));

function stringsOf(shape: readonly number[], unit = fc.option(looseText)): fc.Arbitrary<StringArray> {
  const length = sizeOf(shape);
  return fc.array(unit, { minLength: length, maxLength: length }).map((values) => new StringArray(values, shape));
}

function scalarOf(dtype: DType): fc.Arbitrary<Scalar> {
  const kind = dtypeKind(dtype);
  const bits = itemSize(dtype) * 8;
  if (kind === "bool") return fc.boolean().map((value) => new Scalar(dtype, value));
  if (kind === "complex") {
    const part = dtype === "complex64" ? fc.float() : fc.double();
    return fc.tuple(part, part).map(([re, im]) => new Scalar(dtype, { re, im }));
  }
  if (dtype === "float16") return fc.integer({ min: -2048, max: 2048 }).map((value) => new Scalar(dtype, value / 8));
  if (kind === "float") return (bits === 32 ? fc.float() : fc.double()).map((value) => new Scalar(dtype, value));
  const range =
    kind === "int"
      ? { min: -(2n ** BigInt(bits - 1)), max: 2n ** BigInt(bits - 1) - 1n }
      : { min: 0n, max: 2n ** BigInt(bits) - 1n };
  return fc.bigInt(range).map((value) => new Scalar(dtype, bits === 64 ? value : Number(value)));
}

function uniqueLabels(): fc.Arbitrary<DenseArray | StringArray> {
  const names = fc.uniqueArray(text, { maxLength: 5 }).map((values) => new StringArray(values));
  const integers = fc.uniqueArray(fc.bigInt({ min: -(2n ** 40n), max: 2n ** 40n }), { maxLength: 5 });
  return fc.oneof(
    names,
    integers.map((values) => new DenseArray("int64", [values.length], BigInt64Array.from(values))),
  );
}

function categoricalOf(length: number): fc.Arbitrary<Categorical> {
  return fc.tuple(uniqueLabels(), fc.boolean()).chain(([categories, ordered]) =>
    fc
      .array(fc.integer({ min: -1, max: categories.length - 1 }), { minLength: length, maxLength: length })
      .map((values) => {
        const codes = allocateCodes(categories.length, length);
        codes.set(values);
        return new Categorical(codes, categories, ordered);
      }),
  );
}

const MASKABLE = NUMPY_DTYPES.filter((dtype) => dtypeKind(dtype) !== "complex" && dtype !== "float16");

function nullableOf(length: number): fc.Arbitrary<NullableArray> {
  const mask = fc.uint8Array({ min: 0, max: 1, minLength: length, maxLength: length });
  const values = fc.constantFrom(...MASKABLE).chain((dtype) => denseOf(dtype, [length]));
  return fc.tuple(values, mask).map((parts) => new NullableArray(...parts));
}

function columnOf(length: number): fc.Arbitrary<Column> {
  const numeric = dtypes.chain((dtype) => denseOf(dtype, [length]));
  return fc.oneof(numeric, stringsOf([length], fc.option(text)), categoricalOf(length), nullableOf(length));
}

const frame = fc.integer({ min: 0, max: 4 }).chain((length) => {
  const labels = fc.constantFrom(...LABEL_DTYPES).chain((dtype) => denseOf(dtype, [length]));
  const index = fc.oneof(stringsOf([length], text), labels, categoricalOf(length));
  const columns = fc.uniqueArray(fc.tuple(text, columnOf(length)), { maxLength: 4, selector: ([name]) => name });
  return fc
    .tuple(index, columns, fc.option(text))
    .map(([labels, entries, name]) => new Frame(labels, new Map(entries), name));
});

const records = fc.integer({ min: 0, max: 3 }).chain((length) => {
  const shape = fc.array(fc.integer({ min: 1, max: 2 }), { maxLength: 2 }).map((extents) => [length, ...extents]);
  const field = fc.oneof(
    fc.tuple(dtypes, shape).chain(([dtype, extents]) => plainNumbers(dtype, extents)),
    shape.chain((extents) => stringsOf(extents)),
  );
  const name = fc.stringMatching(/^[a-z][a-z0-9_]{0,6}$/);
  const fields = fc.uniqueArray(fc.tuple(name, field), { minLength: 1, maxLength: 4, selector: ([key]) => key });
  return fields.map((entries) => new RecordArray(new Map(entries), length));
});

const SPARSE_DTYPES = ["bool", "int8", "int32", "int64", "uint16", "float32", "float64", "complex128"] as const;

/** A sparse matrix with sorted, distinct indices in every row (or column). */
const sparse: fc.Arbitrary<SparseMatrix> = fc
  .record({
    major: fc.integer({ min: 0, max: 4 }),
    minor: fc.integer({ min: 0, max: 5 }),
    dtype: fc.constantFrom(...SPARSE_DTYPES),
    csr: fc.boolean(),
  })
  .chain(({ major, minor, dtype, csr }) => {
    const row =
      minor === 0
        ? fc.constant<number[]>([])
        : fc.uniqueArray(fc.integer({ min: 0, max: minor - 1 }), { maxLength: minor });
    return fc.array(row, { minLength: major, maxLength: major }).chain((rows) => {
      const indices = Int32Array.from(rows.flatMap((positions) => [...positions].sort((a, b) => a - b)));
      const indptr = new Int32Array(major + 1);
      rows.forEach((positions, i) => {
        indptr[i + 1] = (indptr[i] as number) + positions.length;
      });
      return numbers(dtype, indices.length).map((data) =>
        csr
          ? new CsrMatrix(dtype, [major, minor], data, indices, indptr)
          : new CscMatrix(dtype, [minor, major], data, indices, indptr),
      );
    });
  });

const constants: fc.Arbitrary<Value> = fc.oneof(
  fc.constantFrom(null, true, false, Number.NaN, Infinity, -Infinity, -0, 2 ** 53, 2 ** 31),
  fc.maxSafeInteger(),
  fc.integer({ min: -70_000, max: 70_000 }),
  fc.double(),
  fc.bigInt({ min: -(2n ** 300n), max: 2n ** 300n }),
  fc.bigInt({ min: -(2n ** 66n), max: 2n ** 66n }),
  looseText,
  fc.uint8Array({ maxLength: 300 }),
  dtypes.chain(scalarOf),
);

const arrays: fc.Arbitrary<Value> = fc.oneof(
  dense,
  shapes.chain((shape) => stringsOf(shape)),
  fc.integer({ min: 0, max: 5 }).chain(categoricalOf),
  fc.integer({ min: 0, max: 5 }).chain(nullableOf),
  frame,
  records,
  sparse,
);

/** What Python can hash without two of them being equal to each other, as 1, 1.0 and True are. */
const hashable: fc.Arbitrary<Value> = fc.oneof(
  text,
  fc.integer({ min: 2, max: 2 ** 40 }),
  fc.array(text, { maxLength: 3 }).map((items) => Tuple.from(items)),
);

/** Distinct for Python: one of each description. */
const hashables = fc.uniqueArray(hashable, { maxLength: 4, selector: (item) => JSON.stringify(item) });

function dictOf(entries: readonly (readonly [string, Value])[]): Value {
  const dict = emptyDict();
  for (const [key, value] of entries) dict[key] = value;
  return dict;
}

/** Any value: constants, arrays and tables in nested lists, tuples, sets and dicts. */
export const values: fc.Arbitrary<Value> = fc.letrec<{ value: Value }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4, depthSize: "small" },
    constants,
    arrays,
    fc.array(tie("value"), { maxLength: 5 }),
    fc.array(tie("value"), { maxLength: 5 }).map((items) => Tuple.from(items)),
    hashables.map((items) => new Set(items)),
    fc
      .tuple(hashables, tie("value"))
      .map(([keys, value]) => new Map([[null, value], ...keys.map((key): [Value, Value] => [key, value])])),
    fc
      .array(fc.tuple(fc.oneof(looseText, fc.constantFrom("__proto__", "constructor", "10", "kind")), tie("value")), {
        maxLength: 5,
      })
      .map(dictOf),
  ),
})).value;
