import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { Shared } from "../../src/encodings/shared.js";

/** A value that takes a moment, counts how often it is begun, and stops with its signal. */
function counted() {
  const begun: AbortSignal[] = [];
  const shared = new Shared(async ({ signal }) => {
    begun.push(signal as AbortSignal);
    await sleep(20, undefined, { signal }).catch(() => signal?.throwIfAborted());
    return begun.length;
  });
  return { begun, shared };
}

describe("a shared value", () => {
  it("is made once for all who want it, while it is made and later", async () => {
    const { begun, shared } = counted();
    expect(await Promise.all([shared.get({}), shared.get({})])).toEqual([1, 1]);
    expect(await shared.get({ signal: new AbortController().signal })).toBe(1);
    expect(begun).toHaveLength(1);
  });

  it("goes on for those who wait where one stops, also for who comes in the same turn", async () => {
    const { begun, shared } = counted();
    const stop = new AbortController();
    const stopped = shared.get({ signal: stop.signal });
    await sleep(1);
    stop.abort(new Error("enough"));
    const late = shared.get({});
    await expect(stopped).rejects.toThrow("enough");
    expect(await late).toBe(1);
    expect(begun).toHaveLength(1);
  });

  it("is stopped by the last who waits, and made again for the next", async () => {
    const { begun, shared } = counted();
    const stop = new AbortController();
    const stopped = shared.get({ signal: stop.signal });
    stop.abort(new Error("enough"));
    await expect(stopped).rejects.toThrow("enough");
    expect(begun[0]?.aborted).toBe(true);
    expect(await shared.get({})).toBe(2);
  });

  it("is made again after a failure, which all who waited are told", async () => {
    let failing = true;
    const shared = new Shared(async () => {
      if (failing) throw new Error("broken");
      return 7;
    });
    const all = await Promise.allSettled([shared.get({}), shared.get({})]);
    expect(all.map(({ status }) => status)).toEqual(["rejected", "rejected"]);
    failing = false;
    expect(await shared.get({})).toBe(7);
  });

  it("is handed over by close, after which there is none", async () => {
    const { shared } = counted();
    await shared.get({});
    expect(await shared.close()).toBe(1);
    await expect(shared.get({})).rejects.toThrow("closed");
    const { begun, shared: early } = counted();
    const pending = early.get({});
    pending.catch(() => undefined);
    expect(await early.close()).toBeUndefined();
    await expect(pending).rejects.toThrow("closed");
    expect(begun[0]?.aborted).toBe(true);
  });
});
