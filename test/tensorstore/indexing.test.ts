import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { IndexTransform, open, type TensorStore } from "../../src/tensorstore/index.js";
import { codeOf } from "./temp.js";

const ROWS = 23;
const COLUMNS = 17;
let store: TensorStore<"int32">;

beforeAll(async () => {
  store = await open(
    { driver: "zarr3", kvstore: "memory://grid/" },
    { dtype: "int32", shape: [ROWS, COLUMNS], chunkLayout: { readChunk: [5, 4] }, create: true },
  );
  await store.write(Int32Array.from({ length: ROWS * COLUMNS }, (_, i) => i));
});

const at = (row: number, column: number) => row * COLUMNS + column;

describe("slice", () => {
  it("keeps the coordinates of the domain", async () => {
    const view = store.slice({ start: 5, stop: 9 }, { start: 2, stop: 12, step: 3 });
    expect(view.domain.origin).toEqual([5, 0]);
    expect(view.shape).toEqual([4, 4]);
    expect(Array.from((await view.read()).data).slice(0, 4)).toEqual([2, 5, 8, 11].map((c) => at(5, c)));
    expect(view.translateTo(0).domain.origin).toEqual([0, 0]);
    expect(view.slice(6).shape).toEqual([4]);
  });

  it("goes backwards with a negative step", async () => {
    const { data } = await store.slice({ start: 4, stop: null, step: -2 }, 0).read();
    expect(Array.from(data)).toEqual([at(4, 0), at(2, 0), at(0, 0)]);
  });

  it("drops a dimension for an index, number or bigint", async () => {
    expect((await store.slice(3, 2n).read()).data).toEqual(Int32Array.of(at(3, 2)));
  });

  it("refuses what is outside the domain", async () => {
    for (const selector of [ROWS, -1, { start: 0, stop: 99 }, { start: 5, stop: 2 }, 1.5, Number.NaN, { step: 0 }]) {
      expect(await codeOf(() => store.slice(selector).read()), JSON.stringify(selector)).toBe("INVALID_ARGUMENT");
    }
    expect(await codeOf(() => store.slice(0, 0, 0))).toBe("INVALID_ARGUMENT");
  });
});

describe("oindex", () => {
  const rows = fc.array(fc.nat(ROWS - 1), { maxLength: 40 });
  const columns = fc.array(fc.nat(COLUMNS - 1), { maxLength: 40 });

  it("gives rows and columns in request order, duplicates and all", async () => {
    await fc.assert(
      fc.asyncProperty(rows, columns, async (rs, cs) => {
        const { data, shape } = await store.oindex(rs, Int32Array.from(cs)).read();
        expect(shape).toEqual([rs.length, cs.length]);
        expect(Array.from(data)).toEqual(rs.flatMap((r) => cs.map((c) => at(r, c))));
      }),
      { numRuns: 300 },
    );
  });

  it("composes with itself and with slices", async () => {
    await fc.assert(
      fc.asyncProperty(rows, fc.infiniteStream(fc.nat()), fc.nat(COLUMNS - 1), async (rs, picks, column) => {
        fc.pre(rs.length > 0);
        const second = Array.from(picks.take(5), (pick) => pick % rs.length);
        const { data } = await store.oindex(rs).slice(null, { start: column }).oindex(second, [column]).read();
        expect(Array.from(data)).toEqual(second.map((i) => at(rs[i]!, column)));
      }),
      { numRuns: 100 },
    );
  });

  it.each([Int8Array, Uint8Array, Int16Array, Uint16Array, Int32Array, Uint32Array, Float64Array] as const)(
    "takes a %o",
    async (array) => {
      expect(Array.from((await store.oindex(array.of(3, 1, 3), 0).read()).data)).toEqual(
        [3, 1, 3].map((r) => at(r, 0)),
      );
    },
  );

  it("takes bigints", async () => {
    for (const indices of [[3n, 1n], BigInt64Array.of(3n, 1n), BigUint64Array.of(3n, 1n)]) {
      expect(Array.from((await store.oindex(indices, 0).read()).data)).toEqual([at(3, 0), at(1, 0)]);
    }
  });

  it("takes indices with a shape of their own", async () => {
    const { shape, data } = await store.oindex({ data: [3, 1, 0, 2], shape: [2, 2] }, [5]).read();
    expect(shape).toEqual([2, 2, 1]);
    expect(Array.from(data)).toEqual([3, 1, 0, 2].map((r) => at(r, 5)));
  });

  it("refuses indices outside the domain when it is called, not when it reads", () => {
    expect(() => store.oindex([0, ROWS])).toThrow(expect.objectContaining({ code: "INVALID_ARGUMENT" }));
    expect(() => store.oindex([-1])).toThrow(/-1/);
    expect(() => store.oindex([0.5])).toThrow(expect.objectContaining({ code: "INVALID_ARGUMENT" }));
    expect(() => store.oindex([Number.NaN])).toThrow(expect.objectContaining({ code: "INVALID_ARGUMENT" }));
    expect(() => store.oindex(BigUint64Array.of(2n ** 63n))).toThrow(
      expect.objectContaining({ code: "INVALID_ARGUMENT" }),
    );
  });
});

describe("vindex", () => {
  it("gives points, broadcasting index arrays against each other", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(fc.nat(ROWS - 1), fc.nat(COLUMNS - 1)), { maxLength: 30 }), async (points) => {
        const rows = points.map(([row]) => row);
        const columns = points.map(([, column]) => column);
        const { data } = await store.vindex(rows, columns).read();
        expect(Array.from(data)).toEqual(points.map(([r, c]) => at(r, c)));
      }),
      { numRuns: 100 },
    );
    const outer = await store.vindex({ data: [1, 2], shape: [2, 1] }, [3, 4, 5]).read();
    expect(outer.shape).toEqual([2, 3]);
    expect(Array.from(outer.data)).toEqual([1, 2].flatMap((r) => [3, 4, 5].map((c) => at(r, c))));
  });

  it("puts the dimensions of the arrays first", async () => {
    const view = store.vindex({ start: 2, stop: 5 }, [7, 3]);
    expect(view.shape).toEqual([2, 3]);
    expect(Array.from((await view.read()).data)).toEqual([7, 3].flatMap((c) => [2, 3, 4].map((r) => at(r, c))));
  });

  it("refuses arrays that do not broadcast", () => {
    expect(() => store.vindex([1, 2], [1, 2, 3])).toThrow(expect.objectContaining({ code: "INVALID_ARGUMENT" }));
  });
});

describe("other views", () => {
  it("transposes", async () => {
    const view = store.slice({ start: 0, stop: 2 }, { start: 0, stop: 3 }).transpose();
    expect(view.shape).toEqual([3, 2]);
    expect(Array.from((await view.read()).data)).toEqual([0, 1, 2].flatMap((c) => [0, 1].map((r) => at(r, c))));
    expect(store.transpose([1, 0]).shape).toEqual([COLUMNS, ROWS]);
    expect(() => store.transpose([0])).toThrow(expect.objectContaining({ code: "INVALID_ARGUMENT" }));
    expect(() => store.transpose([0, 0])).toThrow(expect.objectContaining({ code: "INVALID_ARGUMENT" }));
  });

  it("moves and names dimensions", () => {
    const view = store.translateTo([10, null]).label("cell", "gene");
    expect(view.domain.origin).toEqual([10, 0]);
    expect(view.domain.labels).toEqual(["cell", "gene"]);
    expect(String(view.domain)).toBe('{ "cell": [10, 33), "gene": [0, 17) }');
    expect(() => store.label("a", "a")).toThrow(expect.objectContaining({ code: "INVALID_ARGUMENT" }));
  });

  it("applies a transform made without a store", async () => {
    const transform = IndexTransform.identity({ shape: [ROWS, COLUMNS] }).oindex([4, 2], 1);
    expect(transform.domain.shape).toEqual([2]);
    expect(transform.outputRank).toBe(2);
    expect(Array.from((await store.apply(transform).read()).data)).toEqual([at(4, 1), at(2, 1)]);
    expect(IndexTransform.fromJSON(transform.toJSON()).domain).toEqual(transform.domain);
    expect(store.oindex([4, 2], 1).transform.toJSON()).toEqual(transform.toJSON());
  });

  it("refuses more dimensions than TensorStore has", () => {
    const shape = Array<number>(33).fill(1);
    expect(() => IndexTransform.identity({ shape })).toThrow(expect.objectContaining({ code: "INVALID_ARGUMENT" }));
    expect(() => store.oindex({ data: [0], shape })).toThrow(expect.objectContaining({ code: "INVALID_ARGUMENT" }));
    const wide = { data: [0], shape: Array<number>(32).fill(1) };
    expect(() => store.oindex(wide, wide)).toThrow(expect.objectContaining({ code: "INVALID_ARGUMENT" }));
    expect(() => store.vindex(wide)).toThrow(expect.objectContaining({ code: "INVALID_ARGUMENT" }));
  });
});
