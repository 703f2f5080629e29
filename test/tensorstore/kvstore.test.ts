import { describe, expect, it } from "vitest";
import { Batch, KvStore, Transaction } from "../../src/tensorstore/index.js";
import { codeOf, tempFolder } from "./temp.js";

const folder = tempFolder();
const text = (value: Uint8Array) => new TextDecoder().decode(value);

describe.each(["memory://kv/", `file://${folder}kv/`])("a key-value store at %s", (url) => {
  it("stores, reads, lists and deletes", async () => {
    const kvstore = await KvStore.open(url);
    expect(await kvstore.get("a/x")).toMatchObject({ state: "missing" });
    const { written, generation } = await kvstore.set("a/x", "hello");
    expect(written).toBe(true);
    await kvstore.set("a/y", Uint8Array.of(1, 2, 3));
    await kvstore.set("b", "");
    const found = await kvstore.get("a/x");
    if (found.state !== "value") throw new Error(`found ${found.state}`);
    expect(text(found.value)).toBe("hello");
    expect(found.generation).toBe(generation);
    expect(found.time).toBeGreaterThan(Date.now() - 60_000);

    expect((await kvstore.list()).sort()).toEqual(["a/x", "a/y", "b"]);
    expect((await kvstore.list({ prefix: "a/", stripPrefix: true })).sort()).toEqual(["x", "y"]);
    expect(await kvstore.list({ range: { start: "a/y", end: "b" } })).toEqual(["a/y"]);
    const entries = await kvstore.entries({ prefix: "a/" });
    const sized = url.startsWith("memory:");
    expect(entries.sort((p, q) => (p.key < q.key ? -1 : 1))).toEqual([
      { key: "a/x", size: sized ? 5 : undefined },
      { key: "a/y", size: sized ? 3 : undefined },
    ]);
    expect(await kvstore.child("a/").get("y")).toMatchObject({ state: "value", value: Uint8Array.of(1, 2, 3) });

    await kvstore.delete("b");
    await kvstore.deleteRange({ prefix: "a/" });
    expect(await kvstore.list()).toEqual([]);
  });

  it("reads ranges of a value", async () => {
    const kvstore = await KvStore.open(`${url}ranges/`);
    await kvstore.set("k", "0123456789");
    const read = async (byteRange: Parameters<KvStore["get"]>[1] extends infer O ? O : never) => {
      const result = await kvstore.get("k", byteRange);
      return result.state === "value" ? text(result.value) : result.state;
    };
    expect(await read({ byteRange: { start: 2, end: 5 } })).toBe("234");
    expect(await read({ byteRange: { start: 7 } })).toBe("789");
    expect(await read({ byteRange: { suffixLength: 3 } })).toBe("789");
    expect(await read({ byteRange: { start: 0, end: 0 } })).toBe("");
    expect(await read({ byteRange: { suffixLength: 0 } })).toBe("");
    expect(await codeOf(() => read({ byteRange: { start: 5, end: 2 } }))).toBe("INVALID_ARGUMENT");
    expect(await codeOf(() => read({ byteRange: { start: 0, end: 11 } }))).toBe("INVALID_ARGUMENT");
  });

  it("writes on conditions", async () => {
    const kvstore = await KvStore.open(`${url}conditions/`);
    const first = await kvstore.set("k", "1", { ifEqual: null });
    expect(first.written).toBe(true);
    expect((await kvstore.set("k", "2", { ifEqual: null })).written).toBe(false);
    const second = await kvstore.set("k", "2", { ifEqual: first.generation! });
    expect(second.written).toBe(true);
    expect((await kvstore.set("k", "3", { ifEqual: first.generation! })).written).toBe(false);
    expect(await kvstore.get("k", { ifNotEqual: second.generation! })).toMatchObject({ state: "unspecified" });
    expect(await kvstore.get("k", { ifEqual: second.generation! })).toMatchObject({ state: "value" });
  });

  it("sends the reads of a batch together", async () => {
    const kvstore = await KvStore.open(`${url}batch/`);
    await kvstore.set("k", "0123456789");
    const batch = new Batch();
    const reads = [0, 4, 8].map((start) => kvstore.get("k", { batch, byteRange: { start, end: start + 2 } }));
    batch.submit();
    const values = await Promise.all(reads);
    expect(values.map((value) => (value.state === "value" ? text(value.value) : ""))).toEqual(["01", "45", "89"]);
    expect(batch.submitted).toBe(true);
    expect(await codeOf(() => kvstore.get("k", { batch }))).toBe("INVALID_ARGUMENT");
  });
});

describe("transactions", () => {
  it("show their writes to themselves only, until they are committed", async () => {
    const kvstore = await KvStore.open("memory://transaction/");
    const transaction = new Transaction();
    const inside = kvstore.withTransaction(transaction);
    await inside.set("k", "new");
    expect(transaction.open).toBe(true);
    expect((await inside.get("k")).state).toBe("value");
    expect((await kvstore.get("k")).state).toBe("missing");
    await transaction.commit();
    expect(transaction.state).toBe("settled");
    expect((await kvstore.get("k")).state).toBe("value");
  });

  it("drop their writes when they are aborted", async () => {
    const kvstore = await KvStore.open("memory://transaction/");
    const transaction = new Transaction({ atomic: true });
    await kvstore.withTransaction(transaction).set("aborted", "x");
    transaction.abort();
    expect(transaction.state).toBe("aborted");
    expect(await codeOf(() => transaction.commit())).toBe("CLOSED");
    expect((await kvstore.get("aborted")).state).toBe("missing");
  });
});

it("compares prefixes as bytes, beyond the basic plane too", async () => {
  const kvstore = await KvStore.open("memory://prefix/");
  for (const key of ["a", "\u{10ffff}x", "\u{d7ff}x", "\u{e000}x", "\u{ffff}x"]) await kvstore.set(key, "1");
  for (const prefix of ["\u{10ffff}", "\u{d7ff}", "\u{e000}", "\u{ffff}"]) {
    expect(await kvstore.list({ prefix })).toEqual([`${prefix}x`]);
  }
});
