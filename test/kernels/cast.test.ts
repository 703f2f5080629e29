import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DTYPES, type DType, lanes, type TypedArray, viewAs } from "../../src/dtype.js";
import { castExactly, typesThatHold } from "../../src/kernels/index.js";

/** What JavaScript's own arrays convert between. */
const PLAIN = ["int8", "uint8", "int16", "uint16", "int32", "uint32", "int64", "uint64", "float32", "float64"] as const;

const arrayOf = (dtype: DType, values: readonly (number | bigint)[]): TypedArray => {
  const array = viewAs(dtype, new ArrayBuffer(values.length * 8), 0, values.length);
  const wide = array instanceof BigInt64Array || array instanceof BigUint64Array;
  for (const [i, value] of values.entries()) (array as unknown as unknown[])[i] = wide ? BigInt(value) : Number(value);
  return array;
};

/** Whether `value`, which an array of `from` holds, is the same number in an array of `to`, by the language's conversions. */
function survives(value: number | bigint, to: DType): boolean {
  if (typeof value === "number" && /int64/.test(to) && !(Number.isInteger(value) && !Object.is(value, -0)))
    return false;
  const there = arrayOf(to, [value])[0] as number | bigint;
  // The language compares a number and a bigint by value, exactly.
  return Object.is(there, value) || (typeof there !== typeof value && there <= value && there >= value);
}

const edges = [0, -0, 1, -1, 127, 128, 255, 256, -129, 65535, 65536, 2 ** 24, 2 ** 24 + 1, 2 ** 31, 2 ** 32, 2 ** 53];
const numbers = fc.oneof(
  fc.constantFrom(...edges, ...edges.map((edge) => -edge), 2 ** 63, -(2 ** 63), 2 ** 64, 0.5, 1e300, 5e-324),
  fc.constantFrom(Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY),
  fc.double(),
  fc.float(),
  fc.integer(),
);
const bigints = fc.oneof(
  fc.bigInt({ min: -(2n ** 63n), max: 2n ** 64n - 1n }),
  fc.constantFrom(2n ** 63n - 1n, -(2n ** 63n), 2n ** 64n - 1n, 2n ** 53n + 1n, 2n ** 53n, 0n),
);
const cases = fc
  .tuple(fc.constantFrom(...PLAIN), fc.constantFrom(...PLAIN))
  .chain(([from, to]) =>
    fc
      .array<number | bigint>(/int64/.test(from) ? bigints : numbers, { maxLength: 40 })
      .map((values) => ({ from, to, values })),
  );

describe("castExactly", () => {
  it("takes what the language's own arrays give back unchanged, and names the first value that they do not", async () => {
    let taken = 0;
    await fc.assert(
      fc.asyncProperty(cases, async ({ from, to, values }) => {
        const data = arrayOf(from, values);
        const stored = [...data] as (number | bigint)[];
        const first = stored.findIndex((value) => !survives(value, to));
        const cast = await castExactly({ dtype: from, data }, to);
        expect(cast).toEqual(first === -1 ? { data: arrayOf(to, stored) } : { inexactAt: first });
        taken += first === -1 ? 1 : 0;
      }),
      { numRuns: 3000 },
    );
    expect(taken).toBeGreaterThan(500);
  });

  it("keeps complex numbers complex, and refuses to mix them with others", async () => {
    const data = Float64Array.of(0.5, -1, 3, 0.1);
    expect(await castExactly({ dtype: "complex128", data: data.slice(0, 2) }, "complex64")).toEqual({
      data: Float32Array.of(0.5, -1),
    });
    expect(await castExactly({ dtype: "complex128", data }, "complex64")).toEqual({ inexactAt: 1 });
    await expect(castExactly({ dtype: "complex128", data }, "float64")).rejects.toMatchObject({
      code: "INVALID_ARGUMENT",
    });
  });

  it("says the same on threads", async () => {
    const data = Float64Array.from({ length: 300_000 }, (_, i) => i % 200);
    expect(await castExactly({ dtype: "float64", data }, "uint8")).toEqual({ data: Uint8Array.from(data) });
    data[200_001] = 256;
    data[250_000] = -1;
    expect(await castExactly({ dtype: "float64", data }, "uint8")).toEqual({ inexactAt: 200_001 });
  });
});

describe("typesThatHold", () => {
  it("gives those types that castExactly takes the values to, whatever their bits are", async () => {
    const bits = fc.uint8Array({ minLength: 16, maxLength: 16 });
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...DTYPES), bits, fc.boolean(), async (dtype, bytes, small) => {
        // Few bits set: whole numbers that many types hold.
        const memory = small ? bytes.map((byte, i) => (i % 8 === 0 ? byte & 1 : 0)) : bytes;
        const data = viewAs(dtype, memory.buffer, 0, 1).slice(0, lanes(dtype)) as TypedArray;
        const comparable = DTYPES.filter((other) => lanes(other) === lanes(dtype));
        const held = [];
        for (const other of comparable) if ("data" in (await castExactly({ dtype, data }, other))) held.push(other);
        expect(await typesThatHold({ dtype, data }, comparable)).toEqual(held);
      }),
      { numRuns: 500 },
    );
  });

  it("gives all candidates where there is no value", async () => {
    expect(await typesThatHold({ dtype: "float32", data: new Float32Array(0) }, ["int8", "uint8"])).toEqual([
      "int8",
      "uint8",
    ]);
  });
});
