/** Pickles that mean harm, or that damage made: a typed error, soon, with little memory, and nothing is run. */
import { readdirSync, readFileSync } from "node:fs";
import { inflateSync } from "node:zlib";
import fc from "fast-check";
import { expect, it, describe as suite } from "vitest";
import { AtsError, type AtsErrorCode } from "../../src/errors.js";
import { readPickle } from "../../src/pickle/read.js";
import { writePickle } from "../../src/pickle/write.js";
import { values } from "./arbitraries.js";
import { assemble, global, le, open, raw, str } from "./assemble.js";

/** The error code of a refused pickle, or "read". */
function outcome(pickle: Uint8Array): AtsErrorCode | "read" {
  try {
    readPickle(pickle);
    return "read";
  } catch (error) {
    if (error instanceof AtsError) return error.code;
    throw error;
  }
}

function repeat(part: Uint8Array, count: number): number[] {
  return Array.from({ length: count }, () => [...part]).flat();
}

/** Lists of two references to the list before, `levels` deep: 2^levels items for who counts them all. */
function laughs(levels: number): Uint8Array {
  const level = (i: number) =>
    open("EMPTY_LIST", "MARK", "BINGET", [i - 1], "BINGET", [i - 1], "APPENDS", "BINPUT", [i], "POP");
  const all = Array.from({ length: levels }, (_, i) => [...level(i + 1)]).flat();
  return assemble("EMPTY_LIST", "BINPUT", [0], "POP", all, "BINGET", [levels]);
}

function array(code: string, shape: number[][], content: number[]) {
  const dtype = [...global("numpy", "dtype"), ...str(code), "TUPLE1" as const, "REDUCE" as const];
  const extents = shape.flatMap((bytes) => ["LONG1" as const, [bytes.length], bytes]);
  const data = ["SHORT_BINBYTES" as const, [content.length], ...(content.length > 0 ? [content] : [])];
  const state = [
    "MARK" as const,
    "BININT1" as const,
    [1],
    "MARK" as const,
    ...extents,
    "TUPLE" as const,
    ...dtype,
    "NEWFALSE" as const,
    ...data,
    "TUPLE" as const,
  ];
  return assemble(global("numpy", "ndarray"), "EMPTY_TUPLE", "REDUCE", state, "BUILD");
}

const HUGE = [0, 0, 0, 0, 0, 0, 0, 0x40];
const TERA = [0, 0, 0, 0, 0, 1];

const CASES: readonly (readonly [string, Uint8Array, AtsErrorCode])[] = [
  ["os.system", assemble(global("os", "system"), str("id"), "TUPLE1", "REDUCE"), "UNSUPPORTED"],
  ["builtins.eval", assemble("GLOBAL", raw("builtins\neval\n"), str("1"), "TUPLE1", "REDUCE"), "UNSUPPORTED"],
  ["builtins.getattr", assemble(global("builtins", "getattr")), "UNSUPPORTED"],
  ["INST of a class that is not allowed", assemble("MARK", "INST", raw("subprocess\nPopen\n")), "UNSUPPORTED"],
  ["a name with the key of Object.prototype", assemble(global("constructor", "constructor")), "UNSUPPORTED"],
  ["a dotted name into a module", assemble(global("numpy", "ndarray.__reduce__")), "UNSUPPORTED"],
  ["an allowed class by itself", assemble(global("numpy", "ndarray")), "UNSUPPORTED"],
  [
    "a bytearray of a size",
    assemble(global("builtins", "bytearray"), "BININT", le(2 ** 30, 4), "TUPLE1", "REDUCE"),
    "UNSUPPORTED",
  ],
  ["a list that holds itself", assemble("EMPTY_LIST", "DUP", "APPEND"), "UNSUPPORTED"],
  ["a dict that holds itself", assemble("EMPTY_DICT", "MEMOIZE", str("k"), "BINGET", [0], "SETITEM"), "UNSUPPORTED"],
  ["1e6 marks", assemble(repeat(open("MARK"), 1e6)), "LIMIT_EXCEEDED"],
  ["a list 1e5 deep", assemble(repeat(open("EMPTY_LIST"), 1e5), repeat(open("APPEND"), 1e5 - 1)), "LIMIT_EXCEEDED"],
  ["a tuple 1e5 deep", assemble("EMPTY_TUPLE", repeat(open("TUPLE1"), 1e5)), "LIMIT_EXCEEDED"],
  ["LONG4 of 2^31 bytes", assemble("LONG4", le(2 ** 31, 4)), "LIMIT_EXCEEDED"],
  ["LONG of 1e6 digits", assemble("LONG", raw(`${"9".repeat(1e6)}L\n`)), "LIMIT_EXCEEDED"],
  ["BINBYTES8 of 2^62 bytes", assemble("BINBYTES8", HUGE), "LIMIT_EXCEEDED"],
  ["BYTEARRAY8 of 2^62 bytes", assemble("BYTEARRAY8", HUGE), "LIMIT_EXCEEDED"],
  ["BINUNICODE8 of 2^62 bytes", assemble("BINUNICODE8", HUGE), "LIMIT_EXCEEDED"],
  ["BINUNICODE of 4 GiB", assemble("BINUNICODE", [255, 255, 255, 255]), "LIMIT_EXCEEDED"],
  ["a frame of 2^62 bytes", assemble("FRAME", HUGE), "LIMIT_EXCEEDED"],
  ["a memo index of 2^31", assemble("NONE", "LONG_BINPUT", le(2 ** 31, 4)), "LIMIT_EXCEEDED"],
  ["references to references, 2^60 in all", laughs(60), "LIMIT_EXCEEDED"],
  ["an array of 2^62 × 2^62", array("f8", [HUGE, HUGE], []), "CORRUPT"],
  ["an array of 2^40 × 2^40", array("f8", [TERA, TERA], []), "LIMIT_EXCEEDED"],
  ["2^40 strings of no characters", array("U0", [TERA], []), "LIMIT_EXCEEDED"],
  [
    "a range of 2^40",
    assemble(global("builtins", "range"), "BININT1", [0], "LONG1", [6], TERA, "BININT1", [1], "TUPLE3", "REDUCE"),
    "LIMIT_EXCEEDED",
  ],
  ["an array with too few bytes", array("f8", [[2]], [1, 2, 3]), "CORRUPT"],
  ["a boolean of 2", array("b1", [[1]], [2]), "CORRUPT"],
  ["text beyond Unicode", array("U1", [[1]], [0, 0, 0x11, 0]), "CORRUPT"],
  ["a negative extent", array("i1", [[255]], [1]), "CORRUPT"],
  ["no bytes", new Uint8Array(0), "CORRUPT"],
  ["no STOP", open("NONE"), "CORRUPT"],
  ["STOP with nothing to give", assemble(), "CORRUPT"],
  ["STOP with two values", assemble("NONE", "NONE"), "CORRUPT"],
  ["bytes after STOP", assemble("NONE", "STOP", "NONE"), "CORRUPT"],
  ["an unknown opcode", assemble([0xff]), "CORRUPT"],
  ["a frame beyond the end", assemble("FRAME", le(100, 8), "NONE"), "CORRUPT"],
  ["a memo entry that was never set", assemble("BINGET", [5]), "CORRUPT"],
  ["a negative memo entry", assemble("GET", raw("-1\n")), "CORRUPT"],
  ["an empty stack", assemble("APPEND"), "CORRUPT"],
  ["a value below the mark", assemble("NONE", "MARK", "TUPLE1"), "CORRUPT"],
  ["no mark", assemble("NONE", "TUPLE"), "CORRUPT"],
  ["a key without a value", assemble("EMPTY_DICT", "MARK", "NONE", "SETITEMS"), "CORRUPT"],
  ["an append to a dict", assemble("EMPTY_DICT", "NONE", "APPEND"), "CORRUPT"],
  ["an item of a list", assemble("EMPTY_LIST", "NONE", "NONE", "SETITEM"), "CORRUPT"],
  ["items of a list as a set", assemble("EMPTY_LIST", "MARK", "NONE", "ADDITEMS"), "CORRUPT"],
  ["the call of a string", assemble(str("f"), "EMPTY_TUPLE", "REDUCE"), "CORRUPT"],
  ["arguments that are a list", assemble(global("builtins", "set"), "EMPTY_LIST", "REDUCE"), "CORRUPT"],
  ["a state for a list", assemble("EMPTY_LIST", "NONE", "BUILD"), "CORRUPT"],
  [
    "two states",
    assemble(global("numpy", "ndarray"), "EMPTY_TUPLE", "REDUCE", "NONE", "BUILD", "NONE", "BUILD"),
    "CORRUPT",
  ],
  ["an array without content", assemble(global("numpy", "ndarray"), "EMPTY_TUPLE", "REDUCE"), "CORRUPT"],
  ["text that is not UTF-8", assemble("SHORT_BINUNICODE", [2], [0xff, 0xfe]), "CORRUPT"],
  ["an integer of letters", assemble("INT", raw("abc\n")), "CORRUPT"],
  ["a float of letters", assemble("FLOAT", raw("1.5x\n")), "CORRUPT"],
  ["an unquoted string", assemble("STRING", raw("abc\n")), "CORRUPT"],
  ["a line without an end", open("UNICODE", raw("abc")), "CORRUPT"],
];

/** Pickles of all kinds of values by real Pythons. */
const folder = new URL("../fixtures/pickle/", import.meta.url);
const real = readdirSync(folder)
  .filter((name) => name.endsWith(".json"))
  .flatMap((name) => {
    const { cases } = JSON.parse(readFileSync(new URL(name, folder), "utf8")) as {
      cases: Record<string, { pickles: Record<string, string> }>;
    };
    return Object.values(cases).flatMap(({ pickles }) => Object.values(pickles));
  })
  .map((base64) => inflateSync(Buffer.from(base64, "base64")));

const TYPED = new Set(["read", "CORRUPT", "UNSUPPORTED", "LIMIT_EXCEEDED"]);

suite("a hostile pickle", () => {
  it.each(CASES)("%s", (_, pickle, code) => {
    const start = performance.now();
    expect(outcome(pickle)).toBe(code);
    expect(performance.now() - start).toBeLessThan(5000);
  });

  it("takes little memory while it is refused", () => {
    const before = process.memoryUsage();
    for (const [, pickle] of CASES) outcome(pickle);
    const after = process.memoryUsage();
    expect(after.arrayBuffers - before.arrayBuffers).toBeLessThan(2 ** 26);
    expect(after.rss - before.rss).toBeLessThan(2 ** 29);
  });

  it("obeys a lower limit on request", () => {
    const pickle = writePickle({ text: ["x".repeat(1000), [[["deep"]]]] });
    expect(() => readPickle(pickle, { limits: { maxExpandedBytes: 500 } })).toThrow(/more than 500 bytes/);
    expect(() => readPickle(pickle, { limits: { maxDepth: 3 } })).toThrow(/deeper than 3/);
    expect(outcome(pickle)).toBe("read");
  });

  it("is refused in time where the depth was raised beyond the call stack", () => {
    const deep = Uint8Array.from([...repeat(open("EMPTY_LIST"), 20_000), ...repeat(open("APPEND"), 19_999), 0x2e]);
    const read = () => readPickle(deep, { limits: { maxDepth: 1e6 }, path: "uns/x.pickle" });
    expect(read).toThrow(expect.objectContaining({ code: "LIMIT_EXCEEDED", path: "uns/x.pickle" }));
  });
});

suite("a damaged pickle", () => {
  it("is CORRUPT wherever it is cut", () => {
    const sample = real.filter((_, i) => i % 16 === 0);
    expect(sample.length).toBeGreaterThan(80);
    for (const pickle of sample) {
      const step = Math.max(1, Math.floor(pickle.length / 200));
      for (let end = 0; end < pickle.length; end += step) expect(outcome(pickle.subarray(0, end))).toBe("CORRUPT");
    }
  });

  it("with any bytes changed is read or refused by a typed error", () => {
    const places = fc.array(fc.tuple(fc.nat(), fc.integer({ min: 0, max: 255 })), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(fc.constantFrom(...real), places, (pickle, changes) => {
        const changed = Uint8Array.from(pickle);
        for (const [place, byte] of changes) changed[place % changed.length] = byte;
        expect(TYPED).toContain(outcome(changed));
      }),
      { numRuns: 8000 },
    );
  });

  it("with a part of another one spliced in is read or refused by a typed error", () => {
    fc.assert(
      fc.property(fc.constantFrom(...real), fc.constantFrom(...real), fc.nat(), fc.nat(), (a, b, at, from) => {
        const spliced = Buffer.concat([a.subarray(0, at % a.length), b.subarray(from % b.length)]);
        expect(TYPED).toContain(outcome(spliced));
      }),
      { numRuns: 3000 },
    );
  });

  it("of ours too", () => {
    fc.assert(
      fc.property(values, fc.nat(), fc.integer({ min: 1, max: 255 }), (value, place, flip) => {
        const pickle = writePickle(value);
        const at = place % pickle.length;
        pickle[at] = (pickle[at] as number) ^ flip;
        expect(TYPED).toContain(outcome(pickle));
      }),
      { numRuns: 500 },
    );
  });
});
