import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { AtsError, KvStore, open, Spec } from "../../src/tensorstore/index.js";
import { codeOf, tempFolder } from "./temp.js";

const folder = tempFolder();
let count = 0;

/** A stored zarr v2 array of four values in one chunk, and its folder. */
async function stored(
  compressor: { id: string } | null,
): Promise<{ path: string; spec: { driver: string; kvstore: string } }> {
  const path = `${folder}${count++}`;
  const spec = { driver: "zarr", kvstore: `file://${path}/` };
  const metadata = { compressor, shape: [4], chunks: [4], dtype: "<i4" };
  await (await open({ ...spec, metadata }, { create: true, dtype: "int32" })).write(Int32Array.of(1, 2, 3, 4));
  return { path, spec };
}

describe("an error", () => {
  it("carries code, path and cause", async () => {
    const error = await open({ driver: "zarr3", kvstore: `file://${folder}none/` }).catch((e: unknown) => e);
    expect(error).toBeInstanceOf(AtsError);
    const { code, path, cause, message } = error as AtsError;
    expect(code).toBe("NOT_FOUND");
    expect(path).toBe(`${folder}none/`);
    expect(cause).toBeInstanceOf(Error);
    expect(message).toContain("zarr.json");
  });

  it.each([
    ["a driver that does not exist", { driver: "nothing" }],
    ["a member that does not exist", { driver: "zarr3", kvstore: "memory://", nothing: 1 }],
    ["a value of the wrong type", { driver: "zarr3", kvstore: "memory://", metadata: { shape: "x" } }],
    ["no driver", {}],
    ["a URL without a scheme", "nothing"],
    ["a URL of another scheme", "gopher://x/|zarr3:"],
  ])("for %s is INVALID_ARGUMENT", async (_, spec) => {
    expect(await codeOf(() => open(spec as string))).toBe("INVALID_ARGUMENT");
    expect(() => Spec.from(spec as string)).toThrow(expect.objectContaining({ code: "INVALID_ARGUMENT" }));
  });

  it("for a schema that the stored array contradicts is INVALID_ARGUMENT", async () => {
    const { spec } = await stored(null);
    expect(await codeOf(() => open(spec, { dtype: "float32" }))).toBe("INVALID_ARGUMENT");
    expect(await codeOf(() => open(spec, { shape: [5] }))).toBe("INVALID_ARGUMENT");
    expect(await codeOf(() => open(spec, { rank: 33 }))).toBe("INVALID_ARGUMENT");
  });

  it("for an array that exists is ALREADY_EXISTS", async () => {
    const { spec } = await stored(null);
    expect(await codeOf(() => open(spec, { dtype: "int32", shape: [4], create: true }))).toBe("ALREADY_EXISTS");
  });

  it("for what a driver cannot do is INVALID_ARGUMENT or UNSUPPORTED", async () => {
    const view = (await open({ driver: "array", dtype: "int32", array: [1, 2] })).downsample([2], "stride");
    expect(await codeOf(() => view.write(1 as never))).toBe("INVALID_ARGUMENT");
  });

  it("of the operating system is IO", async () => {
    writeFileSync(`${folder}plain`, "a file, not a folder");
    expect(await codeOf(async () => (await KvStore.open(`file://${folder}plain/`)).set("x", "y"))).toBe("IO");
    const { path, spec } = await stored(null);
    const store = await open(spec);
    mkdirSync(`${path}/1`);
    expect(await codeOf(async () => (await KvStore.open(spec.kvstore)).set("1", "y"))).toBe("IO");
    expect(await codeOf(() => store.read())).toBeUndefined();
  });
});

describe("damage", () => {
  it.each([
    ["a chunk that is too short", null, (bytes: Buffer) => bytes.subarray(0, 7)],
    ["an empty chunk", null, () => Buffer.alloc(0)],
    ["a chunk that is too long", null, (bytes: Buffer) => Buffer.concat([bytes, bytes])],
    ["a cut zlib stream", { id: "zlib" }, (bytes: Buffer) => bytes.subarray(0, bytes.length - 6)],
    ["zlib with a flipped byte", { id: "zlib" }, (bytes: Buffer) => flip(bytes, bytes.length - 2)],
    ["a cut blosc header", { id: "blosc" }, (bytes: Buffer) => bytes.subarray(0, 10)],
    ["zstd that is something else", { id: "zstd" }, () => Buffer.from("not zstd at all")],
  ])("%s is CORRUPT", async (_, compressor, damage) => {
    const { path, spec } = await stored(compressor);
    writeFileSync(`${path}/0`, damage(readFileSync(`${path}/0`)));
    const error = await (await open(spec)).read().catch((e: unknown) => e);
    expect(error).toMatchObject({ code: "CORRUPT", path: `${path}/` });
  });

  it.each([
    ["empty metadata", ""],
    ["metadata cut short", '{"zarr_format": 2, "sh'],
    ["metadata of another kind", "[1, 2]"],
    [
      "a negative shape",
      '{"zarr_format":2,"shape":[-1],"chunks":[4],"dtype":"<i4","compressor":null,"fill_value":null,"order":"C","filters":null}',
    ],
    [
      "a chunk of zero",
      '{"zarr_format":2,"shape":[4],"chunks":[0],"dtype":"<i4","compressor":null,"fill_value":null,"order":"C","filters":null}',
    ],
  ])("%s is CORRUPT", async (_, text) => {
    const { path, spec } = await stored(null);
    writeFileSync(`${path}/.zarray`, text);
    expect(await codeOf(() => open(spec))).toBe("CORRUPT");
  });
});

it("a result that no array can hold is LIMIT_EXCEEDED, before anything is read", async () => {
  const options = { dtype: "float64", shape: [2 ** 40, 2 ** 20], create: true } as const;
  const store = await open(
    { driver: "zarr3", kvstore: "memory://huge/" },
    { ...options, chunkLayout: { readChunk: [1, 1] } },
  );
  expect(store.shape).toEqual([2 ** 40, 2 ** 20]);
  await expect(store.read()).rejects.toMatchObject({ code: "LIMIT_EXCEEDED" });
  expect((await store.slice(2 ** 40 - 1, 7).read()).data).toEqual(Float64Array.of(0));
});

function flip(bytes: Buffer, at: number): Buffer {
  const changed = Buffer.from(bytes);
  changed[at] = (changed[at] as number) ^ 0xff;
  return changed;
}
