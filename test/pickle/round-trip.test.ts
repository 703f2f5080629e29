/** What is written is read back, for every kind of value. */
import fc from "fast-check";
import { expect, it, describe as suite } from "vitest";
import { DenseArray } from "../../src/elements/dense.js";
import { RecordArray } from "../../src/elements/record.js";
import { Scalar } from "../../src/elements/scalar.js";
import { StringArray } from "../../src/elements/strings.js";
import { emptyDict, Tuple, type Value } from "../../src/elements/values.js";
import { readPickle } from "../../src/pickle/read.js";
import { pickleChunks, writePickle } from "../../src/pickle/write.js";
import { values } from "./arbitraries.js";
import { canonical, describe } from "./describe.js";

suite("a pickle that we wrote", () => {
  it("is read back with the same types, dtypes and bits", () => {
    fc.assert(
      fc.property(values, (value) => {
        expect(canonical(describe(readPickle(writePickle(value))))).toEqual(canonical(describe(value)));
      }),
      { numRuns: 1000 },
    );
  });

  it("gives the same classes for plain values", () => {
    const dict = emptyDict();
    const key = "__proto__";
    dict[key] = 1;
    const value: Value = [1, 1.5, 2n ** 64n, "a", null, true, Tuple.of(1), new Set(["x"]), new Map([[2, "b"]]), dict];
    const read = readPickle(writePickle(value)) as Value[];
    expect(read).toEqual(value);
    expect(read[6]).toBeInstanceOf(Tuple);
    expect(Object.getPrototypeOf(read[9])).toBeNull();
    expect(Object.keys(read[9] as object)).toEqual(["__proto__"]);
  });

  it("keeps a float without a fraction a float", () => {
    const two = new Scalar("float64", 2);
    expect(readPickle(writePickle(two))).toEqual(two);
    expect(readPickle(writePickle(2))).toBe(2);
  });

  it("has batches of more than 1,000 items", () => {
    const list = Array.from({ length: 2501 }, (_, i) => i);
    const names = new StringArray(list.map((i) => `cell ${i}`));
    const dict = Object.fromEntries(list.map((i) => [`k${i}`, i]));
    const read = readPickle(writePickle([list, names, dict, new Set(list)])) as Value[];
    expect(read[0]).toEqual(list);
    expect(read[1]).toEqual(names);
    expect({ ...(read[2] as object) }).toEqual(dict);
    expect(read[3]).toEqual(new Set(list));
  });

  it("keeps the type of fields when there are no records", () => {
    const fields = new Map<string, DenseArray | StringArray>([
      ["v", new DenseArray("int16", [0, 3], new Int16Array(0))],
      ["s", new StringArray([])],
    ]);
    expect(readPickle(writePickle(new RecordArray(fields, 0)))).toEqual(new RecordArray(fields, 0));
  });
});

suite("writing", () => {
  it("does not copy a large array", () => {
    const array = new DenseArray("float64", [100, 100], new Float64Array(10_000));
    const shared = pickleChunks({ array }).filter((chunk) => chunk.buffer === array.data.buffer);
    expect(shared.map((chunk) => chunk.byteLength)).toEqual([80_000]);
  });

  it("refuses what Python could not load, by typed errors", () => {
    const loop: Value[] = [];
    loop.push(loop);
    const failing: [string, Value, string][] = [
      ["a list that holds itself", loop, "INVALID_ARGUMENT"],
      ["a function", (() => 1) as unknown as Value, "INVALID_ARGUMENT"],
      ["undefined in a dict", { a: undefined } as unknown as Value, "INVALID_ARGUMENT"],
      ["a Date", new Date() as unknown as Value, "INVALID_ARGUMENT"],
      ["a bare typed array", new Float32Array(2) as unknown as Value, "INVALID_ARGUMENT"],
      ["a list in a set", new Set<Value>([[1]]), "INVALID_ARGUMENT"],
      ["an int8 of 300", new Scalar("int8", 300), "INVALID_ARGUMENT"],
      ["an int32 of 1.5", new Scalar("int32", 1.5), "INVALID_ARGUMENT"],
      ["bfloat16", DenseArray.zeros("bfloat16", [2]), "UNSUPPORTED"],
      ["too deep a list", nested(401), "LIMIT_EXCEEDED"],
    ];
    for (const [what, value, code] of failing) {
      const write = () => writePickle(value, { path: "uns/x.pickle" });
      expect(write, what).toThrow(expect.objectContaining({ name: "AtsError", code, path: "uns/x.pickle" }));
    }
    expect(readPickle(writePickle(nested(400)))).toEqual(nested(400));
  });

  it("writes a value that stands in two places twice", () => {
    const shared = ["x"];
    expect(readPickle(writePickle([shared, shared]))).toEqual([["x"], ["x"]]);
  });
});

function nested(depth: number): Value {
  let value: Value = [];
  for (let i = 1; i < depth; i++) value = [value];
  return value;
}
