import { spawn } from "node:child_process";
import { once } from "node:events";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { collectLeftovers } from "../../src/durability/collect.js";
import { MANIFEST, readManifest } from "../../src/durability/manifest.js";
import { siblingsOf } from "../../src/durability/names.js";
import { saveDirectory } from "../../src/durability/save.js";

let dir: string;
let store: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), "ats-save-"));
  store = join(dir, "a.ats");
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

const fill = (text: string) => async (staging: string) => {
  mkdirSync(join(staging, "X"));
  writeFileSync(join(staging, "X", "0.0"), text);
};
const options = { format: "ats" };
const save = (text: string, more: object = {}) => saveDirectory(store, { ...options, ...more }, fill(text));
const content = () => readFileSync(join(store, "X", "0.0"), "utf8");
const failsWith = (code: string) => expect.objectContaining({ name: "AtsError", code });

/** The directory of a store as a save would have made it, under any name. */
function plant(path: string, text: string): void {
  mkdirSync(join(path, "X"), { recursive: true });
  writeFileSync(join(path, "X", "0.0"), text);
  writeFileSync(join(path, MANIFEST), JSON.stringify({ format: "ats", version: 1, generation: "0", files: [] }));
}

/** The id of a process that has ended. */
async function deadPid(): Promise<number> {
  const child = spawn(process.execPath, ["-e", ""]);
  await once(child, "exit");
  return child.pid as number;
}

describe.each(["full", "none"] as const)("saveDirectory with durability %s", (durability) => {
  it("publishes what was written with its manifest and leaves nothing beside it", async () => {
    await save("one", { durability });
    expect(content()).toBe("one");
    const manifest = await readManifest(store, 1e6);
    expect(manifest?.files).toEqual([{ path: "X/0.0", size: 3, crc32: 0x7a6c86f1 }]);
    expect(readdirSync(dir)).toEqual(["a.ats"]);
  });

  it("replaces a store, files of the old one included", async () => {
    await save("one", { durability });
    writeFileSync(join(store, "stale"), "");
    await save("two", { durability, overwrite: true });
    expect(content()).toBe("two");
    expect(existsSync(join(store, "stale"))).toBe(false);
    expect(readdirSync(dir)).toEqual(["a.ats"]);
  });

  it("keeps the old store and removes the staging when writing fails", async () => {
    await save("one", { durability });
    const broken = saveDirectory(store, { ...options, durability, overwrite: true }, async (staging) => {
      await fill("half")(staging);
      throw Object.assign(new Error("no space"), { code: "ENOSPC" });
    });
    await expect(broken).rejects.toEqual(failsWith("IO"));
    expect(content()).toBe("one");
    expect(readdirSync(dir)).toEqual(["a.ats"]);
  });
});

describe("saveDirectory", () => {
  it("refuses an existing store unless told to overwrite", async () => {
    await save("one");
    await expect(save("two")).rejects.toEqual(failsWith("ALREADY_EXISTS"));
    expect(content()).toBe("one");
  });

  it("never replaces a directory or a file that is not a store", async () => {
    mkdirSync(join(store, "photos"), { recursive: true });
    await expect(save("one", { overwrite: true })).rejects.toEqual(failsWith("ALREADY_EXISTS"));
    expect(readdirSync(store)).toEqual(["photos"]);
    rmSync(store, { recursive: true });
    writeFileSync(store, "text");
    await expect(save("one", { overwrite: true })).rejects.toEqual(failsWith("ALREADY_EXISTS"));
    expect(readFileSync(store, "utf8")).toBe("text");
  });

  it("replaces a store of the Python package", async () => {
    mkdirSync(store);
    for (const name of ["obs.parquet", "var.parquet"]) writeFileSync(join(store, name), "");
    await save("ours", { overwrite: true });
    expect(content()).toBe("ours");
  });

  it("rejects with the signal's reason and removes the staging", async () => {
    const controller = new AbortController();
    const reason = new Error("enough");
    const aborted = saveDirectory(store, { ...options, signal: controller.signal }, async (staging) => {
      await fill("half")(staging);
      controller.abort(reason);
    });
    await expect(aborted).rejects.toBe(reason);
    expect(readdirSync(dir)).toEqual([]);
  });

  it("locks out a second save of the same store, naming the process", async () => {
    await saveDirectory(store, options, async (staging) => {
      await expect(save("two")).rejects.toEqual(failsWith("LOCKED"));
      await expect(save("two")).rejects.toThrow(`process ${process.pid} on ${hostname()}`);
      await fill("one")(staging);
    });
    expect(content()).toBe("one");
  });

  it("names a missing parent directory", async () => {
    store = join(dir, "missing", "a.ats");
    await expect(save("one")).rejects.toEqual(failsWith("NOT_FOUND"));
  });

  it("replaces the store behind a link, not the link", async () => {
    await save("one");
    const link = join(dir, "link.ats");
    symlinkSync(store, link);
    await saveDirectory(link, { ...options, overwrite: true }, fill("two"));
    expect(content()).toBe("two");
    expect(readFileSync(join(link, "X", "0.0"), "utf8")).toBe("two");
  });
});

describe("a process that is killed in the middle of a save", () => {
  const script = fileURLToPath(new URL("scripts/save-and-wait.mjs", import.meta.url));

  it("leaves the old store as it was, and the next save takes over", async () => {
    await save("one");
    const child = spawn(process.execPath, [script, store], { stdio: ["ignore", "pipe", "inherit"] });
    const ended = once(child, "exit").then(([code]) =>
      Promise.reject(new Error(`the saving process ended with code ${code}`)),
    );
    await Promise.race([once(child.stdout, "data"), ended]);
    await expect(save("two", { overwrite: true })).rejects.toThrow(`process ${child.pid} on`);
    child.kill("SIGKILL");
    await ended.catch(() => undefined);
    expect(content()).toBe("one");
    expect(readdirSync(dir).length).toBeGreaterThan(1);
    await collectLeftovers(store);
    expect(readdirSync(dir)).toEqual(["a.ats"]);
    await save("two", { overwrite: true });
    expect(content()).toBe("two");
  });
});

describe("after a killed save", () => {
  const lockOf = (pid: number) => JSON.stringify({ id: "0123456789abcdef", host: hostname(), pid });

  it("takes over the lock of a dead process and collects its staging", async () => {
    const left = siblingsOf(store, "0123456789abcdef");
    writeFileSync(
      left.lock,
      JSON.stringify({ ...JSON.parse(lockOf(await deadPid())), namespace: await namespaceOf() }),
    );
    plant(left.staging, "half");
    await save("one");
    expect(content()).toBe("one");
    expect(readdirSync(dir)).toEqual(["a.ats"]);
  });

  it("leaves the lock of another machine alone", async () => {
    const left = siblingsOf(store, "0123456789abcdef");
    writeFileSync(left.lock, JSON.stringify({ id: "0123456789abcdef", host: "elsewhere", pid: 1 }));
    await expect(save("one")).rejects.toEqual(failsWith("LOCKED"));
    expect(existsSync(left.lock)).toBe(true);
  });

  it.each([
    ["before anything was moved", ["store", "staging"], "old"],
    ["between the two renames", ["staging", "old"], "new"],
    ["before the old store was deleted", ["store-new", "old"], "new"],
  ])("finishes or undoes a replacement that ended %s", async (_, present, expected) => {
    const left = siblingsOf(store, "0123456789abcdef");
    writeFileSync(
      left.intent,
      JSON.stringify({ staging: ".a.ats.staging-0123456789abcdef", old: ".a.ats.old-0123456789abcdef" }),
    );
    if (present.includes("store")) plant(store, "old");
    if (present.includes("store-new")) plant(store, "new");
    if (present.includes("staging")) plant(left.staging, "new");
    if (present.includes("old")) plant(left.old, "old");
    await collectLeftovers(store);
    expect(content()).toBe(expected);
    expect(readdirSync(dir)).toEqual(["a.ats"]);
  });

  it("never follows an intent to a name that is not a sibling of the store", async () => {
    const left = siblingsOf(store, "0123456789abcdef");
    mkdirSync(join(dir, "victim"));
    writeFileSync(left.intent, JSON.stringify({ staging: "victim", old: "../x" }));
    await collectLeftovers(store);
    expect(readdirSync(dir)).toEqual(["victim"]);
  });

  it("collects nothing while a save is running", async () => {
    await saveDirectory(store, options, async (staging) => {
      await fill("one")(staging);
      await collectLeftovers(store);
      expect(existsSync(join(staging, "X", "0.0"))).toBe(true);
    });
    expect(content()).toBe("one");
  });
});

async function namespaceOf(): Promise<string> {
  const { thisProcess } = await import("../../src/durability/process-identity.js");
  return (await thisProcess()).namespace;
}
