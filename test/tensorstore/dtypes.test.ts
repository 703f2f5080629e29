import { describe, expect, it } from "vitest";
import { type ArrayFor, DTYPES, type DType, viewAs } from "../../src/dtype.js";
import { DenseArray, open } from "../../src/tensorstore/index.js";
import { tempFolder } from "./temp.js";

const folder = tempFolder();

/** Values that use every bit of the element type: a ramp of bytes, and 0 and 1 for booleans. */
function sample<D extends DType>(dtype: D, count: number): ArrayFor<D> {
  const itemSize = new DenseArray(dtype, [0], viewAs(dtype, new ArrayBuffer(0), 0, 0)).data.BYTES_PER_ELEMENT;
  const lanes = dtype.startsWith("complex") ? 2 : 1;
  const bytes = new Uint8Array(count * itemSize * lanes);
  // 0x3c in every high byte keeps floats finite, so that equality means something.
  bytes.forEach((_, i) => {
    const high = i % itemSize === itemSize - 1;
    bytes[i] = dtype === "bool" ? i % 2 : high ? 0x3c + (i % 3) : (i * 37 + 11) % 251;
  });
  return viewAs(dtype, bytes.buffer, 0, count);
}

const places = { memory: () => "memory://", file: () => `file://${folder}` };

describe.each(["zarr", "zarr3"])("%s", (driver) => {
  describe.each(Object.keys(places) as (keyof typeof places)[])("in %s", (place) => {
    it.each(DTYPES)("gives back %s as it was written", async (dtype) => {
      const spec = { driver, kvstore: `${places[place]()}${driver}-${dtype}/` };
      const schema = { dtype, shape: [7, 5], chunkLayout: { readChunk: [4, 2] } };
      const store = await open(spec, { ...schema, create: true });
      const values = sample(dtype, 35);
      await store.write(values);

      const again = await open(spec, { open: true, dtype });
      expect(again.dtype).toBe(dtype);
      const whole = await again.read();
      expect(whole).toBeInstanceOf(DenseArray);
      expect(whole.shape).toEqual([7, 5]);
      expect(whole.data).toEqual(values);

      const target = viewAs(dtype, new ArrayBuffer(values.byteLength), 0, 35);
      await again.readInto(target);
      expect(target).toEqual(values);

      const corner = await again.slice({ start: 2, stop: 4 }, 3).read();
      const at = (row: number) => values.slice((row * 5 + 3) * lanesOf(dtype), (row * 5 + 4) * lanesOf(dtype));
      expect(Array.from(corner.data as Iterable<number>)).toEqual([...at(2), ...at(3)]);
    });
  });
});

function lanesOf(dtype: DType): number {
  return dtype.startsWith("complex") ? 2 : 1;
}

describe("types", () => {
  it("follow from the call", async () => {
    const spec = { driver: "zarr", kvstore: "memory://typed/" };
    const store = await open(spec, { dtype: "float32", shape: [2], create: true });
    const { data } = await store.read();
    const typed: Float32Array = data;
    expect(typed).toBeInstanceOf(Float32Array);
  });

  it("of an array that a driver keeps in memory convert when asked", async () => {
    const store = await open({ driver: "array", dtype: "int32", array: [1, -2, 3] });
    expect((await store.cast("float64").read()).data).toEqual(Float64Array.of(1, -2, 3));
    expect((await store.cast("string").read()).values).toEqual(["1", "-2", "3"]);
  });

  it("that no typed array holds say to cast", async () => {
    const store = await open({ driver: "array", dtype: "int4", array: [1, 2] });
    await expect(store.read()).rejects.toMatchObject({ code: "UNSUPPORTED" });
    expect((await store.cast("int8").read()).data).toEqual(Int8Array.of(1, 2));
  });
});
