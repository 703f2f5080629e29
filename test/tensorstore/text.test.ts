import { expect, it } from "vitest";
import { open, StringArray } from "../../src/tensorstore/index.js";
import { codeOf, tempFolder } from "./temp.js";

const folder = tempFolder();

it("reads strings of an array as a StringArray", async () => {
  const store = await open(
    {
      driver: "array",
      dtype: "string",
      array: [
        ["a", "ß"],
        ["", "日本"],
      ],
    },
    { dtype: "string" },
  );
  const { values, shape } = await store.read();
  expect(shape).toEqual([2, 2]);
  expect(values).toEqual(["a", "ß", "", "日本"]);
});

it("writes strings, one for all or one each", async () => {
  const store = await open({ driver: "array", dtype: "ustring", array: ["x", "y"] }, { dtype: "ustring" });
  await store.write("same");
  expect((await store.read()).values).toEqual(["same", "same"]);
  await store.write(["a", "b"]);
  expect((await store.read()).values).toEqual(["a", "b"]);
  await store.write(new StringArray(["c"], [1]));
  expect((await store.read()).values).toEqual(["c", "c"]);
});

it("refuses values that are not strings, and a wrong count", async () => {
  const store = await open({ driver: "array", dtype: "string", array: ["x", "y"] }, { dtype: "string" });
  expect(await codeOf(() => store.write([1, 2] as unknown as string[]))).toBe("INVALID_ARGUMENT");
  expect(await codeOf(() => store.write(["a", "b", "c"]))).toBe("INVALID_ARGUMENT");
});

it("reads and writes JSON values in a file", async () => {
  const spec = { driver: "json", kvstore: `file://${folder}a.json` };
  const store = await open(spec, { dtype: "json", open: true, create: true });
  await store.write({ a: [1, null, "x"] });
  const { values, shape } = await (await open(spec, { dtype: "json" })).read();
  expect(shape).toEqual([]);
  expect(values).toEqual([{ a: [1, null, "x"] }]);
});

it("refuses strings in zarr, which TensorStore cannot store", async () => {
  const create = { dtype: "string", shape: [3], create: true } as const;
  expect(await codeOf(() => open({ driver: "zarr", kvstore: "memory://strings/" }, create))).toBe("INVALID_ARGUMENT");
});
