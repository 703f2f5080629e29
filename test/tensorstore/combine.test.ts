import { expect, it } from "vitest";
import { buildInfo, concat, metrics, open, overlay, Spec, stack } from "../../src/tensorstore/index.js";

const array = (values: unknown) =>
  open({ driver: "array", dtype: "int32", array: values as number[] }, { dtype: "int32" });

it("concat puts arrays one after the other", async () => {
  const joined = concat(
    [
      await array([[1, 2]]),
      await array([
        [3, 4],
        [5, 6],
      ]),
    ],
    0,
  );
  expect(joined.shape).toEqual([3, 2]);
  expect((await joined.read()).data).toEqual(Int32Array.of(1, 2, 3, 4, 5, 6));
});

it("stack adds a dimension", async () => {
  const stacked = stack([await array([1, 2]), await array([3, 4])], 1);
  expect(stacked.shape).toEqual([2, 2]);
  expect((await stacked.read()).data).toEqual(Int32Array.of(1, 3, 2, 4));
});

it("overlay shows the later array where they overlap", async () => {
  const over = overlay([await array([1, 2, 3]), (await array([9])).translateTo(1)]);
  expect((await over.read()).data).toEqual(Int32Array.of(1, 9, 3));
});

it("refuses arrays that do not fit", async () => {
  const layers = [await array([[1, 2]]), await array([3])];
  expect(() => concat(layers, 0)).toThrow(expect.objectContaining({ code: "INVALID_ARGUMENT" }));
  expect(() => stack(layers, 0)).toThrow(expect.objectContaining({ code: "INVALID_ARGUMENT" }));
  expect(() => concat(layers, 64)).toThrow(expect.objectContaining({ code: "INVALID_ARGUMENT" }));
});

it("downsample takes one value of each block", async () => {
  const store = (await array([1, 3, 5, 7])).downsample([2], "mean");
  expect((await store.read()).data).toEqual(Int32Array.of(2, 6));
  await expect(async () => store.downsample([2], "sum" as never)).rejects.toMatchObject({ code: "INVALID_ARGUMENT" });
});

it("a spec carries a view and a schema, and opens again", async () => {
  const store = (await array([1, 2, 3])).slice({ start: 1 });
  const spec = store.spec();
  expect(spec.domain?.shape).toEqual([2]);
  expect(spec.rank).toBe(1);
  const again = await open(Spec.from(spec.toJSON() as never), { dtype: "int32" });
  expect((await again.read()).data).toEqual(Int32Array.of(2, 3));
  const zarr = Spec.from({ driver: "zarr3", kvstore: "memory://x/" }).with({ dtype: "int8", shape: [4] });
  expect(zarr.schema).toMatchObject({ dtype: "int8" });
  expect(zarr.slice({ start: 1 }).domain?.shape).toEqual([3]);
  expect(() => zarr.with({ dtype: "int16" })).toThrow(expect.objectContaining({ code: "INVALID_ARGUMENT" }));
});

it("every driver that buildInfo names is there", () => {
  const { drivers, kvstores, tensorstore } = buildInfo();
  expect(tensorstore).toMatch(/^\d+\.\d+\.\d+$/);
  for (const driver of drivers) expect(messageOf({ driver })).not.toMatch(/not a registered/);
  for (const driver of kvstores) {
    expect(messageOf({ driver: "zarr3", kvstore: { driver } })).not.toMatch(/not a registered/);
  }
  expect(messageOf({ driver: "s4" })).toMatch(/not a registered/);
});

function messageOf(spec: { driver: string; kvstore?: { driver: string } }): string {
  try {
    Spec.from(spec);
    return "";
  } catch (error) {
    return (error as Error).message;
  }
}

it("metrics count what was read", async () => {
  const name = "/tensorstore/kvstore/file/read";
  const before = metrics(name)[name] as number;
  await expect(open("file:///nowhere/|zarr3:")).rejects.toMatchObject({ code: "NOT_FOUND" });
  expect(metrics(name)[name]).toBeGreaterThan(before);
});
