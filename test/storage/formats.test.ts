import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { blockShape, blocks } from "../../src/encodings/blocks.js";
import { chooseChunks } from "../../src/formats/ats-chunks.js";
import { positionAt } from "../../src/selection/axis.js";
import { decodeKey, encodeKey, findCollision } from "../../src/storage/key-names.js";
import { decodeLz4Block } from "../../src/storage/lz4.js";
import { decodeHybrid, encodeIndices, encodeLevels } from "../../src/storage/parquet-hybrid.js";
import { ThriftReader, writeStruct } from "../../src/storage/parquet-thrift.js";
import { parsePlainJson } from "../../src/storage/plain-json.js";
import { decodeSnappy } from "../../src/storage/snappy.js";
import { parseStrictJson, parseStrictly } from "../../src/storage/strict-json.js";
import { wantedRows } from "../../src/storage/wanted-rows.js";

const bytes = (...values: number[]) => Uint8Array.from(values);
const failsWith = (code: string) => expect.objectContaining({ name: "AtsError", code });

describe("strict JSON", () => {
  it("reads what JSON.parse reads", () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 5 }), (text) => {
        const expected = JSON.parse(text) as unknown;
        const plain = (_: string, value: unknown) => (typeof value === "bigint" ? Number(value) : value);
        expect(JSON.stringify(parseStrictJson(Buffer.from(text), "x"), plain)).toBe(JSON.stringify(expected));
      }),
    );
  });

  it("keeps integers exact that a double cannot hold", () => {
    const text = "[18446744073709551615, -9223372036854775808, 9007199254740991, 1e300]";
    expect(parseStrictJson(Buffer.from(text), "x")).toEqual([2n ** 64n - 1n, -(2n ** 63n), 2 ** 53 - 1, 1e300]);
  });

  it.each(["", "{", '{"a":1,}', "[1 2]", "01", '"\u0001"', '{"a":1}x', '{"a":1,"a":2}', "nul", "'a'"])(
    "refuses %j",
    (text) => {
      expect(() => parseStrictJson(Buffer.from(text), "x")).toThrowError(failsWith("CORRUPT"));
    },
  );

  it("refuses bytes that are not UTF-8, and nesting without end", () => {
    expect(() => parseStrictJson(bytes(0x22, 0xff, 0x22), "x")).toThrowError(failsWith("CORRUPT"));
    expect(() => parseStrictJson(Buffer.from("[".repeat(1e6)), "x")).toThrowError(failsWith("CORRUPT"));
  });

  it("takes the fast way only where it says the same", () => {
    const spaced = fc.tuple(fc.jsonValue({ maxDepth: 5 }), fc.constantFrom(0, 1, "\t"));
    fc.assert(
      fc.property(spaced, ([value, space]) => {
        const text = JSON.stringify(value, null, space);
        const plain = parsePlainJson(text, 64);
        if (plain !== undefined) expect(plain).toStrictEqual(parseStrictly(text, "x"));
        expect(plain !== undefined || /\d{16}/.test(text)).toBe(true);
      }),
    );
  });

  it.each([
    ['{"a":1,"a":2}', "a key twice"],
    ['[{"b":{"\\"a\\\\":1, "\\"a\\\\" :1}}]', "an escaped key twice, with a space before the colon"],
    ["[9007199254740993]", "an integer that a double does not hold"],
    ["[NaN]", "no JSON, but read"],
    ["[".repeat(66) + "]".repeat(66), "too deep"],
  ])("reads %s strictly: %s", (text) => {
    expect(parsePlainJson(text, 64)).toBeUndefined();
  });

  it("gives __proto__ no meaning", () => {
    const value = parseStrictJson(Buffer.from('{"__proto__":{"polluted":1}}'), "x") as Record<string, unknown>;
    expect(Object.keys(value)).toEqual(["__proto__"]);
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });
});

describe("keys as file names", () => {
  it("come back as they were, and are names of one directory", () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.string({ minLength: 1, maxLength: 40 }), fc.stringMatching(/^[./\\%0-9A-F ]{1,12}$/)),
        (key) => {
          fc.pre(!/[\0\p{Cs}]/u.test(key) && !key.endsWith(".__lock"));
          const name = encodeKey(key, "uns");
          expect(decodeKey(name)).toBe(key);
          expect(name).not.toMatch(/[/\\]|^\./);
        },
      ),
    );
  });

  it("of other writers are keys as they are", () => {
    for (const name of ["100%", "%zz", "%41", "a b"]) expect(decodeKey(name)).toBe(name);
  });

  it("collide where only case or Unicode form differs", () => {
    expect(findCollision(["a", "b", "A"])).toEqual(["a", "A"]);
    expect(findCollision(["\u00e9", "e\u0301"])).toEqual(["\u00e9", "e\u0301"]);
    expect(findCollision(["a", "b"])).toBeUndefined();
  });
});

describe("decoders", () => {
  it("read literals and overlapping copies of Snappy and LZ4", () => {
    expect(Buffer.from(decodeSnappy(bytes(6, 0x04, 97, 98, 0x01, 0x02), 6, "x")).toString()).toBe("ababab");
    expect(Buffer.from(decodeLz4Block(bytes(0x22, 97, 98, 2, 0, 0x10, 99), 9, "x")).toString()).toBe("ababababc");
  });

  it.each([
    [bytes()],
    [bytes(6)],
    [bytes(5, 0x04, 97, 98, 0x01, 0x02)],
    [bytes(6, 0x04, 97, 98, 0x01, 0x09)],
    [bytes(6, 0xf0)],
  ])("find damaged Snappy %j CORRUPT", (input) => {
    expect(() => decodeSnappy(input, 6, "x")).toThrowError(failsWith("CORRUPT"));
  });

  it.each([[bytes()], [bytes(0xf0, 255)], [bytes(0x20, 97)], [bytes(0x20, 97, 98, 9, 0)], [bytes(0x20, 97, 98, 0, 0)]])(
    "find damaged LZ4 %j CORRUPT",
    (input) => {
      expect(() => decodeLz4Block(input, 6, "x")).toThrowError(failsWith("CORRUPT"));
    },
  );

  it("never do anything but decode or refuse", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), fc.nat(100), fc.nat(32), (input, size, width) => {
        for (const decode of [
          decodeSnappy,
          decodeLz4Block,
          (b: Uint8Array, n: number, p: string) => decodeHybrid(b, width, n, p),
        ]) {
          try {
            expect(decode(input, size, "x").length).toBe(size);
          } catch (error) {
            expect(error).toEqual(failsWith("CORRUPT"));
          }
        }
      }),
    );
  });
});

describe("hybrid runs", () => {
  it("come back at every bit width", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 31 }),
        fc.array(fc.nat(2 ** 31 - 1), { maxLength: 70 }),
        (width, values) => {
          const indices = values.map((value) => value % 2 ** width);
          const encoded = encodeIndices(indices, width);
          expect(encoded[0]).toBe(width);
          expect([...decodeHybrid(encoded.subarray(1), width, indices.length, "x")]).toEqual(indices);
        },
      ),
    );
  });

  it("hold levels", () => {
    const missing = bytes(0, 1, 0, 0, 1, 1, 0, 0, 1);
    expect([...decodeHybrid(encodeLevels(missing, 9), 1, 9, "x")]).toEqual([...missing].map((bit) => 1 - bit));
    expect([...decodeHybrid(encodeLevels(undefined, 9), 1, 9, "x")]).toEqual(new Array(9).fill(1));
  });
});

describe("Thrift structs", () => {
  it("come back with numbers up to 2^53, long lists and nested structs", () => {
    const items = Array.from({ length: 20 }, (_, i) => i - 10);
    const encoded = writeStruct([
      [1, "i32", -1],
      [2, "bool", true],
      [4, "i64", Number.MAX_SAFE_INTEGER],
      [5, "i32s", items],
      [16, "struct", [[1, "binary", "ä"]]],
      [17, "structs", [[[3, "i8", 7]], []]],
    ]);
    const struct = new ThriftReader(encoded, "x").struct();
    expect([...struct.keys()]).toEqual([1, 2, 4, 5, 16, 17]);
    expect([struct.get(1), struct.get(2), struct.get(4), struct.get(5)]).toEqual([
      -1,
      true,
      Number.MAX_SAFE_INTEGER,
      items,
    ]);
    expect(struct.get(17)).toEqual([new Map([[3, 7]]), new Map()]);
  });
});

describe("wanted rows", () => {
  const selections = fc.oneof(
    fc.record({
      kind: fc.constant("range" as const),
      start: fc.nat(50),
      step: fc.constantFrom(1, 2, 7, -1, -3),
      count: fc.nat(10),
    }),
    fc
      .array(fc.nat(80), { maxLength: 10 })
      .map((list) => ({ kind: "positions" as const, positions: Int32Array.from(list), count: list.length })),
  );
  it("are found exactly in every stretch", () => {
    fc.assert(
      fc.property(selections, fc.nat(90), fc.integer({ min: 1, max: 20 }), (selection, first, rows) => {
        const inside = Array.from({ length: selection.count }, (_, i) => positionAt(selection, i)).some(
          (at) => at >= first && at < first + rows,
        );
        expect(wantedRows(selection)(first, rows)).toBe(inside);
      }),
    );
  });
});

describe("blocks", () => {
  it("cover an array exactly once, and start on chunks", () => {
    const shapes = fc.array(fc.nat(40), { maxLength: 3 });
    fc.assert(
      fc.property(
        shapes,
        fc.integer({ min: 1, max: 500 }),
        fc.integer({ min: 1, max: 9 }),
        (shape, room, chunkRows) => {
          const chunks = chooseChunks(shape, "float32", { chunkRows });
          const step = blockShape(shape, chunks, 4, room);
          let covered = 0;
          for (const { origin, shape: extent } of blocks(shape, step)) {
            expect(origin.every((at, i) => at % chunks[i]! === 0)).toBe(true);
            covered += extent.reduce((product, n) => product * n, 1);
          }
          expect(covered).toBe(shape.reduce((product, n) => product * n, 1));
        },
      ),
    );
  });
});
