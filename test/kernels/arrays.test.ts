import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  type AnyIntegers,
  narrowIndices,
  takeDense,
  takeDenseSync,
  toIndices,
  toIndptr,
} from "../../src/kernels/index.js";
import { type AxisSelection, positionAt, wholeAxis } from "../../src/selection/axis.js";
import { selections } from "./matrices.js";

const stored: readonly (readonly [string, AnyIntegers])[] = [
  ["int8", Int8Array.of(0, 3, 7)],
  ["uint8", Uint8Array.of(0, 3, 7)],
  ["int16", Int16Array.of(0, 3, 7)],
  ["uint16", Uint16Array.of(0, 3, 7)],
  ["int32", Int32Array.of(0, 3, 7)],
  ["uint32", Uint32Array.of(0, 3, 7)],
  ["int64", BigInt64Array.of(0n, 3n, 7n)],
  ["uint64", BigUint64Array.of(0n, 3n, 7n)],
];

describe("toIndices", () => {
  it.each(stored)("reads %s as 32 bits on a short axis and 64 on a long one", async (_, array) => {
    expect(await toIndices(array, 8)).toEqual(Int32Array.of(0, 3, 7));
    expect(await toIndices(array, 2 ** 33)).toEqual(BigInt64Array.of(0n, 3n, 7n));
  });

  it("names the first number that is not on the axis", async () => {
    const past = toIndices(Uint16Array.of(1, 8, 9), 8, { path: "X" });
    await expect(past).rejects.toMatchObject({
      code: "CORRUPT",
      path: "X",
      message: expect.stringContaining("position 1"),
    });
    await expect(toIndices(Int8Array.of(0, -1), 8)).rejects.toMatchObject({ code: "CORRUPT" });
    await expect(toIndices(BigUint64Array.of(2n ** 64n - 1n), 2 ** 40)).rejects.toMatchObject({ code: "CORRUPT" });
  });
});

describe("toIndptr", () => {
  it.each(stored)("reads %s as 32 bits where the last entry fits", async (_, array) => {
    expect(await toIndptr(array)).toEqual(Int32Array.of(0, 3, 7));
  });

  it("stays at 64 bits from 2^31 stored values on", async () => {
    const wide = await toIndptr(BigUint64Array.of(0n, 2n ** 31n));
    expect(wide).toEqual(BigInt64Array.of(0n, 2n ** 31n));
    expect(await toIndptr(BigInt64Array.of(0n, 2n ** 31n - 1n))).toEqual(Int32Array.of(0, 2 ** 31 - 1));
  });

  it("refuses entries that are negative or above the last", async () => {
    await expect(toIndptr(BigInt64Array.of(0n, 9n, 3n))).rejects.toMatchObject({ code: "CORRUPT" });
    await expect(toIndptr(BigInt64Array.of(0n, -1n), { path: "X" })).rejects.toMatchObject({
      code: "CORRUPT",
      path: "X",
    });
  });
});

describe("narrowIndices", () => {
  it("keeps every number or fails", async () => {
    const out = new Uint8Array(2);
    expect(await narrowIndices(Int32Array.of(0, 255), { dtype: "uint8", out })).toEqual(Uint8Array.of(0, 255));
    const lossy = narrowIndices(Int32Array.of(0, 256), { dtype: "uint8", out });
    await expect(lossy).rejects.toMatchObject({ code: "CORRUPT" });
  });
});

describe("takeDense", () => {
  it("gives the outer selection of arrays of any rank", async () => {
    const cases = fc
      .array(fc.nat(5), { minLength: 1, maxLength: 4 })
      .chain((shape) => fc.tuple(fc.constant(shape), fc.tuple(...shape.map((length) => selections(length)))));
    await fc.assert(
      fc.asyncProperty(cases, async ([shape, selection]) => {
        const size = shape.reduce((a, b) => a * b, 1);
        const array = { dtype: "int16" as const, shape, data: Int16Array.from({ length: size }, (_, i) => i) };
        expect([...(await takeDense(array, selection))]).toEqual(outer(shape, selection));
      }),
      { numRuns: 300 },
    );
  });

  it("keeps both halves of complex numbers", () => {
    const array = { dtype: "complex64" as const, shape: [3], data: Float32Array.of(1, 2, 3, 4, 5, 6) };
    const selection: AxisSelection = { kind: "positions", positions: Int32Array.of(2, 0), count: 2 };
    expect([...takeDenseSync(array, [selection])]).toEqual([5, 6, 1, 2]);
  });

  it("refuses positions outside the axis", () => {
    const array = { dtype: "uint8" as const, shape: [2, 2], data: new Uint8Array(4) };
    const selection: AxisSelection = { kind: "positions", positions: Float64Array.of(-1), count: 1 };
    expect(() => takeDenseSync(array, [undefined, selection])).toThrow(
      expect.objectContaining({ code: "INVALID_ARGUMENT" }),
    );
  });
});

/** The flat positions of an outer selection, by recursion over the axes. */
function outer(shape: readonly number[], selection: readonly (AxisSelection | undefined)[]): number[] {
  return shape.reduce<number[]>(
    (bases, length, axis) => {
      const chosen = selection[axis] ?? wholeAxis(length);
      return bases.flatMap((base) =>
        Array.from({ length: chosen.count }, (_, i) => base * length + positionAt(chosen, i)),
      );
    },
    [0],
  );
}
