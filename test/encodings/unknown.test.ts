import { describe, expect, it } from "vitest";
import { DenseArray } from "../../src/elements/dense.js";
import type { LazyDict, LazyElement } from "../../src/elements/lazy.js";
import { lazyFromValue } from "../../src/elements/memory.js";
import { defineEncoding, type Encoding, marked } from "../../src/encodings/define.js";
import { openContext, openNode } from "../../src/encodings/registry.js";
import { writeContext } from "../../src/encodings/write-context.js";
import type { ArrayNode, GroupWriter, StoredNode } from "../../src/storage/types.js";
import { encoded, float64, int32, MemoryWriter, memoryRoot, type Sketch } from "./memory-store.js";

const hologram = encoded("hologram", "1.0.0", { attributes: { depth: 3 }, members: { data: { value: int32(1, 2) } } });

async function open(x: Sketch, encodings?: readonly Encoding[]): Promise<LazyElement> {
  const root = memoryRoot({ x });
  const context = openContext(root, encodings);
  return context.open((await root.get("x"))!);
}

/** A writer whose store can copy nodes of its kind. */
function copying(writer: MemoryWriter, copies: StoredNode[], able = true): GroupWriter {
  return {
    path: writer.path,
    group: (name, attributes) => writer.group(name, attributes).then((group) => copying(group, copies, able)),
    array: (name, options) => writer.array(name, options),
    copy: async (name, node) => {
      if (!able) return false;
      copies.push(node);
      await writer.group(name, node.attributes);
      return true;
    },
  };
}

describe("an encoding that is not known", () => {
  it("is copied as it is stored where the target can", async () => {
    const copies: StoredNode[] = [];
    const writer = new MemoryWriter(2);
    await writeContext().write(copying(writer, copies), "x", await open(hologram));
    expect(copies.map(({ path, attributes }) => [path, attributes])).toEqual([["x", hologram.attributes]]);
    expect(writer.members.x!.attributes).toEqual(hologram.attributes);
  });

  it.each([
    ["cannot copy", (writer: MemoryWriter): GroupWriter => writer],
    ["cannot copy this node", (writer: MemoryWriter): GroupWriter => copying(writer, [], false)],
  ])("is UNSUPPORTED, and named, where the target %s", async (_, target) => {
    const dict = await open(
      encoded("dict", "0.1.0", { members: { h: hologram, a: encoded("array", "0.2.0", { value: int32(1) }) } }),
    );
    const writer = new MemoryWriter(2);
    await expect(writeContext().write(target(writer), "x", dict)).rejects.toMatchObject({
      code: "UNSUPPORTED",
      path: "x/h",
    });
    const warnings: string[] = [];
    const lenient = writeContext({ unsupported: "leave-out", onWarning: (message) => warnings.push(message) });
    const other = new MemoryWriter(2);
    await lenient.write(target(other), "x", dict);
    expect(Object.keys(other.members.x!.members!)).toEqual(["a"]);
    expect(warnings).toEqual([expect.stringMatching(/^x\/h is left out/)]);
  });

  it("within a data frame is an error also where elements may be left out: a column cannot be missing", async () => {
    const frame = encoded("dataframe", "0.2.0", {
      attributes: { _index: "i", "column-order": ["c"] },
      members: {
        i: encoded("array", "0.2.0", { value: int32(1, 2) }),
        c: encoded("array", "9.9.9", { value: int32(1, 2) }),
      },
    });
    const written = writeContext({ unsupported: "leave-out" }).write(new MemoryWriter(2), "x", await open(frame));
    await expect(written).rejects.toMatchObject({ code: expect.stringMatching(/UNSUPPORTED|CORRUPT/) });
  });
});

/** Numbers that are stored negated. */
const negated = defineEncoding({
  type: "negated",
  versions: ["1"],
  async open(node) {
    const array = node as ArrayNode;
    return {
      kind: "lazy-array",
      info: {
        path: node.path,
        encoding: "negated",
        encodingVersion: "1",
        dtype: "float64",
        shape: array.shape,
        layout: array.layout,
        nnz: null,
      },
      shape: array.shape,
      dtype: array.dtype,
      sparse: null,
      storedBytes: async () => undefined,
      read: async (selection, options) => negate((await array.read(selection, options)) as DenseArray),
    };
  },
  async write(group, name, element, context) {
    const value = negate((await element.read([], context)) as DenseArray);
    const writer = await group.array(name, {
      dtype: value.dtype,
      shape: value.shape,
      attributes: marked("negated", "1"),
    });
    await writer.write([0], value, context);
  },
});

function negate(value: DenseArray): DenseArray {
  return new DenseArray(
    "float64",
    value.shape,
    Float64Array.from(value.data as Float64Array, (number) => -number),
  );
}

describe("an encoding of the caller's", () => {
  const stored = encoded("negated", "1", { value: float64(1, -2) });

  it("is read and written", async () => {
    const element = await open(stored, [negated]);
    expect(await element.read()).toEqual(float64(-1, 2));
    const writer = new MemoryWriter(2);
    await writeContext({ encodings: [negated] }).write(writer, "x", element);
    expect(writer.members.x).toMatchObject({ value: float64(1, -2), attributes: stored.attributes! });
  });

  it("is opened wherever it is nested", async () => {
    const dict = (await open(encoded("dict", "0.1.0", { members: { a: stored } }), [negated])) as LazyDict;
    expect(await dict.read()).toEqual({ a: float64(-1, 2) });
  });

  it("is written by the encoding of its value where it is only read", async () => {
    const { write: _, ...onlyRead } = negated;
    const writer = new MemoryWriter(2);
    await writeContext().write(writer, "x", await open(stored, [onlyRead]));
    expect(writer.members.x).toMatchObject({ value: float64(-1, 2), attributes: marked("array", "0.2.0") });
  });

  it("can take the place of a known one", async () => {
    const shouted = defineEncoding({
      type: "string",
      versions: ["0.2.0"],
      open: async (node) => lazyFromValue("SHOUTED", node.path),
    });
    const text = encoded("string", "0.2.0", { value: int32(1) });
    const root = memoryRoot({ text });
    expect(
      await (await openNode((await root.get("text"))!, openContext(root), new Map([["string", shouted]]))).read(),
    ).toBe("SHOUTED");
    expect(await (await open(text, [shouted])).read()).toBe("SHOUTED");
  });
});
