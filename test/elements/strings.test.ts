/** String arrays hold JavaScript strings or UTF-8, and give the same answers from either. */
import { describe, expect, it } from "vitest";
import { Frame } from "../../src/elements/frame.js";
import { joinText } from "../../src/elements/join-text.js";
import { StringArray } from "../../src/elements/strings.js";
import { takeStrings } from "../../src/elements/take-dense.js";
import { type ArrowText, packStrings, unpackText } from "../../src/elements/utf8.js";
import { names, normalizeSelection, type Predicate, where } from "../../src/selection/index.js";

const TEXTS: readonly (string | null)[] = [
  "CD79A",
  "",
  null,
  "naïve",
  "漢字",
  "😀",
  "a\0b",
  "CD79A",
  null,
  "",
  "\ufffd",
];

/** The same strings, held as UTF-8. */
function held(values: readonly (string | null)[], shape?: number[]): StringArray {
  return StringArray.fromUtf8(packStrings(values), shape);
}

describe("a string array over UTF-8", () => {
  it("gives its strings one by one and all together", () => {
    const array = held(TEXTS);
    expect(Array.from({ length: array.length }, (_, i) => array.at(i))).toEqual(TEXTS);
    expect(held(TEXTS).at(3)).toBe("naïve");
    expect(held(TEXTS).values).toEqual(TEXTS);
    expect(array).toEqual(new StringArray(TEXTS));
    expect(array).not.toEqual(held(TEXTS.map((text) => `${text}x`)));
    expect(structuredClone(array)).toMatchObject({ kind: "strings", values: TEXTS });
  });

  it("knows what is missing without its strings", () => {
    for (const array of [held(TEXTS), new StringArray(TEXTS)]) {
      expect(array.hasMissing).toBe(true);
      expect(TEXTS.map((_, i) => array.isMissing(i))).toEqual(TEXTS.map((text) => text === null));
    }
    expect(held(["", "a"]).hasMissing).toBe(false);
  });

  it("does not fit another shape", () => {
    expect(held(["a", "b"], [2, 1]).shape).toEqual([2, 1]);
    expect(() => held(["a", "b"], [3])).toThrowError(expect.objectContaining({ code: "INVALID_ARGUMENT" }));
  });
});

describe("packing", () => {
  it("comes back, also over many blocks with and without ASCII", () => {
    const many = Array.from({ length: 40_000 }, (_, i) => (i % 17_000 === 9 ? "ü".repeat(i % 5) : `cell-${i}`));
    expect(unpackText(packStrings(many))).toEqual(many);
  });

  it("keeps surrogates apart that stand alone in neighbours", () => {
    expect(unpackText(packStrings(["\ud83d", "\ude00"]))).toEqual(["\ufffd", "\ufffd"]);
    expect(packStrings(["😀"]).bytes.length).toBe(4);
  });

  it("joins parts with offsets of their own", () => {
    const parts: ArrowText[] = [packStrings(["x", null]), packStrings([]), packStrings(["ü", "yz"])];
    const cut = packStrings(["drop", "keep"]);
    parts.push({ offsets: cut.offsets.subarray(1), bytes: cut.bytes });
    expect(unpackText(joinText(parts))).toEqual(["x", null, "ü", "yz", "keep"]);
  });
});

describe("both forms give the same", () => {
  const both = [new StringArray(TEXTS), held(TEXTS)];

  it("selections", () => {
    for (const selection of [
      { kind: "range", start: 2, step: 1, count: 7 } as const,
      { kind: "range", start: 10, step: -3, count: 4 } as const,
      { kind: "positions", positions: Int32Array.of(8, 0, 0, 6), count: 4 } as const,
    ]) {
      const [values, bytes] = both.map((array) => takeStrings(array, [selection])) as [StringArray, StringArray];
      expect(bytes.hasUtf8).toBe(true);
      expect(bytes).toEqual(values);
      expect(bytes.hasMissing).toBe(values.hasMissing);
    }
  });

  it("names", () => {
    for (const index of both) {
      const table = { axis: "obs", length: index.length, frame: new Frame(index, new Map()) };
      const at = (wanted: string[]) => {
        const found = normalizeSelection(names(wanted, { duplicates: "all", missing: "ignore" }), table);
        return found.kind === "range"
          ? Array.from({ length: found.count }, (_, i) => found.start + i * found.step)
          : [...found.positions];
      };
      expect(at(["😀", "CD79A", "gone", "a\0b", "漢字"])).toEqual([5, 0, 7, 6, 4]);
      expect(at([""])).toEqual([1, 9]);
      expect(at(["\ud800", "\ufffd"])).toEqual([10]);
    }
  });

  it("predicates", () => {
    for (const column of both) {
      const frame = new Frame(new StringArray(TEXTS.map((_, i) => String(i))), new Map([["c", column]]));
      const table = { axis: "obs", length: column.length, frame };
      const count = (predicate: Predicate) => normalizeSelection(predicate, table).count;
      expect(count(where("c").eq("CD79A"))).toBe(2);
      expect(count(where("c").ne("CD79A"))).toBe(9);
      expect(count(where("c").eq(""))).toBe(2);
      expect(count(where("c").in(["", "漢字", null]))).toBe(5);
      expect(count(where("c").isNull())).toBe(2);
    }
  });
});
