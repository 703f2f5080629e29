import { spawn } from "node:child_process";
import { once } from "node:events";
import {
  linkSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { collectLeftovers } from "../../src/durability/collect.js";
import { siblingsOf } from "../../src/durability/names.js";
import { saveFile } from "../../src/durability/save-file.js";

/** What an empty zip is, with `text` as its comment. */
const zip = (text: string) =>
  Buffer.concat([Buffer.from("PK\x05\x06"), Buffer.alloc(16), Buffer.from([text.length, 0]), Buffer.from(text)]);

let dir: string;
let file: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), "ats-save-file-"));
  file = join(dir, "a.zarr.zip");
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

const fill = (text: string) => async (staging: string) => writeFileSync(staging, zip(text), { flag: "wx" });
const save = (text: string, more: object = {}) => saveFile(file, more, fill(text));
const content = () => readFileSync(file).subarray(22).toString();
const failsWith = (code: string) => expect.objectContaining({ name: "AtsError", code });

describe.each(["full", "none"] as const)("saveFile with durability %s", (durability) => {
  it("publishes what was written and leaves nothing beside it", async () => {
    await save("one", { durability });
    expect(content()).toBe("one");
    expect(readdirSync(dir)).toEqual(["a.zarr.zip"]);
  });

  it("replaces a file", async () => {
    await save("one", { durability });
    await save("two", { durability, overwrite: true });
    expect(content()).toBe("two");
    expect(readdirSync(dir)).toEqual(["a.zarr.zip"]);
  });

  it("keeps the old file and removes the staging when writing fails", async () => {
    await save("one", { durability });
    const broken = saveFile(file, { durability, overwrite: true }, async (staging) => {
      await fill("half")(staging);
      throw Object.assign(new Error("no space"), { code: "ENOSPC" });
    });
    await expect(broken).rejects.toEqual(failsWith("IO"));
    expect(content()).toBe("one");
    expect(readdirSync(dir)).toEqual(["a.zarr.zip"]);
  });
});

describe("saveFile", () => {
  it("refuses an existing file unless told to overwrite", async () => {
    await save("one");
    await expect(save("two")).rejects.toEqual(failsWith("ALREADY_EXISTS"));
    expect(content()).toBe("one");
  });

  it.each([
    ["an HDF5 file", Buffer.from("\x89HDF\r\n\x1a\n", "latin1")],
    ["an HDF5 file behind a user block", Buffer.from(`${"#".repeat(512)}\x89HDF\r\n\x1a\n`, "latin1")],
    ["a zip with members", Buffer.from("PK\x03\x04and more")],
    ["an empty file", Buffer.alloc(0)],
  ])("replaces %s", async (_, old) => {
    writeFileSync(file, old);
    await save("new", { overwrite: true });
    expect(content()).toBe("new");
  });

  it("never replaces a directory or a file that is not a store", async () => {
    writeFileSync(file, "text");
    await expect(save("one", { overwrite: true })).rejects.toEqual(failsWith("ALREADY_EXISTS"));
    expect(readFileSync(file, "utf8")).toBe("text");
    rmSync(file);
    mkdirSync(file);
    await expect(save("one", { overwrite: true })).rejects.toEqual(failsWith("ALREADY_EXISTS"));
    expect(readdirSync(dir)).toEqual(["a.zarr.zip"]);
  });

  it("does not replace a file that appeared while it was saved", async () => {
    const raced = saveFile(file, {}, async (staging) => {
      await fill("ours")(staging);
      writeFileSync(file, zip("theirs"));
    });
    await expect(raced).rejects.toEqual(failsWith("ALREADY_EXISTS"));
    expect(content()).toBe("theirs");
    expect(readdirSync(dir)).toEqual(["a.zarr.zip"]);
  });

  it("rejects with the signal's reason and removes the staging", async () => {
    const controller = new AbortController();
    const reason = new Error("enough");
    const aborted = saveFile(file, { signal: controller.signal }, async (staging) => {
      await fill("half")(staging);
      controller.abort(reason);
    });
    await expect(aborted).rejects.toBe(reason);
    expect(readdirSync(dir)).toEqual([]);
  });

  it("locks out a second save of the same file", async () => {
    await saveFile(file, {}, async (staging) => {
      await expect(save("two")).rejects.toEqual(failsWith("LOCKED"));
      await fill("one")(staging);
    });
    expect(content()).toBe("one");
  });

  it("names a missing parent directory", async () => {
    file = join(dir, "missing", "a.zip");
    await expect(save("one")).rejects.toEqual(failsWith("NOT_FOUND"));
  });

  it("replaces the file behind a link, not the link", async () => {
    await save("one");
    const path = join(dir, "link.zip");
    symlinkSync(file, path);
    await saveFile(path, { overwrite: true }, fill("two"));
    expect(content()).toBe("two");
    expect(readFileSync(path).subarray(22).toString()).toBe("two");
  });
});

describe("a process that is killed in the middle of saving a file", () => {
  const script = fileURLToPath(new URL("scripts/save-file-and-wait.mjs", import.meta.url));

  it("leaves the old file as it was, and what it left is collected", async () => {
    await save("one");
    const child = spawn(process.execPath, [script, file], { stdio: ["ignore", "pipe", "inherit"] });
    const ended = once(child, "exit").then(([code]) =>
      Promise.reject(new Error(`the saving process ended with code ${code}`)),
    );
    await Promise.race([once(child.stdout, "data"), ended]);
    child.kill("SIGKILL");
    await ended.catch(() => undefined);
    expect(content()).toBe("one");
    expect(readdirSync(dir).length).toBeGreaterThan(1);
    await collectLeftovers(file);
    expect(readdirSync(dir)).toEqual(["a.zarr.zip"]);
    expect(content()).toBe("one");
  });

  it("keeps the new file where it died before its second name was removed", async () => {
    const { staging } = siblingsOf(file, "0123456789abcdef");
    writeFileSync(staging, zip("new"));
    linkSync(staging, file);
    await save("newer", { overwrite: true });
    expect(content()).toBe("newer");
    expect(readdirSync(dir)).toEqual(["a.zarr.zip"]);
  });
});
