import { readFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import wabt from "wabt";
import { lzfPlugin } from "../../src/workers/h5wasm/lzf.js";

/** Bytes of the custom section that tells Emscripten's loader what memory and table the module needs. */
const DYLINK = [0x00, 0x0f, 8, ...Buffer.from("dylink.0"), 1, 4, 36, 4, 1, 0];

/** HDF5 says by this flag that a filter is to decode. */
const REVERSE = 0x100;

type Filter = (flags: number, count: number, values: number, bytes: number, size: number, buffer: number) => number;

/** What is used of WebAssembly here; the compiler's libraries have it for browsers only. */
interface Wasm {
  Memory: new (options: { initial: number }) => { readonly buffer: ArrayBuffer };
  Table: new (options: { element: "anyfunc"; initial: number }) => { get(index: number): unknown };
  Global: new (type: { value: "i32"; mutable: boolean }, value: number) => unknown;
  instantiate(bytes: Uint8Array, imports: unknown): Promise<{ readonly instance: { readonly exports: unknown } }>;
}
const wasm = (globalThis as unknown as { WebAssembly: Wasm }).WebAssembly;

/** The plugin in a memory of its own, with an allocator that only ever goes forward. */
async function load() {
  const memory = new wasm.Memory({ initial: 64 });
  const table = new wasm.Table({ element: "anyfunc", initial: 4 });
  let top = 4096;
  const global = (value: number) => new wasm.Global({ value: "i32", mutable: false }, value);
  const env = {
    memory,
    __indirect_function_table: table,
    __memory_base: global(1024),
    __table_base: global(2),
    malloc: (bytes: number) => {
      top += 16 * Math.ceil(bytes / 16);
      return top - 16 * Math.ceil(bytes / 16);
    },
    free: () => undefined,
  };
  const { instance } = await wasm.instantiate(lzfPlugin(), { env });
  const exports = instance.exports as { H5PLget_plugin_info(): number; H5PLget_plugin_type(): number };
  const words = new DataView(memory.buffer);
  /** Decodes `stream`; `expected` is what the filter's client data says of the size. Null where the filter refuses. */
  const decode = (stream: readonly number[], expected: number | undefined, flags = REVERSE): number[] | null => {
    const [input, client, size, buffer] = [env.malloc(stream.length), env.malloc(12), env.malloc(4), env.malloc(4)];
    new Uint8Array(memory.buffer).set(stream, input);
    words.setUint32(client + 8, expected ?? 0, true);
    words.setUint32(size, stream.length, true);
    words.setUint32(buffer, input, true);
    const filter = table.get(words.getUint32(exports.H5PLget_plugin_info() + 28, true)) as Filter;
    const made = filter(flags, expected === undefined ? 0 : 3, client, stream.length, size, buffer);
    if (made === 0) return null;
    const output = words.getUint32(buffer, true);
    return [...new Uint8Array(memory.buffer, output, made)];
  };
  return { exports, words, memory, decode };
}

describe("the LZF plugin", () => {
  it("is what its source assembles to", async () => {
    const source = await readFile(new URL("../../src/workers/h5wasm/lzf.wat", import.meta.url), "utf8");
    const { buffer } = (await wabt()).parseWat("lzf.wat", source).toBinary({});
    expect(Buffer.from(lzfPlugin())).toEqual(Buffer.from([...buffer.slice(0, 8), ...DYLINK, ...buffer.slice(8)]));
  });

  it("describes itself as HDF5's filter 32000, a decoder", async () => {
    const { exports, words, memory } = await load();
    const info = exports.H5PLget_plugin_info();
    expect(exports.H5PLget_plugin_type()).toBe(0);
    expect([0, 4, 8, 12].map((at) => words.getUint32(info + at, true))).toEqual([1, 32000, 0, 1]);
    const name = words.getUint32(info + 16, true);
    expect(Buffer.from(memory.buffer, name, 4).toString("latin1")).toBe("lzf\0");
  });

  it("decodes literals, short and long copies, and copies that overlap themselves", async () => {
    const { decode } = await load();
    expect(decode([2, 1, 2, 3], 3)).toEqual([1, 2, 3]);
    // 3 literals, then 2 + 1 bytes from 3 back.
    expect(decode([2, 1, 2, 3, 0x20, 2], 6)).toEqual([1, 2, 3, 1, 2, 3]);
    // One literal, then 7 + 5 + 2 bytes from 1 back.
    expect(decode([0, 9, 0xe0, 5, 0], 15)).toEqual(new Array(15).fill(9));
  });

  it("finds the size by itself where the file does not say it", async () => {
    const { decode } = await load();
    expect(decode([0, 9, 0xe0, 200, 0], undefined)).toEqual(new Array(210).fill(9));
    expect(decode([0, 9, 0xe0, 200, 0], 100)).toEqual(new Array(210).fill(9));
  });

  it.each([
    ["literals beyond the end of the stream", [5, 1, 2], 6],
    ["a copy from before the start", [0, 1, 0x20, 4], 4],
    ["a copy without its distance", [0, 1, 0x20], 4],
    ["a long copy without its length", [0, 1, 0xe0], 4],
    ["fewer bytes than the file says", [2, 1, 2, 3], 4],
    ["an empty stream", [], 4],
  ])("refuses %s", async (_, stream, expected) => {
    const { decode } = await load();
    expect(decode(stream, expected)).toBeNull();
  });

  it("refuses to encode", async () => {
    const { decode } = await load();
    expect(decode([2, 1, 2, 3], 3, 0)).toBeNull();
  });
});
