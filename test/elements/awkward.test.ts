import { Vector } from "apache-arrow";
import { describe, expect, it } from "vitest";
import { AwkwardArray } from "../../src/elements/awkward.js";
import { type AwkwardForm, parseForm } from "../../src/elements/awkward-form.js";
import type { Nested } from "../../src/elements/awkward-nested.js";
import { DenseArray } from "../../src/elements/dense.js";
import { lazyFromValue } from "../../src/elements/memory.js";
import { selectElement } from "../../src/elements/select.js";
import { type AxisSelection, positionAt } from "../../src/selection/axis.js";

const dense = (dtype: DenseArray["dtype"], data: DenseArray["data"], shape: readonly number[] = [data.length]) =>
  new DenseArray(dtype, shape, data as never);
const i64 = (...values: number[]) => dense("int64", BigInt64Array.from(values, BigInt));
const i8 = (...values: number[]) => dense("int8", Int8Array.from(values));
const f64 = (...values: number[]) => dense("float64", Float64Array.from(values));
const bytes = (text: string) => dense("uint8", new Uint8Array(Buffer.from(text)));

const numbers: AwkwardForm = { class: "NumpyArray", primitive: "float64", form_key: "data" };
const text: AwkwardForm = {
  class: "ListOffsetArray",
  form_key: "text",
  parameters: { __array__: "string" },
  content: { class: "NumpyArray", primitive: "uint8", form_key: "char", parameters: { __array__: "char" } },
};
const lists: AwkwardForm = { class: "ListOffsetArray", form_key: "list", content: numbers };

type Case = readonly [name: string, array: AwkwardArray, type: string, nested: readonly Nested[]];
const array = (form: AwkwardForm, length: number, buffers: Record<string, DenseArray>) =>
  new AwkwardArray(form, length, new Map(Object.entries(buffers)));

const cases: readonly Case[] = [
  ["numbers", array(numbers, 3, { "data-data": f64(1, 2, 3) }), "float64", [1, 2, 3]],
  [
    "lists",
    array(lists, 4, { "list-offsets": i64(0, 2, 2, 3, 5), "data-data": f64(1, 2, 3, 4, 5) }),
    "var * float64",
    [[1, 2], [], [3], [4, 5]],
  ],
  [
    "lists with gaps, in any order",
    array({ ...lists, class: "ListArray" } as AwkwardForm, 3, {
      "list-starts": i64(3, 9, 0),
      "list-stops": i64(5, 9, 2),
      "data-data": f64(1, 2, 3, 4, 5),
    }),
    "var * float64",
    [[4, 5], [], [1, 2]],
  ],
  ["texts", array(text, 3, { "text-offsets": i64(0, 2, 2, 6), "char-data": bytes("ü😀") }), "string", ["ü", "", "😀"]],
  [
    "byte strings",
    array({ ...text, parameters: { __array__: "bytestring" } }, 2, {
      "text-offsets": i64(0, 1, 2),
      "char-data": bytes("ab"),
    }),
    "bytes",
    [Uint8Array.of(97), Uint8Array.of(98)],
  ],
  [
    "lists of lists",
    array({ class: "ListOffsetArray", form_key: "outer", content: lists }, 2, {
      "outer-offsets": i64(0, 2, 3),
      "list-offsets": i64(0, 1, 1, 3),
      "data-data": f64(1, 2, 3),
    }),
    "var * var * float64",
    [[[1], []], [[2, 3]]],
  ],
  [
    "lists of one size",
    array({ class: "RegularArray", size: 2, form_key: "regular", content: numbers }, 2, {
      "data-data": f64(1, 2, 3, 4),
    }),
    "2 * float64",
    [
      [1, 2],
      [3, 4],
    ],
  ],
  [
    "lists of no size",
    array({ class: "RegularArray", size: 0, form_key: "r", content: numbers }, 2, { "data-data": f64() }),
    "0 * float64",
    [[], []],
  ],
  [
    "matrices of numbers",
    array({ ...numbers, inner_shape: [2, 1] } as AwkwardForm, 2, { "data-data": f64(1, 2, 3, 4) }),
    "2 * 1 * float64",
    [
      [[1], [2]],
      [[3], [4]],
    ],
  ],
  [
    "matrices of numbers in their shape",
    array({ ...numbers, inner_shape: [2] } as AwkwardForm, 2, {
      "data-data": dense("float64", Float64Array.of(1, 2, 3, 4), [2, 2]),
    }),
    "2 * float64",
    [
      [1, 2],
      [3, 4],
    ],
  ],
  [
    "missing entries by index",
    array({ class: "IndexedOptionArray", form_key: "option", content: numbers }, 4, {
      "option-index": i64(1, -1, 0, 1),
      "data-data": f64(1, 2),
    }),
    "?float64",
    [2, null, 1, 2],
  ],
  [
    "nothing but missing entries",
    array({ class: "IndexedOptionArray", form_key: "option", content: lists }, 2, {
      "option-index": i64(-1, -1),
      "list-offsets": i64(0),
      "data-data": f64(),
    }),
    "?var * float64",
    [null, null],
  ],
  [
    "entries by index",
    array({ class: "IndexedArray", form_key: "index", content: text }, 3, {
      "index-index": i64(1, 0, 1),
      "text-offsets": i64(0, 1, 2),
      "char-data": bytes("ab"),
    }),
    "string",
    ["b", "a", "b"],
  ],
  [
    "missing entries by bytes",
    array({ class: "ByteMaskedArray", form_key: "mask", valid_when: false, content: numbers }, 3, {
      "mask-mask": i8(0, 1, 0),
      "data-data": f64(1, 2, 3),
    }),
    "?float64",
    [1, null, 3],
  ],
  ...([true, false] as const).map(
    (lsb): Case => [
      `missing entries by bits, ${lsb ? "least" : "most"} significant first`,
      array({ class: "BitMaskedArray", form_key: "mask", valid_when: true, lsb_order: lsb, content: numbers }, 9, {
        "mask-mask": dense("uint8", lsb ? Uint8Array.of(0b10000101, 1) : Uint8Array.of(0b10100001, 128)),
        "data-data": f64(0, 1, 2, 3, 4, 5, 6, 7, 8),
      }),
      "?float64",
      [0, null, 2, null, null, null, null, 7, 8],
    ],
  ),
  [
    "entries that could be missing",
    array({ class: "UnmaskedArray", form_key: null, content: numbers }, 1, { "data-data": f64(1) }),
    "?float64",
    [1],
  ],
  [
    "records",
    array({ class: "RecordArray", form_key: "r", fields: ["x", "__proto__"], contents: [numbers, text] }, 2, {
      "data-data": f64(1, 2),
      "text-offsets": i64(0, 1, 2),
      "char-data": bytes("ab"),
    }),
    "{x: float64, __proto__: string}",
    [
      [1, "a"],
      [2, "b"],
    ].map(([x, y]) => Object.defineProperty({ x }, "__proto__", { value: y, enumerable: true }) as never),
  ],
  [
    "tuples",
    array({ class: "RecordArray", form_key: "r", fields: null, contents: [numbers] }, 2, { "data-data": f64(1, 2) }),
    "(float64)",
    [[1], [2]],
  ],
  [
    "unions",
    array({ class: "UnionArray", form_key: "u", contents: [numbers, text] }, 3, {
      "u-tags": i8(1, 0, 1),
      "u-index": i64(1, 0, 0),
      "data-data": f64(7),
      "text-offsets": i64(0, 1, 2),
      "char-data": bytes("ab"),
    }),
    "union[float64, string]",
    ["b", 7, "a"],
  ],
  ["nothing", array({ class: "EmptyArray", form_key: null }, 0, {}), "unknown", []],
  [
    "booleans",
    array({ ...numbers, primitive: "bool" } as AwkwardForm, 2, { "data-data": dense("bool", Uint8Array.of(1, 0)) }),
    "bool",
    [true, false],
  ],
  [
    "large integers",
    array({ ...numbers, primitive: "int64" } as AwkwardForm, 1, {
      "data-data": dense("int64", BigInt64Array.of(2n ** 60n)),
    }),
    "int64",
    [2n ** 60n],
  ],
  ["integers", array({ ...numbers, primitive: "int64" } as AwkwardForm, 1, { "data-data": i64(5) }), "int64", [5]],
  [
    "complex numbers",
    array({ ...numbers, primitive: "complex128" } as AwkwardForm, 1, {
      "data-data": dense("complex128", Float64Array.of(1, 2), [1]),
    }),
    "complex128",
    [{ re: 1, im: 2 }],
  ],
];

const plain = (nested: unknown) =>
  JSON.stringify(nested, (_, value) => (typeof value === "bigint" ? `${value}n` : value));

describe("awkward arrays", () => {
  it.each(cases)("%s: are nested JavaScript", async (_, value, type, nested) => {
    expect(value.type).toBe(type);
    expect(plain(await value.toNested())).toBe(plain(nested));
  });

  it.each(cases)("%s: give the selected entries, packed", async (_, value, __, nested) => {
    const n = value.length;
    const backwards: AxisSelection = { kind: "range", start: n - 1, step: -1, count: n };
    const twice: AxisSelection = {
      kind: "positions",
      positions: Int32Array.from({ length: 2 * n }, (_, i) => (i * 7) % n),
      count: 2 * n,
    };
    const middle: AxisSelection = { kind: "range", start: Math.min(1, n), step: 1, count: Math.max(0, n - 1) };
    for (const rows of [backwards, twice, middle]) {
      const expected = Array.from({ length: rows.count }, (_, i) => nested[positionAt(rows, i)]);
      const view = selectElement(lazyFromValue(value, "x"), [rows]);
      expect(view.shape).toEqual([rows.count]);
      expect(plain(await ((await view.read()) as AwkwardArray).toNested())).toBe(plain(expected));
    }
  });

  it.each(cases.filter(([name]) => name !== "nothing"))(
    "%s: become an Arrow vector",
    async (name, value, _, nested) => {
      const vector = await value.toArrow();
      expect(vector.length).toBe(value.length);
      const back = Array.from({ length: vector.length }, (_, i) => fromArrow(vector.get(i)));
      const shown = nested.map((entry) =>
        name === "tuples" ? { 0: (entry as number[])[0] } : name === "complex numbers" ? [1, 2] : entry,
      );
      expect(plain(back)).toBe(plain(shown));
    },
  );

  it("hold nothing but what was selected", async () => {
    const [, value] = cases[1] as Case;
    const part = await value.select({ kind: "positions", positions: Int32Array.of(3, 0), count: 2 });
    expect(part.buffers.get("data-data")).toEqual(f64(4, 5, 1, 2));
    expect(part.buffers.get("list-offsets")).toEqual(i64(0, 2, 4));
  });
});

/** What Arrow gives for one entry as plain JavaScript. */
function fromArrow(value: unknown): unknown {
  if (typeof value === "bigint") return Number.isSafeInteger(Number(value)) ? Number(value) : value;
  if (value instanceof Uint8Array || typeof value !== "object" || value === null) return value;
  if (value instanceof Vector) return [...value].map(fromArrow);
  const entries = [...(value as Iterable<readonly [string, unknown]>)];
  const record = {};
  for (const [key, entry] of entries) Object.defineProperty(record, key, { value: fromArrow(entry), enumerable: true });
  return record;
}

describe("damaged awkward arrays", () => {
  it.each([
    ["a buffer that is missing", array(lists, 1, { "list-offsets": i64(0, 1) })],
    ["offsets that are too few", array(lists, 2, { "list-offsets": i64(0, 1), "data-data": f64(1) })],
    ["offsets beyond the content", array(lists, 1, { "list-offsets": i64(0, 2), "data-data": f64(1) })],
    ["offsets that descend", array(lists, 2, { "list-offsets": i64(0, 1, 0), "data-data": f64(1) })],
    ["offsets below 0", array(lists, 1, { "list-offsets": i64(-1, 0), "data-data": f64(1) })],
    ["offsets that are no integers", array(lists, 1, { "list-offsets": f64(0, 1), "data-data": f64(1) })],
    [
      "an index beyond the content",
      array({ class: "IndexedArray", form_key: "i", content: numbers }, 1, { "i-index": i64(1), "data-data": f64(1) }),
    ],
    [
      "an index below 0",
      array({ class: "IndexedArray", form_key: "i", content: numbers }, 1, { "i-index": i64(-1), "data-data": f64(1) }),
    ],
    [
      "a tag that is not there",
      array({ class: "UnionArray", form_key: "u", contents: [numbers] }, 1, {
        "u-tags": i8(1),
        "u-index": i64(0),
        "data-data": f64(1),
      }),
    ],
    ["too few numbers", array(numbers, 2, { "data-data": f64(1) })],
    [
      "too few bits",
      array({ class: "BitMaskedArray", form_key: "m", valid_when: true, lsb_order: true, content: numbers }, 9, {
        "m-mask": dense("uint8", Uint8Array.of(1)),
        "data-data": f64(...new Array<number>(9).fill(0)),
      }),
    ],
    ["entries of nothing", array({ class: "EmptyArray", form_key: null }, 1, {})],
  ])("%s is CORRUPT", async (_, value) => {
    await expect(value.toNested()).rejects.toMatchObject({ code: "CORRUPT" });
  });

  it("lists that would not fit in memory are refused before that", async () => {
    const huge = array({ class: "RegularArray", size: 2 ** 40, form_key: "r", content: numbers }, 5, {
      "data-data": f64(1),
    });
    await expect(huge.toNested()).rejects.toMatchObject({ code: "LIMIT_EXCEEDED" });
  });

  it.each([
    ["no JSON", "{"],
    ["null", "null"],
    ["another class", '{"class":"Hologram"}'],
    ["a class of Object.prototype", '{"class":"constructor"}'],
    ["no content", '{"class":"ListOffsetArray","form_key":"a"}'],
    ["a content that is none", '{"class":"ListOffsetArray","form_key":"a","content":7}'],
    ["no form key", '{"class":"NumpyArray","primitive":"int8"}'],
    ["a negative size", '{"class":"RegularArray","size":-1,"content":{"class":"EmptyArray"}}'],
    ["fields that are too few", '{"class":"RecordArray","fields":["a"],"contents":[]}'],
    [
      "one form key twice",
      '{"class":"ListOffsetArray","form_key":"a","content":{"class":"ListOffsetArray","form_key":"a","content":{"class":"EmptyArray"}}}',
    ],
  ])("a form with %s is CORRUPT", (_, json) => {
    expect(() => parseForm(json, "x")).toThrowError(expect.objectContaining({ code: "CORRUPT", path: "x" }));
  });

  it("a form without end is LIMIT_EXCEEDED", () => {
    const deep = `${'{"class":"UnmaskedArray","content":'.repeat(1000)}{"class":"EmptyArray"}${"}".repeat(1000)}`;
    expect(() => parseForm(deep, "x")).toThrowError(expect.objectContaining({ code: "LIMIT_EXCEEDED" }));
  });
});
