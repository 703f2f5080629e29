import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import {
  AnnData,
  convert,
  defineEncoding,
  type Encoding,
  open,
  StringArray,
  type Value,
  write,
} from "../../src/index.js";

/** Strings that are stored under a name of their own. */
const shout: Encoding = defineEncoding({
  type: "shout",
  versions: ["1"],
  async open(node) {
    return {
      kind: "lazy-value",
      info: {
        path: node.path,
        encoding: "shout",
        encodingVersion: "1",
        dtype: "string",
        shape: null,
        layout: null,
        nnz: null,
      },
      storedBytes: async () => undefined,
      read: async () =>
        node.kind === "array" ? (((await node.read()) as StringArray).values[0]?.toUpperCase() ?? null) : null,
    };
  },
  async write(group, name, element) {
    const text = String(await element.read()).toLowerCase();
    const attributes = { "encoding-type": "shout", "encoding-version": "1" };
    const writer = await group.array(name, { dtype: "string", shape: [], attributes });
    await writer.write([], new StringArray([text], []));
  },
});
/** The same in the place of `string`, so that a store gets some of it. */
const instead: Encoding = { ...shout, type: "string", versions: ["0.2.0"] };

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "ats-encodings-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

async function make(name: string): Promise<string> {
  const path = join(folder, name);
  const adata = AnnData.fromMemory({ obsNames: ["a"], varNames: ["g"], uns: { hello: "World", n: 1 } });
  await write(adata, path, { encodings: [instead] });
  return path;
}

describe.each(["x.zarr", "x.h5ad"])("an encoding of the caller's in %s", (name) => {
  it("is opaque to those who do not know it, and read by those who do", async () => {
    const path = await make(name);
    await using plain = await open(path);
    await expect(plain.uns.get("hello")).rejects.toMatchObject({ code: "UNSUPPORTED" });
    expect(await plain.uns.get("n")).toBe(1);
    await using known = await open(path, { encodings: [shout] });
    expect(await known.uns.get("hello")).toBe("WORLD");
  });

  it("is converted by those who know it", async () => {
    const path = await make(name);
    const target = join(folder, "y.zarr");
    await convert(path, target, { encodings: [shout] });
    await using known = await open(target, { encodings: [shout] });
    expect(await known.uns.get("hello")).toBe("WORLD");
  });
});

describe("an encoding that is not known", () => {
  it.each([2, 3] as const)("is copied bit for bit between stores of Zarr %d", async (zarrFormat) => {
    const path = await make("x.zarr");
    const source = join(folder, "source.zarr");
    await convert(path, source, { zarrFormat, encodings: [shout] });
    const target = join(folder, "y.zarr");
    await convert(source, target, { zarrFormat });
    for (const file of zarrFormat === 2 ? [".zarray", ".zattrs", "0"] : ["zarr.json", "c"]) {
      expect(existsSync(join(source, "uns/hello", file)), file).toBe(true);
      expect(readFileSync(join(target, "uns/hello", file))).toEqual(readFileSync(join(source, "uns/hello", file)));
    }
    await using known = await open(target, { encodings: [shout] });
    expect(await known.uns.get("hello")).toBe("WORLD");
  });

  it("is an error in another format, with nothing written, unless it may be left out", async () => {
    const path = await make("x.zarr");
    const target = join(folder, "y.h5ad");
    await expect(convert(path, target)).rejects.toMatchObject({ code: "UNSUPPORTED", path: "uns/hello" });
    expect(existsSync(target)).toBe(false);
    const warnings: string[] = [];
    await convert(path, target, { unsupported: "leave-out", onWarning: (message) => warnings.push(message) });
    expect(warnings).toEqual([expect.stringMatching(/^uns\/hello is left out/)]);
    await using left = await open(target);
    expect(await left.uns.get("n")).toBe(1);
  });
});

describe.each(["x.zarr", "x.h5ad"])("dicts in %s", (name) => {
  it("nest as deep as readers look by default, and deeper where both are told to", async () => {
    const path = join(folder, name);
    const deep = (levels: number): Value => (levels === 0 ? { last: 1 } : { d: deep(levels - 1) });
    const make = (levels: number) =>
      AnnData.fromMemory({ obsNames: ["a"], varNames: ["g"], uns: { deep: deep(levels) } });
    await write(make(60), path);
    await using read = await open(path);
    expect(await read.uns.get("deep")).toEqual(deep(60));
    const deeper = join(folder, `deeper-${name}`);
    await expect(write(make(61), deeper)).rejects.toMatchObject({ code: "LIMIT_EXCEEDED" });
    expect(existsSync(deeper)).toBe(false);
    await write(make(90), deeper, { maxDepth: 100 });
    await using limited = await open(deeper);
    await expect(limited.uns.get("deep")).rejects.toMatchObject({ code: "LIMIT_EXCEEDED" });
    await using raised = await open(deeper, { limits: { maxDepth: 100 } });
    expect(await raised.uns.get("deep")).toEqual(deep(90));
  });
});
