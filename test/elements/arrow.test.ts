import {
  Dictionary,
  Int32,
  Table,
  tableFromArrays,
  tableFromIPC,
  tableToIPC,
  Utf8,
  Vector,
  vectorFromArray,
} from "apache-arrow";
import { describe, expect, it } from "vitest";
import { allocate, DTYPES, type DType, lanes } from "../../src/dtype.js";
import { arrowToFrame, frameToArrow } from "../../src/elements/arrow.js";
import { Categorical } from "../../src/elements/categorical.js";
import { DenseArray } from "../../src/elements/dense.js";
import { ArrowColumn, type Column, Frame } from "../../src/elements/frame.js";
import { NullableArray } from "../../src/elements/nullable.js";
import { StringArray } from "../../src/elements/strings.js";

const index = new StringArray(["a", "b", "c"]);

async function roundTrip(column: Column, throughIpc = false): Promise<Column> {
  const table = await frameToArrow(new Frame(index, new Map([["x", column]]), "cell"));
  const back = arrowToFrame(throughIpc ? tableFromIPC(tableToIPC(table)) : table);
  expect(back.indexName).toBe("cell");
  expect(back.index).toEqual(index);
  return back.columns.get("x") as Column;
}

function extremes(dtype: DType): DenseArray {
  const data = allocate(dtype, 3);
  const bytes = new Uint8Array(data.buffer);
  if (dtype === "bool") bytes.set([1, 0, 1]);
  else for (let i = 0; i < bytes.length; i++) bytes[i] = [0xff, 0x00, 0x80, 0x7f, 0x01][i % 5] as number;
  return new DenseArray(dtype, [data.length / lanes(dtype)], data);
}

function bytesOf(column: Column): Uint8Array {
  const { data } = column as DenseArray;
  return new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
}

describe.each([false, true])("frame to Arrow and back (through IPC: %s)", (ipc) => {
  it.each(DTYPES)("keeps every bit of %s", async (dtype) => {
    const column = extremes(dtype);
    const back = await roundTrip(column, ipc);
    expect((back as DenseArray).dtype).toBe(dtype);
    expect(bytesOf(back)).toEqual(bytesOf(column));
  });

  it.each(DTYPES.filter((d) => lanes(d) === 1))("keeps the missing values of %s", async (dtype) => {
    const mask = Uint8Array.of(0, 1, 0);
    const back = (await roundTrip(new NullableArray(extremes(dtype), mask), ipc)) as NullableArray;
    expect(back.kind).toBe("nullable");
    expect(back.values.dtype).toBe(dtype);
    expect(back.mask).toEqual(mask);
    expect(back.values.data[2]).toEqual(extremes(dtype).data[2]);
  });

  it("keeps text with nulls, empty strings and every plane of Unicode", async () => {
    const column = new StringArray(["", null, "ä🧬"]);
    expect(await roundTrip(column, ipc)).toEqual(column);
  });

  it.each([true, false])("keeps category order, unused categories and missing codes (ordered: %s)", async (ordered) => {
    const column = new Categorical(Int8Array.of(2, -1, 0), new StringArray(["z", "unused", "a"]), ordered);
    expect(await roundTrip(column, ipc)).toEqual(column);
  });

  it("keeps numeric categories and the width of codes", async () => {
    const categories = new DenseArray("int64", [3], BigInt64Array.of(7n, -(2n ** 63n), 2n ** 63n - 1n));
    const column = new Categorical(Int16Array.of(2, 1, -1), categories);
    expect(await roundTrip(column, ipc)).toEqual(column);
  });

  it.each(DTYPES)("keeps categories of %s, to the bit, and which can be missing", async (dtype) => {
    const categories = extremes(dtype);
    const column = new Categorical(Int8Array.of(2, -1, 0), categories, true);
    const back = (await roundTrip(column, ipc)) as Categorical;
    expect(back.codes).toEqual(column.codes);
    expect(back.ordered).toBe(true);
    expect((back.categories as DenseArray).dtype).toBe(dtype);
    expect(bytesOf(back.categories)).toEqual(bytesOf(categories));
  });

  it.each(DTYPES)("keeps %s nullable where no value is missing", async (dtype) => {
    const column = new NullableArray(extremes(dtype), new Uint8Array(3));
    const back = (await roundTrip(column, ipc)) as NullableArray;
    expect([back.kind, back.values.dtype]).toEqual(["nullable", dtype]);
    expect(bytesOf(back.values)).toEqual(bytesOf(column.values));
    expect(back.mask).toEqual(column.mask);
  });

  it.each(["NA", "NaN", null] as const)("keeps how missing strings are called: %s", async (na) => {
    for (const values of [
      ["a", null, "b"],
      ["a", "", "b"],
    ]) {
      const column = new StringArray(values, [3], na);
      expect(await roundTrip(column, ipc)).toEqual(column);
    }
  });

  it("carries other Arrow types as they are", async () => {
    const dates = vectorFromArray([new Date(0), null, new Date(86400000)]);
    const back = await roundTrip(new ArrowColumn(dates), ipc);
    expect(back.kind).toBe("arrow");
    expect([...(back as ArrowColumn).vector]).toEqual([...dates]);
  });
});

describe("arrowToFrame", () => {
  it("unifies chunks whose dictionaries differ", () => {
    const type = new Dictionary(new Utf8(), new Int32());
    const chunks = [vectorFromArray(["b", "a"], type), vectorFromArray(["c", "a", null], type)];
    const table = new Table({ x: new Vector(chunks.flatMap((chunk) => chunk.data)) });
    const column = arrowToFrame(table).columns.get("x") as Categorical;
    expect(column.categories).toEqual(new StringArray(["b", "a", "c"]));
    expect([...column.codes]).toEqual([0, 1, 2, 1, -1]);
  });

  it("reads a slice as the slice", () => {
    const table = tableFromArrays({
      n: Int32Array.of(1, 2, 3, 4),
      s: ["a", "b", "c", "d"],
      b: [true, false, true, true],
    });
    const frame = arrowToFrame(table.slice(1, 3));
    expect([...(frame.columns.get("n") as DenseArray).data]).toEqual([2, 3]);
    expect([...(frame.columns.get("b") as DenseArray).data]).toEqual([0, 1]);
    expect(frame.index).toEqual(new StringArray(["0", "1"]));
  });

  it("refuses an index column that the table does not have", () => {
    const table = tableFromArrays({ n: Int32Array.of(1) });
    expect(() => arrowToFrame(table, "cell")).toThrowError(expect.objectContaining({ code: "INVALID_ARGUMENT" }));
  });

  it("keeps an index apart from a column of the same name", async () => {
    const frame = new Frame(index, new Map([["cell", new StringArray(["1", "2", "3"])]]), "cell");
    const back = arrowToFrame(await frameToArrow(frame));
    expect(back.index).toEqual(index);
    expect(back.columns.get("cell")).toEqual(new StringArray(["1", "2", "3"]));
  });
});
