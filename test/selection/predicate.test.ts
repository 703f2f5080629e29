import { Timestamp, TimeUnit, vectorFromArray } from "apache-arrow";
import { describe, expect, it } from "vitest";
import { DenseArray } from "../../src/elements/dense.js";
import { ArrowColumn, type Column, Frame } from "../../src/elements/frame.js";
import { NullableArray } from "../../src/elements/nullable.js";
import { StringArray } from "../../src/elements/strings.js";
import { normalizeSelection, type Predicate, parseExpression, toPositions, where } from "../../src/selection/index.js";
import { resolveSelection } from "../../src/selection/resolve.js";
import { categorical } from "./frames.js";

const columns = new Map<string, Column>([
  ["int", new DenseArray("int32", [4], Int32Array.of(1, 2, 3, 4))],
  ["wide", new DenseArray("int64", [4], BigInt64Array.of(-(2n ** 63n), -1n, 2n ** 53n + 1n, 2n ** 63n - 1n))],
  ["unsigned", new DenseArray("uint64", [4], BigUint64Array.of(0n, 2n ** 32n, 2n ** 63n, 2n ** 64n - 1n))],
  ["float", new DenseArray("float32", [4], Float32Array.of(0.1, Number.NaN, -0, Number.POSITIVE_INFINITY))],
  ["half", new DenseArray("bfloat16", [4], Uint16Array.of(0x3f80, 0x4000, 0x7fc0, 0xbf80))],
  ["flag", new DenseArray("bool", [4], Uint8Array.of(1, 0, 1, 0))],
  ["text", new StringArray(["b", null, "MT-ND1", "\u{1f600}"])],
  ["type", categorical(["B cell", null, "T cell", "B cell"], ["T cell", "B cell", "unused"])],
  ["grade", categorical(["low", "high", null, "middle"], ["low", "middle", "high"], true)],
  ["masked", new NullableArray(new DenseArray("int32", [4], Int32Array.of(1, 2, 3, 4)), Uint8Array.of(0, 1, 0, 0))],
  ["percent mito", new DenseArray("float64", [4], Float64Array.of(0.01, 0.2, 0.3, 0.02))],
  ["when", new ArrowColumn(vectorFromArray([0, 86_400_000, null, 1e12], new Timestamp(TimeUnit.MILLISECOND)))],
]);
const frame = new Frame(new StringArray(["w", "x", "y", "z"]), columns, "barcode");

function rows(predicate: Predicate): number[] {
  return [...toPositions(normalizeSelection(predicate, { axis: "obs", length: 4, frame }))];
}

describe("predicates", () => {
  it.each<[string, Predicate, number[]]>([
    ["numbers", where("int").ge(3), [2, 3]],
    ["both bounds of between", where("int").between(2, 3), [1, 2]],
    ["several values", where("int").in([4, 1, 99]), [0, 3]],
    ["none of several values", where("int").notIn([4, 1]), [1, 2]],
    ["64-bit integers exactly", where("wide").gt(2n ** 53n), [2, 3]],
    ["64-bit integers with a fraction", where("wide").lt(-0.5), [0, 1]],
    ["64-bit integers never equal to a fraction", where("wide").eq(-0.5), []],
    ["64-bit integers with infinity", where("wide").lt(Number.POSITIVE_INFINITY), [0, 1, 2, 3]],
    ["64-bit integers with NaN as unequal", where("wide").ne(Number.NaN), [0, 1, 2, 3]],
    ["64-bit integers beyond their range", where("wide").le(2n ** 70n), [0, 1, 2, 3]],
    ["64-bit integers in a list", where("wide").in([-1, 0.5, 2n ** 63n - 1n, 2n ** 80n]), [1, 3]],
    ["unsigned 64-bit integers", where("unsigned").ge(2n ** 63n), [2, 3]],
    ["unsigned 64-bit integers with a negative number", where("unsigned").gt(-1), [0, 1, 2, 3]],
    ["32-bit floats by their own precision", where("float").eq(0.1), [0]],
    ["NaN as less than nothing", where("float").lt(1e9), [0, 2]],
    ["NaN as unequal", where("float").ne(0), [0, 1, 3]],
    ["NaN as missing", where("float").isNull(), [1]],
    ["null in a list as NaN", where("float").in([null, 0]), [1, 2]],
    ["16-bit floats", where("half").gt(0.5), [0, 1]],
    ["booleans", where("flag").isTrue(), [0, 2]],
    ["booleans by value", where("flag").eq(false), [1, 3]],
    ["text", where("text").eq("b"), [0]],
    ["missing text as unequal, as pandas does", where("text").ne("b"), [1, 2, 3]],
    ["missing text", where("text").isNull(), [1]],
    ["text by code points", where("text").gt("\uff5e"), [3]],
    ["starts of text", where("text").startsWith("MT-"), [2]],
    ["ends of text", where("text").endsWith("1"), [2]],
    ["parts of text", where("text").contains("T-"), [2]],
    ["patterns, wherever the last match ended", where("text").matches(/[bN]/g), [0, 2]],
    ["categories", where("type").eq("B cell"), [0, 3]],
    ["missing categories as unequal, as pandas does", where("type").ne("B cell"), [1, 2]],
    ["missing categories", where("type").isNull(), [1]],
    ["null in a list as a missing category", where("type").in(["T cell", null]), [1, 2]],
    ["categories by text", where("type").startsWith("B"), [0, 3]],
    ["ordered categories by their order", where("grade").ge("middle"), [1, 3]],
    ["masked values as unknown", where("masked").ne(1), [2, 3]],
    ["masked values as unknown, negated too", where("masked").eq(1).not(), [2, 3]],
    ["unknown or true as true", where("masked").eq(1).or(where("int").eq(2)), [0, 1]],
    ["unknown and true as unknown", where("masked").gt(0).and(where("int").gt(0)), [0, 2, 3]],
    ["masked values as missing", where("masked").isNull(), [1]],
    ["masked values that are not missing", where("masked").notNull(), [0, 2, 3]],
    ["timestamps with a date", where("when").ge(new Date(86_400_000)), [1, 3]],
    ["timestamps with ISO text", where("when").lt("1970-01-02"), [0]],
    ["the index by its name", where("barcode").in(["z", "w"]), [0, 3]],
    ["the index as index", where("index").gt("x"), [2, 3]],
  ])("compare %s", (_, predicate, expected) => {
    expect(rows(predicate)).toEqual(expected);
  });

  it.each<[string, () => Predicate, string, string]>([
    ["an unknown column", () => where("typ").eq("B"), "NOT_FOUND", '"typ" (did you mean "type"?)'],
    ["text for numbers", () => where("int").eq("1"), "INVALID_ARGUMENT", "pass a number"],
    ["numbers for text", () => where("type").eq(1), "INVALID_ARGUMENT", 'such as "1"'],
    ["numbers for text in a list", () => where("text").in([1]), "INVALID_ARGUMENT", "holds text"],
    ["an order of unordered categories", () => where("type").gt("B cell"), "INVALID_ARGUMENT", "without an order"],
    ["an order by no category", () => where("grade").gt("medium"), "INVALID_ARGUMENT", 'no category "medium"'],
    ["text tests of numbers", () => where("int").startsWith("1"), "INVALID_ARGUMENT", "not text"],
    ["the truth of numbers", () => where("int").isTrue(), "INVALID_ARGUMENT", "not booleans"],
    ["the truth of text", () => where("text").isTrue(), "INVALID_ARGUMENT", "not booleans"],
    ["a comparison with null", () => where("int").eq(null as never), "INVALID_ARGUMENT", "isNull()"],
    ["a pattern that is no RegExp", () => where("text").matches("b" as never), "INVALID_ARGUMENT", "RegExp"],
    ["a time that is none", () => where("when").gt("yesterday"), "INVALID_ARGUMENT", "ISO 8601"],
  ])("refuse %s", (_, predicate, code, message) => {
    expect(() => rows(predicate())).toThrowError(
      expect.objectContaining({ code, message: expect.stringContaining(message) }),
    );
  });
});

describe("parseExpression", () => {
  it.each([
    ["type == 'B cell' and int > 1", [3]],
    ['type == "B cell" or int == 2', [0, 1, 3]],
    ["type in ['T cell', 'B cell'] & ~(int >= 4)", [0, 2]],
    ["type not in ['T cell', None]", [0, 3]],
    ["not type in ['T cell'] and not int == 1", [1, 3]],
    ["type == ['T cell']", [2]],
    ["type != ('T cell', 'B cell')", [1]],
    ["1 < int <= 3", [1, 2]],
    ["3 > int", [0, 1]],
    ["`percent mito` < 0.05", [0, 3]],
    ["`percent mito` < 5e-2 && int != 1", [3]],
    ["flag", [0, 2]],
    ["not flag", [1, 3]],
    ["flag == True", [0, 2]],
    ["wide == 9007199254740993", [2]],
    ["wide == -1", [1]],
    ["text.startswith('MT-') or text.isnull()", [1, 2]],
    ["text.str.contains('N')", [2]],
    ["type.notna() and (int == 1 or (int == 2 or int == 3))", [0, 2]],
    ["int == 1 or int == 2 and int == 3", [0]],
    ["text == 'it\\'s' or index == 'x'", [1]],
    ["int in []", []],
  ])("reads %s", (source, expected) => {
    expect(rows(parseExpression(source))).toEqual(expected);
  });

  it.each([
    ["", 0, "the expression ends"],
    ["int >", 5, "the expression ends"],
    ["int = 1", 4, "use == to compare"],
    ["int == 1 int", 9, 'found "int"'],
    ["(int == 1", 9, "where ) is needed"],
    ["type == 'B cell", 8, "is not closed"],
    ["`int == 1", 0, "is not closed"],
    ["1 == 1", 2, "compare a column with a value"],
    ["int == wide", 4, "compare a column with a value"],
    ["1 in [1]", 2, "in needs a column"],
    ["int in 1", 4, "in needs a column"],
    ["int == None", 7, ".isnull()"],
    ["int in [1 2]", 10, 'found "2"'],
    ["int.eval(1)", 4, "is not a method"],
    ["int.constructor('x')", 4, "is not a method"],
    ["text.startswith(1)", 16, "a quoted text is needed"],
    ["int == -'x'", 8, "needed"],
    ["int == 1 ; int", 9, '";" is not understood'],
    ["1", 1, "where a comparison is needed"],
    ["(".repeat(100_000), 200, "nested too deeply"],
    ["not ".repeat(100_000), 800, "nested too deeply"],
  ])("refuses %.40s", (source, position, problem) => {
    expect(() => parseExpression(source)).toThrowError(
      expect.objectContaining({
        code: "INVALID_ARGUMENT",
        message: expect.stringContaining(`at position ${position}: `),
      }),
    );
    expect(() => parseExpression(source)).toThrowError(problem);
  });
});

describe("resolveSelection", () => {
  const length = 600_001;
  const values = Float64Array.from({ length }, (_, i) => i % 7);
  const long = new Frame(
    new DenseArray("int32", [length], new Int32Array(length)),
    new Map<string, Column>([
      ["x", new DenseArray("float64", [length], values)],
      [
        "kind",
        categorical(
          Array.from(values, (value) => (value === 3 ? null : `k${value}`)),
          ["k0", "k1", "k2", "k4", "k5", "k6"],
        ),
      ],
      [
        "masked",
        new NullableArray(
          new DenseArray("float64", [length], values),
          Uint8Array.from(values, (value) => Number(value === 5)),
        ),
      ],
      ["text", new StringArray(Array.from(values, String))],
    ]),
  );
  const table = { axis: "obs", length, frame: long };

  it("gives the same for a long table as at once, and lets timers run meanwhile", async () => {
    const predicate = where("x").ge(2).and(where("kind").ne("k6")).and(where("masked").ne(2)).or(where("text").eq("1"));
    let ticks = 0;
    const timer = setInterval(() => ticks++, 0);
    const resolved = await resolveSelection(predicate, table);
    clearInterval(timer);
    const atOnce = toPositions(normalizeSelection(predicate, table));
    expect(Buffer.from(toPositions(resolved).buffer).equals(Buffer.from(atOnce.buffer))).toBe(true);
    expect(resolved.count).toBe(Array.from(values).filter((value) => [1, 3, 4].includes(value)).length);
    expect(ticks).toBeGreaterThan(0);
  });

  it("stops with the signal's reason", async () => {
    const controller = new AbortController();
    const pending = resolveSelection(where("x").gt(1), table, { signal: controller.signal });
    controller.abort("enough");
    await expect(pending).rejects.toBe("enough");
  });
});
