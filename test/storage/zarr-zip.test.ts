import { mkdtempSync, readdirSync, readlinkSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { DenseArray } from "../../src/elements/dense.js";
import type { ArrayNode } from "../../src/storage/types.js";
import { openZarrStorage, type ZarrOptions } from "../../src/storage/zarr.js";
import { bytesOf, type Files, v2, v3, zarray, zarrJson } from "./zarr-build.js";
import { type ZipEntry, zip } from "./zip-build.js";

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "ats-zarr-zip-"));
  file = join(folder, "store.zip");
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const failsWith = (code: string) => expect.objectContaining({ name: "AtsError", code });
const entriesOf = (files: Files, changes: Partial<ZipEntry> = {}): ZipEntry[] =>
  Object.entries(files).map(([name, content]) => ({ name, bytes: bytesOf(content), ...changes }));
const chunk = Uint8Array.of(1, 2, 3, 4);
const files = v3(zarrJson(), { "a/c/0": chunk });
const [root, metadata] = entriesOf(files) as [ZipEntry, ZipEntry];

async function read(archive: Uint8Array, options: ZarrOptions = {}): Promise<number[]> {
  writeFileSync(file, archive);
  const storage = await openZarrStorage(file, options);
  const array = (await storage.root.get("a")) as ArrayNode;
  return [...(((await array.read()) as DenseArray).data as Uint8Array)];
}

describe("zip archives", () => {
  it.each<[string, readonly ZipEntry[], string?]>([
    ["of version 3", entriesOf(files)],
    ["of version 2", entriesOf(v2(zarray(), { "a/0": chunk }))],
    ["with deflated members", entriesOf(files, { deflate: true })],
    ["with a comment", entriesOf(files), "PK\x05\x06 a store"],
    ["with folders among the members", [{ name: "a/", bytes: new Uint8Array() }, ...entriesOf(files)]],
    [
      "with everything in one folder",
      entriesOf(files).map((entry) => ({ ...entry, name: `store.zarr/${entry.name}` })),
    ],
    [
      "with members that were written again",
      [...entriesOf(v3({ nothing: 1 }, { "a/c/0": Uint8Array.of(0) })), ...entriesOf(files)],
    ],
  ])("%s are read", async (_, entries, comment) => {
    expect(await read(zip(entries, comment))).toEqual([1, 2, 3, 4, 9, 9]);
  });

  it("that say in 64 bits where their directory is are read", async () => {
    expect(await read(zip(entriesOf(files), "", true))).toEqual([1, 2, 3, 4, 9, 9]);
  });

  it("are let go of when they are closed", async () => {
    writeFileSync(file, zip(entriesOf(files)));
    const storage = await openZarrStorage(file);
    const array = (await storage.root.get("a")) as ArrayNode;
    await array.read();
    await storage.close();
    await expect(array.read()).rejects.toEqual(failsWith("CLOSED"));
    const open = readdirSync("/proc/self/fd").map((fd) => {
      try {
        return readlinkSync(`/proc/self/fd/${fd}`);
      } catch {
        return "";
      }
    });
    expect(open).not.toContain(file);
  });

  it("list members and count bytes", async () => {
    writeFileSync(file, zip(entriesOf(files)));
    const storage = await openZarrStorage(file);
    expect(await storage.root.keys()).toEqual(["a"]);
    const array = (await storage.root.get("a")) as ArrayNode;
    expect(await array.storedBytes?.()).toBe(metadata.bytes.length + 4);
    const names: string[] = [];
    for await (const { path, bytes } of array.raw?.files() ?? []) names.push(`${path} ${(await bytes()).length}`);
    expect(names.sort()).toEqual(["c/0 4", `zarr.json ${metadata.bytes.length}`]);
  });

  it.each([[""], ["cut"], ["no archive at all, but long enough to hold the record that ends one"]])(
    "are corrupt that hold %j",
    async (text) => {
      writeFileSync(file, text === "cut" ? zip(entriesOf(files)).subarray(0, -1) : text);
      await expect(openZarrStorage(file)).rejects.toEqual(failsWith("CORRUPT"));
    },
  );

  const member = (changes: Partial<ZipEntry>) => [root, metadata, { name: "a/c/0", bytes: chunk, ...changes }];
  it.each<[string, readonly ZipEntry[], string]>([
    ["a name that leads out", member({ name: "../x" }), "UNSAFE_PATH"],
    ["a name that leads out further in", member({ name: "a/../../x" }), "UNSAFE_PATH"],
    ["an absolute name", member({ name: "/etc/passwd" }), "UNSAFE_PATH"],
    ["a name with a NUL", member({ name: "a/c/0\0" }), "UNSAFE_PATH"],
    ["a name with a backslash", member({ name: "..\\x" }), "UNSAFE_PATH"],
    ["another checksum", member({ crc: 1 }), "CORRUPT"],
    ["another checksum of a deflated member", member({ crc: 1, deflate: true }), "CORRUPT"],
    ["another size", member({ size: 5 }), "CORRUPT"],
    ["more bytes than it inflates to", member({ size: 5, deflate: true }), "CORRUPT"],
    ["fewer bytes than it inflates to", member({ size: 3, deflate: true }), "CORRUPT"],
    ["a size that nothing inflates to", member({ size: 2 ** 31, deflate: true }), "LIMIT_EXCEEDED"],
    ["a member behind its end", member({ offset: 2 ** 31 }), "CORRUPT"],
    ["a member without a header", member({ offset: 7 }), "CORRUPT"],
    ["a member that ends behind it", member({ storedSize: 2 ** 31, size: 2 ** 31 }), "CORRUPT"],
    ["an encrypted member", member({ flags: 1 }), "UNSUPPORTED"],
    ["a member by another method", member({ method: 14 }), "UNSUPPORTED"],
    ["metadata that is damaged", [root, { ...metadata, crc: 1 }], "CORRUPT"],
  ])("with %s are refused", async (_, entries, code) => {
    await expect(read(zip(entries))).rejects.toEqual(failsWith(code));
  });

  it("are not read beyond maxMetadataBytes: the directory, and members", async () => {
    await expect(read(zip(entriesOf(files)), { maxMetadataBytes: 100 })).rejects.toEqual(failsWith("LIMIT_EXCEEDED"));
    const bomb: ZipEntry = { name: "zarr.json", bytes: Buffer.alloc(2 ** 20, " "), deflate: true };
    await expect(read(zip([bomb]), { maxMetadataBytes: 2 ** 16 })).rejects.toEqual(failsWith("LIMIT_EXCEEDED"));
  });

  it("never end the process, whatever byte of them is another", async () => {
    const good = zip(entriesOf(files));
    let refused = 0;
    for (let at = 0; at < good.length; at += 3) {
      const bad = Uint8Array.from(good);
      bad[at] = (bad[at] as number) ^ 0x41;
      await read(bad).catch((error: unknown) => {
        expect(error).toMatchObject({ name: "AtsError" });
        refused++;
      });
    }
    for (const length of [0, 10, 22, good.length - 40]) {
      writeFileSync(file, good);
      truncateSync(file, length);
      await expect(openZarrStorage(file)).rejects.toEqual(failsWith("CORRUPT"));
    }
    expect(refused).toBeGreaterThan(good.length / 9);
  });
});
