import { describe, expect, it } from "vitest";
import type { DenseArray } from "../../src/elements/dense.js";
import type { AnnData } from "../../src/index.js";
import { recorded, sampleElements } from "./sample.js";

const table = (length: number, prefix: string) => ({
  names: Array.from({ length }, (_, i) => `${prefix}${i}`),
  columns: { n: { kind: "numeric" as const, values: Array.from({ length }, (_, i) => i) } },
});
const sample = () => recorded(sampleElements(table(10, "c"), table(3, "g")));
const rowsRead = (reads: readonly { path: string; count?: number | undefined }[]) =>
  reads.filter((read) => read.path === "X").reduce((sum, read) => sum + (read.count ?? 0), 0);
const pause = () => new Promise((resolve) => setTimeout(resolve, 20));

describe("batches", () => {
  it("give every observation once and in order, the last batch what is left", async () => {
    const { adata } = await sample();
    const sizes: number[] = [];
    const values: number[] = [];
    for await (const batch of adata.select({ obs: { step: -1 } }).batches({ size: 4 })) {
      sizes.push(batch.nObs);
      expect(batch.nVars).toBe(3);
      expect(await batch.obsNames()).toEqual((await batch.obs.column("_index")) as string[]);
      values.push(...((await batch.X.read({ var: [0] })) as DenseArray<"float64">).data);
    }
    expect(sizes).toEqual([4, 4, 2]);
    expect(values).toEqual([9, 8, 7, 6, 5, 4, 3, 2, 1, 0].map((row) => row * 1000));
  });

  it("read one batch ahead and no more while the caller is busy", async () => {
    const { adata, reads } = await sample();
    const batches = adata.batches({ size: 2 });
    await batches.next();
    await pause();
    expect(rowsRead(reads)).toBe(4);
    await batches.next();
    await pause();
    expect(rowsRead(reads)).toBe(6);
    await batches.return(undefined);
    await pause();
    expect(rowsRead(reads)).toBe(6);
  });

  it("read the table of variables once, and only what is asked for", async () => {
    const { adata, reads } = await sample();
    const batches: AnnData[] = [];
    for await (const batch of adata.batches({ size: 5, elements: ["layers/counts", "obs/n"] })) batches.push(batch);
    expect(batches.map((batch) => batch.hasX)).toEqual([false, false]);
    expect(batches.map((batch) => batch.layers.keys())).toEqual([["counts"], ["counts"]]);
    expect(reads.filter((read) => read.path === "var")).toEqual([{ path: "var", columns: [], count: undefined }]);
    expect(reads.filter((read) => read.path === "X")).toEqual([]);
  });

  it("reject with the signal's reason and stop reading", async () => {
    const { adata, reads } = await sample();
    const controller = new AbortController();
    const batches = adata.batches({ size: 2, signal: controller.signal });
    await batches.next();
    controller.abort("enough");
    await expect(batches.next().then(() => batches.next())).rejects.toBe("enough");
    const before = rowsRead(reads);
    await pause();
    expect(rowsRead(reads)).toBe(before);
  });

  it("refuse a size that is no positive integer, and an unknown element", async () => {
    const { adata } = await sample();
    await expect(adata.batches({ size: 0 }).next()).rejects.toMatchObject({ code: "INVALID_ARGUMENT" });
    await expect(adata.batches({ elements: ["layers/count"] }).next()).rejects.toMatchObject({
      code: "NOT_FOUND",
      message: expect.stringContaining('did you mean "layers/counts"'),
    });
  });

  it("are none where nothing is selected", async () => {
    const { adata } = await sample();
    expect(await adata.select({ obs: [] }).batches().next()).toEqual({ done: true, value: undefined });
  });
});
