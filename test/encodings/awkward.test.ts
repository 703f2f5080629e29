import { describe, expect, it } from "vitest";
import { AwkwardArray } from "../../src/elements/awkward.js";
import { type AwkwardForm, parseForm } from "../../src/elements/awkward-form.js";
import type { LazyArray } from "../../src/elements/lazy.js";
import { lazyFromValue } from "../../src/elements/memory.js";
import { selectElement } from "../../src/elements/select.js";
import { openContext, openNode } from "../../src/encodings/registry.js";
import { writeContext } from "../../src/encodings/write-context.js";
import {
  encoded,
  float64,
  MemoryWriter,
  memoryRoot,
  numbers,
  type ReadCounts,
  type Sketch,
  texts,
} from "./memory-store.js";

const FORM =
  '{"class": "ListOffsetArray", "offsets": "i64", "content": {"class": "NumpyArray", "primitive": "float64", "inner_shape": [], "parameters": {}, "form_key": "node1"}, "parameters": {}, "form_key": "node0"}';
const offsets = numbers(BigInt64Array.of(0n, 2n, 2n, 5n), "int64");

function stored(
  attributes: NonNullable<Sketch["attributes"]> = {},
  members: NonNullable<Sketch["members"]> = {},
): Sketch {
  return encoded("awkward-array", "0.1.0", {
    attributes: { form: FORM, length: 3, ...attributes },
    members: {
      "node0-offsets": encoded("array", "0.2.0", { value: offsets }),
      "node1-data": encoded("array", "0.2.0", { value: float64(1, 2, 3, 4, 5) }),
      ...members,
    },
  });
}

async function open(x: Sketch, counts?: ReadCounts): Promise<LazyArray> {
  const root = memoryRoot({ x }, counts);
  return (await openNode((await root.get("x"))!, openContext(root))) as LazyArray;
}

describe("a stored awkward array", () => {
  it("is listed with its type and length", async () => {
    const element = await open(stored());
    expect(element.info).toMatchObject({ encoding: "awkward-array", dtype: "var * float64", shape: [3] });
    expect(element.shape).toEqual([3]);
    expect(await element.storedBytes()).toBe(offsets.data.byteLength + 40);
  });

  it("is read whole, and by rows: what they do not need is not read", async () => {
    const counts: ReadCounts = new Map();
    const element = await open(stored(), counts);
    expect(await ((await element.read()) as AwkwardArray).toNested()).toEqual([[1, 2], [], [3, 4, 5]]);
    counts.clear();
    const part = await selectElement(element, [{ kind: "range", start: 0, step: 1, count: 1 }]).read();
    expect(await (part as AwkwardArray).toNested()).toEqual([[1, 2]]);
    expect(counts.get("x/node1-data")).toBe(2);
  });

  it.each([
    ["no form", stored({ form: null })],
    ["no length", stored({ length: null })],
    ["a negative length", stored({ length: -1 })],
    ["a form that is none", stored({ form: "{}" })],
    ["a buffer that is a group", stored({}, { "node1-data": { members: {} } })],
  ])("with %s does not open", async (_, sketch) => {
    await expect(open(sketch)).rejects.toMatchObject({ code: "CORRUPT", path: expect.stringMatching(/^x/) });
  });

  it.each([
    ["too large a length", stored({ length: 4 })],
    ["buffers of strings", stored({}, { "node1-data": { value: texts("a", "b", "c", "d", "e") } })],
  ])("with %s is CORRUPT when it is read", async (_, sketch) => {
    await expect((await open(sketch)).read()).rejects.toMatchObject({ code: "CORRUPT" });
  });
});

describe("an awkward array is written", () => {
  it("buffer by buffer as it is stored", async () => {
    const writer = new MemoryWriter(2);
    await writeContext().write(writer, "x", await open(stored()));
    expect(writer.members.x!.attributes).toEqual(stored().attributes);
    expect(writer.writes.filter(({ path }) => path === "x/node1-data").length).toBeGreaterThan(0);
    expect(await ((await (await open(writer.members.x!)).read()) as AwkwardArray).toNested()).toEqual([
      [1, 2],
      [],
      [3, 4, 5],
    ]);
  });

  it.each(["in memory", "of selected rows"])("%s, packed", async (which) => {
    const value = new AwkwardArray(
      parseForm(FORM, "x") as AwkwardForm,
      2,
      new Map([
        ["node0-offsets", numbers(BigInt64Array.of(1n, 2n, 4n), "int64")],
        ["node1-data", float64(9, 1, 2, 3, 9)],
      ]),
    );
    const inMemory = lazyFromValue(value, "x");
    const source =
      which === "in memory" ? inMemory : selectElement(inMemory, [{ kind: "range", start: 1, step: -1, count: 2 }]);
    const writer = new MemoryWriter(2);
    await writeContext().write(writer, "x", source);
    const back = (await (await open(writer.members.x!)).read()) as AwkwardArray;
    expect(await back.toNested()).toEqual(which === "in memory" ? [[1], [2, 3]] : [[2, 3], [1]]);
    expect(back.buffers.get("node1-data")!.length).toBe(3);
    expect(writer.members.x!.members!["node1-data"]!.attributes).toEqual({
      "encoding-type": "array",
      "encoding-version": "0.2.0",
    });
  });

  it("not where readers do not know it", async () => {
    const written = writeContext({ compat: "anndata-0.8" }).write(new MemoryWriter(2), "x", await open(stored()));
    await expect(written).rejects.toMatchObject({
      code: "UNSUPPORTED",
      path: "x",
      message: expect.stringContaining("0.9"),
    });
  });
});
