import { describe, expect, it } from "vitest";
import { execute, type PlannedRead } from "../../src/plan/plan.js";

function planned<T>(path: string, read: PlannedRead<T>["read"]): PlannedRead<T> {
  return { path, shape: [], selection: [], touches: async () => [], read };
}

describe("execute", () => {
  it("gives the results in the order of the plan, whichever read ends first", async () => {
    const delays = [30, 1, 20, 5, 10, 0];
    const reads = delays.map((delay, i) =>
      planned(`e${i}`, () => new Promise<number>((resolve) => setTimeout(resolve, delay, i))),
    );
    expect(await execute({ reads })).toEqual([0, 1, 2, 3, 4, 5]);
  });

  it("reads no more than four elements at once", async () => {
    let running = 0;
    let most = 0;
    const reads = Array.from({ length: 12 }, (_, i) =>
      planned(`e${i}`, async () => {
        most = Math.max(most, ++running);
        await new Promise((resolve) => setTimeout(resolve, 2));
        running--;
      }),
    );
    await execute({ reads });
    expect(most).toBe(4);
  });

  it("rejects with the first failure, aborts the reads under way and starts no more", async () => {
    const failure = new Error("damaged");
    const started: string[] = [];
    const aborted: string[] = [];
    const reads = ["a", "b", "c", "d", "e", "f"].map((path) =>
      planned(path, (options) => {
        started.push(path);
        return new Promise<never>((_, reject) => {
          if (path === "b") setTimeout(reject, 5, failure);
          options?.signal?.addEventListener("abort", () => {
            aborted.push(path);
            reject(options.signal?.reason);
          });
        });
      }),
    );
    await expect(execute({ reads })).rejects.toBe(failure);
    expect(started).toEqual(["a", "b", "c", "d"]);
    expect(aborted).toEqual(expect.arrayContaining(["a", "c", "d"]));
  });

  it("lets a read listen to its signal as often as it likes", async () => {
    const warnings: Error[] = [];
    const keep = (warning: Error) => warnings.push(warning);
    process.on("warning", keep);
    const listenOften = async (options?: { signal?: AbortSignal | undefined }) => {
      for (let i = 0; i < 50; i++) options?.signal?.addEventListener("abort", () => i);
    };
    await execute({ reads: [planned("a", listenOften)] });
    await new Promise((resolve) => setImmediate(resolve));
    process.off("warning", keep);
    expect(warnings).toEqual([]);
  });

  it("rejects with the signal's reason", async () => {
    const controller = new AbortController();
    const read = (options?: { signal?: AbortSignal | undefined }) =>
      new Promise<never>((_, reject) => {
        options?.signal?.addEventListener("abort", () => reject(options.signal?.reason));
      });
    const pending = execute({ reads: [planned("a", read)] }, { signal: controller.signal });
    controller.abort("enough");
    await expect(pending).rejects.toBe("enough");
    await expect(execute({ reads: [planned("a", read)] }, { signal: controller.signal })).rejects.toBe("enough");
  });
});
