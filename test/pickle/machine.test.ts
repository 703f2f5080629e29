/** Every opcode of protocols 0 to 5, each in a pickle made by hand. */
import { expect, it, describe as suite } from "vitest";
import { Scalar } from "../../src/elements/scalar.js";
import { Tuple, type Value } from "../../src/elements/values.js";
import { Op } from "../../src/pickle/machine/opcodes.js";
import { readPickle } from "../../src/pickle/read.js";
import { assemble, global, le, raw, str } from "./assemble.js";

const integral = (value: number) => new Scalar("float64", value);
const bytes = (...values: number[]) => Uint8Array.from(values);
const long = "x".repeat(300);

/** What each opcode makes; the first column says which opcodes the pickle is about. */
const CASES: readonly (readonly [string, Uint8Array, Value])[] = [
  ["NONE STOP", assemble("NONE"), null],
  ["PROTO", assemble("PROTO", [5], "NONE"), null],
  ["FRAME", assemble("PROTO", [4], "FRAME", le(2, 8), "NONE"), null],
  ["NEWTRUE NEWFALSE TUPLE2", assemble("NEWTRUE", "NEWFALSE", "TUPLE2"), Tuple.of<Value>(true, false)],
  ["INT", assemble("INT", raw("-42\n")), -42],
  ["INT of a boolean", assemble("INT", raw("01\n"), "INT", raw("00\n"), "TUPLE2"), Tuple.of<Value>(true, false)],
  ["LONG", assemble("LONG", raw("-36893488147419103232L\n")), -(2n ** 65n)],
  ["BININT", assemble("BININT", le(-5n, 4)), -5],
  ["BININT1", assemble("BININT1", [255]), 255],
  ["BININT2", assemble("BININT2", [0, 255]), 65280],
  ["LONG1", assemble("LONG1", [2], [0, 255]), -256],
  ["LONG1 of no bytes", assemble("LONG1", [0]), 0],
  ["LONG4", assemble("LONG4", le(9, 4), [0, 0, 0, 0, 0, 0, 0, 0, 1]), 2n ** 64n],
  ["FLOAT", assemble("FLOAT", raw("-1.5e-3\n")), -0.0015],
  ["FLOAT of infinity", assemble("FLOAT", raw("-inf\n")), -Infinity],
  ["FLOAT without a fraction", assemble("FLOAT", raw("2.0\n")), integral(2)],
  ["BINFLOAT", assemble("BINFLOAT", [0x3f, 0xf8, 0, 0, 0, 0, 0, 0]), 1.5],
  ["BINFLOAT without a fraction", assemble("BINFLOAT", [0x80, 0, 0, 0, 0, 0, 0, 0]), integral(-0)],
  ["STRING", assemble("STRING", raw("'a\\x41\\n\\'\\\\\\101'\n")), "aA\n'\\A"],
  ["STRING of bytes", assemble("STRING", raw('"\\xff"\n')), bytes(255)],
  ["BINSTRING", assemble("BINSTRING", le(2, 4), raw("ab")), "ab"],
  ["SHORT_BINSTRING", assemble("SHORT_BINSTRING", [2], raw("\xe9b")), bytes(0xe9, 0x62)],
  ["UNICODE", assemble("UNICODE", raw("\xe9\\u4f60\\U0001f600\\n\n")), "é你😀\\n"],
  ["BINUNICODE", assemble("BINUNICODE", le(300, 4), raw(long)), long],
  ["SHORT_BINUNICODE", assemble("SHORT_BINUNICODE", [6], [0xc3, 0xa9, 0xed, 0xa0, 0x80, 0x41]), "é\ud800A"],
  ["BINUNICODE8", assemble("BINUNICODE8", le(1, 8), raw("a")), "a"],
  ["a byte order mark", assemble("SHORT_BINUNICODE", [3], [0xef, 0xbb, 0xbf]), "\ufeff"],
  ["BINBYTES", assemble("BINBYTES", le(2, 4), [1, 2]), bytes(1, 2)],
  ["SHORT_BINBYTES", assemble("SHORT_BINBYTES", [1], [7]), bytes(7)],
  ["BINBYTES8", assemble("BINBYTES8", le(1, 8), [9]), bytes(9)],
  ["BYTEARRAY8", assemble("BYTEARRAY8", le(1, 8), [8]), bytes(8)],
  ["EMPTY_LIST APPEND", assemble("EMPTY_LIST", "NONE", "APPEND"), [null]],
  ["APPENDS MARK", assemble("EMPTY_LIST", "MARK", "NEWTRUE", "NONE", "APPENDS"), [true, null]],
  ["LIST", assemble("MARK", "BININT1", [1], "LIST"), [1]],
  ["EMPTY_TUPLE", assemble("EMPTY_TUPLE"), Tuple.of<Value>()],
  ["TUPLE", assemble("MARK", "BININT1", [1], "NONE", "NONE", "NONE", "TUPLE"), Tuple.of<Value>(1, null, null, null)],
  ["TUPLE1", assemble("NONE", "TUPLE1"), Tuple.of<Value>(null)],
  ["TUPLE3", assemble(str("a"), str("b"), str("c"), "TUPLE3"), Tuple.of<Value>("a", "b", "c")],
  ["EMPTY_DICT SETITEM", assemble("EMPTY_DICT", str("k"), "NONE", "SETITEM"), { k: null }],
  ["SETITEMS", assemble("EMPTY_DICT", "MARK", str("k"), "NONE", str("l"), "NEWTRUE", "SETITEMS"), { k: null, l: true }],
  ["a key twice", assemble("EMPTY_DICT", "MARK", str("k"), "NONE", str("k"), "NEWTRUE", "SETITEMS"), { k: true }],
  ["DICT", assemble("MARK", "BININT1", [2], "NONE", "DICT"), new Map([[2, null]])],
  ["EMPTY_SET ADDITEMS", assemble("EMPTY_SET", "MARK", str("a"), "ADDITEMS"), new Set(["a"])],
  ["FROZENSET", assemble("MARK", str("a"), "FROZENSET"), new Set(["a"])],
  ["POP", assemble("NONE", "NEWTRUE", "POP"), null],
  ["POP of a mark", assemble("NONE", "MARK", "POP"), null],
  ["POP_MARK", assemble("NONE", "MARK", "NEWTRUE", "NEWTRUE", "POP_MARK"), null],
  ["DUP", assemble("EMPTY_LIST", "DUP", "TUPLE2"), Tuple.of<Value>([], [])],
  ["PUT GET", assemble(str("a"), "PUT", raw("7\n"), "GET", raw("7\n"), "TUPLE2"), Tuple.of<Value>("a", "a")],
  ["BINPUT BINGET", assemble(str("a"), "BINPUT", [3], "BINGET", [3], "TUPLE2"), Tuple.of<Value>("a", "a")],
  [
    "LONG_BINPUT LONG_BINGET",
    assemble(str("a"), "LONG_BINPUT", le(9, 4), "LONG_BINGET", le(9, 4), "TUPLE2"),
    Tuple.of<Value>("a", "a"),
  ],
  [
    "MEMOIZE",
    assemble(str("a"), "MEMOIZE", str("b"), "MEMOIZE", "BINGET", [0], "TUPLE3"),
    Tuple.of<Value>("a", "b", "a"),
  ],
  ["GLOBAL REDUCE", assemble("GLOBAL", raw("__builtin__\nset\n"), "EMPTY_LIST", "TUPLE1", "REDUCE"), new Set()],
  ["STACK_GLOBAL", assemble(global("collections", "OrderedDict"), "EMPTY_TUPLE", "REDUCE"), {}],
  ["BUILD", assemble(global("numpy", "ndarray"), "EMPTY_TUPLE", "REDUCE", stateOfBooleans(), "BUILD"), [] as never],
  ["NEWOBJ", assemble(global("collections", "OrderedDict"), "EMPTY_TUPLE", "NEWOBJ"), {}],
  ["NEWOBJ_EX", assemble(global("collections", "OrderedDict"), "EMPTY_TUPLE", "EMPTY_DICT", "NEWOBJ_EX"), {}],
  ["INST", assemble("MARK", "INST", raw("collections\nOrderedDict\n")), {}],
  ["OBJ", assemble("MARK", global("collections", "OrderedDict"), "OBJ"), {}],
];

/** `(1, (2,), dtype("b1"), False, b"\x00\x01")`: what BUILD gives to an array. */
function stateOfBooleans() {
  const dtype = [...global("numpy", "dtype"), ...str("b1"), "TUPLE1" as const, "REDUCE" as const];
  const shape = ["BININT1" as const, [2], "TUPLE1" as const];
  const content = ["SHORT_BINBYTES" as const, [2], [0, 1]];
  return [
    "MARK" as const,
    "BININT1" as const,
    [1],
    ...shape,
    ...dtype,
    "NEWFALSE" as const,
    ...content,
    "TUPLE" as const,
  ];
}

/** Opcodes that data cannot need. */
const REFUSED: readonly (readonly [string, Uint8Array, RegExp])[] = [
  ["PERSID", assemble("PERSID", raw("x\n")), /persistent id/],
  ["BINPERSID", assemble("NONE", "BINPERSID"), /persistent id/],
  ["EXT1", assemble("EXT1", [1]), /extension registry/],
  ["EXT2", assemble("EXT2", [1, 0]), /extension registry/],
  ["EXT4", assemble("EXT4", [1, 0, 0, 0]), /extension registry/],
  ["NEXT_BUFFER", assemble("NEXT_BUFFER"), /out-of-band/],
  ["READONLY_BUFFER", assemble("NONE", "READONLY_BUFFER"), /out-of-band/],
  ["PROTO 6", assemble("PROTO", [6], "NONE"), /protocol 6/],
  [
    "NEWOBJ_EX with keywords",
    assemble(
      global("collections", "OrderedDict"),
      "EMPTY_TUPLE",
      "EMPTY_DICT",
      str("k"),
      "NONE",
      "SETITEM",
      "NEWOBJ_EX",
    ),
    /keyword/,
  ],
];

suite("the pickle machine", () => {
  it.each(CASES.filter(([name]) => name !== "BUILD"))("%s", (_, pickle, expected) => {
    const value = readPickle(pickle);
    expect(value).toEqual(expected);
    expect(Array.isArray(value) && value instanceof Tuple).toBe(expected instanceof Tuple);
  });

  it("BUILD gives an object its state", () => {
    const built = CASES.find(([name]) => name === "BUILD");
    expect(readPickle(built?.[1] as Uint8Array)).toMatchObject({ dtype: "bool", shape: [2], data: bytes(0, 1) });
  });

  it.each(REFUSED)("refuses %s", (_, pickle, message) => {
    expect(() => readPickle(pickle)).toThrow(expect.objectContaining({ code: "UNSUPPORTED" }));
    expect(() => readPickle(pickle)).toThrow(message);
  });

  it("is tested with every opcode", () => {
    const tested = new Set([...CASES, ...REFUSED].flatMap(([name]) => name.split(" ")));
    expect(Object.keys(Op).filter((name) => !tested.has(name))).toEqual([]);
  });

  it("shares what the pickle shares", () => {
    const shared = readPickle(assemble("EMPTY_LIST", "DUP", "TUPLE2")) as Value[];
    expect(shared[0]).toBe(shared[1]);
  });
});
