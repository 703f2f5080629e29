import { describe, expect, it } from "vitest";
import { Categorical } from "../../src/elements/categorical.js";
import { Frame } from "../../src/elements/frame.js";
import type { LazyElement } from "../../src/elements/lazy.js";
import { lazyFromValue } from "../../src/elements/memory.js";
import { NullableArray } from "../../src/elements/nullable.js";
import { StringArray } from "../../src/elements/strings.js";
import type { Value } from "../../src/elements/values.js";
import { COMPAT_LEVELS, type CompatLevel, zarrFormatOf } from "../../src/encodings/compat.js";
import { openContext, openNode } from "../../src/encodings/registry.js";
import { writeContext } from "../../src/encodings/write-context.js";
import { int32, MemoryWriter, memoryRoot, type Sketch, texts } from "./memory-store.js";

const missing = new StringArray(["b", null, "a", "\u{10000}", "\uffff"], [5], "NA");
const complete = new StringArray(["b", "a"], [2], "NaN");
/** Distinct strings in the order of their code points, which is Python's; JavaScript's puts U+10000 before U+FFFF. */
const coded = new Categorical(Int8Array.of(1, -1, 0, 3, 2), texts("a", "b", "\uffff", "\u{10000}"));

async function write(value: Value, compat: CompatLevel | undefined, warnings: string[] = []): Promise<Sketch> {
  const writer = new MemoryWriter(2);
  const context = writeContext({ compat, onWarning: (message) => warnings.push(message) });
  await context.write(writer, "x", lazyFromValue({ value }, ""));
  return writer.members.x!;
}

async function read(x: Sketch): Promise<Value> {
  const root = memoryRoot({ x });
  const element: LazyElement = await openNode((await root.get("x"))!, openContext(root));
  return element.read();
}

const OLD: readonly CompatLevel[] = ["portable", "anndata-0.8", "anndata-0.9", "anndata-0.10"];
const levels = (some: readonly CompatLevel[]) => COMPAT_LEVELS.filter((level) => some.includes(level));

describe("nullable strings", () => {
  it.each(levels(OLD))("are categories in %s where one is missing, else plain strings", async (level) => {
    expect(await read(await write(missing, level))).toEqual({ value: coded });
    expect(await read(await write(complete, level))).toEqual({ value: texts("b", "a") });
    const frame = new Frame(complete, new Map([["c", new StringArray([null, null], [2], "NaN")]]));
    expect(await read(await write(frame, level))).toEqual({
      value: new Frame(texts("b", "a"), new Map([["c", new Categorical(Int8Array.of(-1, -1), texts())]])),
    });
  });

  it.each(COMPAT_LEVELS.filter((level) => !OLD.includes(level)))("are themselves in %s", async (level) => {
    expect(await read(await write(missing, level))).toEqual({ value: missing });
    expect(await read(await write(complete, level))).toEqual({ value: complete });
  });
});

describe("null", () => {
  const known: readonly CompatLevel[] = ["portable", "anndata-0.12", "anndata-0.13", "latest"];

  it.each(levels(known))("is itself in %s", async (level) => {
    expect(await read(await write(null, level))).toEqual({ value: null });
  });

  it.each(COMPAT_LEVELS.filter((level) => !known.includes(level)))(
    "is left out in %s, with a warning",
    async (level) => {
      const warnings: string[] = [];
      expect(await read(await write(null, level, warnings))).toEqual({});
      expect(warnings).toEqual([expect.stringContaining("value is null")]);
    },
  );
});

describe("levels", () => {
  it.each(COMPAT_LEVELS)("%s keeps nullable numbers, which anndata reads since 0.8", async (level) => {
    const value = new NullableArray(int32(1, 0), Uint8Array.of(0, 1));
    expect(await read(await write(value, level))).toEqual({ value });
  });

  it("portable is the default, and others are refused", async () => {
    expect(await read(await write(missing, undefined))).toEqual({ value: coded });
    expect(() => writeContext({ compat: "anndata-0.1" as CompatLevel })).toThrowError(
      expect.objectContaining({ code: "INVALID_ARGUMENT", message: expect.stringContaining("portable") }),
    );
    expect(() => writeContext({ compat: "constructor" as CompatLevel })).toThrowError(
      expect.objectContaining({ code: "INVALID_ARGUMENT" }),
    );
  });
});

describe("Zarr", () => {
  it("is of version 2 for anndata before 0.12", () => {
    const two = COMPAT_LEVELS.filter((level) => zarrFormatOf(level) === 2);
    expect(two).toEqual(["anndata-0.8", "anndata-0.9", "anndata-0.10", "anndata-0.11"]);
    expect(zarrFormatOf()).toBe(3);
  });
});
