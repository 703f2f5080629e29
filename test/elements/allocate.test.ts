import { describe, expect, it } from "vitest";
import { allocateUnset, DTYPES, itemSize, lanes } from "../../src/dtype.js";

const failsWith = (code: string) => expect.objectContaining({ name: "AtsError", code });

describe("memory without zeros", () => {
  it.each(DTYPES)("holds as many values of %s as were asked for, in a buffer of their own", (dtype) => {
    for (const length of [0, 3, 100_001]) {
      const values = allocateUnset(dtype, length);
      expect(values.length).toBe(length * lanes(dtype));
      expect([values.byteOffset, values.buffer.byteLength]).toEqual([0, length * itemSize(dtype)]);
    }
  });

  it("can be transferred", () => {
    const { buffer } = allocateUnset("float32", 1 << 20).fill(7);
    const moved = structuredClone(buffer, { transfer: [buffer as ArrayBuffer] });
    expect([buffer.byteLength, moved.byteLength]).toEqual([0, 4 << 20]);
    expect(new Float32Array(moved).every((value) => value === 7)).toBe(true);
  });

  it("is refused beyond what the runtime can hold", () => {
    expect(() => allocateUnset("float64", 2 ** 50)).toThrowError(failsWith("LIMIT_EXCEEDED"));
  });
});
