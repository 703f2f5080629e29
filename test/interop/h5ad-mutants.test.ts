import { createHash } from "node:crypto";
import { closeSync, openSync } from "node:fs";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type DType, itemSize } from "../../src/dtype.js";
import { sizeOf } from "../../src/elements/dense.js";
import { checkText, unpackText } from "../../src/elements/utf8.js";
import { AtsError } from "../../src/errors.js";
import type { NativeHdf5Dataset } from "../../src/native/hdf5-reader.js";
import { native } from "../../src/tensorstore/native.js";
import { mutate, randomOf } from "./mutate.js";
import { type PythonServer, startPython } from "./python.js";

/** What a dataset reads as: its shape and the hash of its values; a code where it fails. */
type Outcome = readonly [shape: readonly number[], sha: string] | string;
type Headers = Readonly<Record<string, Readonly<Record<string, number>>>>;

const MUTANTS = 300;
const TYPED = ["CORRUPT", "UNSUPPORTED", "LIMIT_EXCEEDED", "UNSAFE_PATH"];
/** Far more than the values of these files need, far less than what a damaged size may ask for. */
const MOST_BYTES = 64 * 2 ** 20;

let folder: string;
let python: PythonServer;
let headers: Headers;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "ats-mutants-"));
  python = startPython("hdf5_mutants.py", folder);
  headers = await python.ask<Headers>("headers");
});

afterAll(async () => {
  python.kill();
  await rm(folder, { recursive: true });
});

/** HDF5's library itself may crash on a damaged file: then another process goes on, and nothing is known of this one. */
async function libraryReads(path: string, names: readonly string[]): Promise<Record<string, Outcome | null>> {
  const answer = python.ask<Record<string, Outcome | null>>({ path, names });
  const late = new Promise<undefined>((resolve) => {
    setTimeout(() => resolve(undefined), 20_000).unref();
  });
  const result = await Promise.race([answer.catch(() => undefined), late]);
  if (result !== undefined) return result;
  python.kill();
  python = startPython("hdf5_mutants.py", await mkdtemp(join(folder, "again-")));
  return {};
}

async function read(dataset: NativeHdf5Dataset): Promise<Outcome> {
  const { dtype, shape } = dataset.info();
  const axes = shape.map(() => null);
  if (dtype === "string") {
    if (sizeOf(shape) * 16 > MOST_BYTES) return "LIMIT_EXCEEDED";
    const strings = await dataset.readStrings(axes, MOST_BYTES, 2, 0);
    const { count, byteLength } = strings.sizes();
    const offsets = new Int32Array(count + 1);
    const bytes = new Uint8Array(byteLength);
    await strings.fill(offsets, bytes, 0);
    checkText({ offsets, bytes }, "names");
    return [shape, hashOf(JSON.stringify(unpackText({ offsets, bytes })))];
  }
  const size = sizeOf(shape) * itemSize(dtype as DType);
  if (size > MOST_BYTES) return "LIMIT_EXCEEDED";
  const target = new Uint8Array(size);
  await dataset.read(axes, target, true, 2, 0);
  return [shape, hashOf(target)];
}

function hashOf(data: Uint8Array | string): string {
  return createHash("sha256").update(data).digest("hex");
}

/** What the addon's reader makes of every dataset of the file at `path`. */
async function weRead(path: string, at: Readonly<Record<string, number>>): Promise<Record<string, Outcome>> {
  const fd = openSync(path, "r");
  const codeOf = (error: unknown): string => {
    if (!AtsError.is(error)) throw error;
    return error.code;
  };
  const outcomes: Record<string, Outcome> = {};
  try {
    const file = await native().openHdf5(fd, path, 2 ** 30, 2 ** 26, 0);
    for (const [name, header] of Object.entries(at)) {
      outcomes[name] = await file.dataset(header, name, 0).then(read).catch(codeOf);
    }
    file.close();
  } catch (error) {
    for (const name of Object.keys(at)) outcomes[name] = codeOf(error);
  } finally {
    closeSync(fd);
  }
  return outcomes;
}

describe.each(["old", "new"])("%s files", (kind) => {
  it("read whole before they are damaged", async () => {
    const at = headers[kind]!;
    const path = join(folder, `${kind}.h5`);
    expect(await weRead(path, at)).toEqual(await libraryReads(path, Object.keys(at)));
  });

  it("give typed errors or what HDF5's own library reads, however they are damaged", async () => {
    const at = headers[kind]!;
    const names = Object.keys(at);
    const bytes = await readFile(join(folder, `${kind}.h5`));
    const whole = await weRead(join(folder, `${kind}.h5`), at);
    const random = randomOf(kind === "old" ? 11 : 12);
    const path = join(folder, `${kind}-mutant.h5`);
    const seen = { same: 0, failed: 0, changed: 0, compared: 0 };
    for (let i = 0; i < MUTANTS; i++) {
      await writeFile(path, mutate(bytes, random));
      const ours = await weRead(path, at);
      const theirs = await libraryReads(path, names);
      for (const name of names) {
        const outcome = ours[name]!;
        if (typeof outcome === "string") {
          expect(TYPED, `${name} of mutant ${i}`).toContain(outcome);
          seen.failed += 1;
          continue;
        }
        if (outcome[1] === (whole[name] as Outcome)[1]) seen.same += 1;
        else seen.changed += 1;
        const library = theirs[name];
        if (library === null || library === undefined) continue;
        seen.compared += 1;
        expect(outcome, `${name} of mutant ${i}`).toEqual(library);
      }
    }
    // The damage was felt, not everywhere, and what HDF5 itself makes of it was looked at.
    expect(seen.failed).toBeGreaterThan(MUTANTS / 4);
    expect(seen.same).toBeGreaterThan(MUTANTS);
    expect(seen.changed).toBeGreaterThan(10);
    expect(seen.compared).toBeGreaterThan(MUTANTS);
    expect(process.memoryUsage().rss).toBeLessThan(1.5e9);
  }, 300_000);
});
