import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { AwkwardArray } from "../../src/elements/awkward.js";
import type { LazyElement } from "../../src/elements/lazy.js";
import { takeValue } from "../../src/elements/take.js";
import { open } from "../../src/index.js";
import { find } from "../../src/inspect/find.js";
import type { AxisSelection } from "../../src/selection/axis.js";
import { difference, ours } from "./anndata-objects.js";
import { writeTarget } from "./anndata-targets.js";
import { bytesRead } from "./bytes-read.js";
import { describeValue } from "./describe.js";
import { type PythonServer, runPython, startPython } from "./python.js";
import { cellOf, ENCODINGS, FORMATS, type LazyPart, type SupportedEncoding } from "./support.js";

/** Rows of the store of lazy_store.py that are asked for, in one chunk of some forty, one of them twice; of columns, of which there are 300, two. */
const SOME: AxisSelection = { kind: "positions", positions: Int32Array.of(12_345, 12_340, 12_345), count: 3 };
const SOME_COLUMNS: AxisSelection = { kind: "positions", positions: Int32Array.of(41, 40, 41), count: 3 };

let folder: string;
let python: PythonServer;
/** The stores of lazy_store.py by form. */
let large: Record<string, string>;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "ats-support-"));
  python = startPython("anndata_server.py");
  large = JSON.parse(await runPython("lazy_store.py", folder));
  const target = FORMATS.find(({ name }) => name === "ats")!.target;
  large.ats = join(folder, "large.ats");
  // Awkward arrays have no place there.
  await writeTarget(large.zarr2 as string, large.ats, { ...target, options: { chunkRows: 1000 } });
}, 600_000);

afterAll(async () => {
  await python.close();
  await rm(folder, { recursive: true, force: true });
});

/** The object of an encoding as anndata stores it in `form`. */
async function stored({ object }: SupportedEncoding, form: string): Promise<string> {
  return (await python.ask<{ path: string }>({ make: object, folder, form })).path;
}

/** Expects the node of an encoding in the store at `path` to have its attributes. */
async function expectEncoded({ node, type, version }: SupportedEncoding, path: string): Promise<void> {
  expect(await python.ask({ encoding: path, node })).toEqual([type, version]);
}

/** What a cell of the table says of one format and one encoding. */
interface Cell {
  readonly encoding: SupportedEncoding;
  readonly format: (typeof FORMATS)[number];
}

/** Reads a store of anndata's, which has the encoding; an `.ats`, which anndata does not write, is one of ours. */
async function reads({ encoding, format }: Cell): Promise<void> {
  const { target } = format;
  const original = await stored(encoding, target.name === "ats" ? "h5ad" : target.name);
  const description = await python.ask({ describe: encoding.object });
  await expectEncoded(encoding, original);
  const path = target.name === "ats" ? join(folder, `read-${encoding.type}.ats`) : original;
  if (path !== original) await writeTarget(original, path, target);
  expect(difference(description, await ours(path))).toBeNull();
}

/** Writes a store that anndata reads as the same object, with the encoding; an `.ats` is written in a form that anndata reads first. */
async function writes({ encoding, format }: Cell): Promise<void> {
  const { target } = format;
  const original = await stored(encoding, target.name === "h5ad" ? "zarr2" : "h5ad");
  let path = join(folder, `write-${encoding.type}-${target.name}${target.suffix}`);
  await writeTarget(original, path, target);
  if (target.name === "ats") {
    const { target: readable } = FORMATS.find(({ name }) => name === "zarr 3")!;
    await writeTarget(path, `${path}${readable.suffix}`, readable);
    path += readable.suffix;
  }
  await expectEncoded(encoding, path);
  expect(await python.ask({ compare: encoding.object, path })).toBeNull();
}

const selectionOf = ({ of }: LazyPart) => (of === "rows" ? [SOME] : [undefined, SOME_COLUMNS]);

type Reads = () => Promise<unknown>;

/** An element, how a part of it and all of it are read, and its bytes on disk, where they are known. */
interface Opened {
  readonly some: Reads;
  readonly all: Reads;
  readonly stored?: number | undefined;
  close(): Promise<void>;
}

/** How a part of an element and all of it are read, and what of the whole the part is. */
async function readsOf(path: string, part: LazyPart): Promise<Opened> {
  const adata = await open(path);
  const { elements } = adata;
  const close = () => adata.close();
  const readAll = (found: readonly LazyElement[]) => Promise.all(found.map((element) => element.read()));
  if (part.path === "") {
    const { X, obs, layers, obsm } = elements;
    return {
      some: () => obs.readFrame([]),
      all: () => readAll([X!, obs, ...layers.values(), ...obsm.values()]),
      close,
    };
  }
  if (part.path === "raw") {
    const raw = elements.raw!;
    return { some: () => raw.var.read(), all: () => readAll([raw.X!, raw.var]), close };
  }
  if (part.path === "uns") {
    const { uns } = elements;
    return { some: async () => (await uns.get("one"))?.read(), all: () => uns.read(), close };
  }
  if (part.path === "obs") {
    const { obs } = elements;
    return { some: () => obs.readFrame(["booleans"], SOME), all: () => obs.read(), close };
  }
  const { element, column } = await find(elements, part.path);
  const array = column === null ? element : await (element as typeof elements.obs).column!(column);
  const stored = part.bytes ?? (await array.storedBytes());
  return { some: () => array.read(selectionOf(part)), all: () => array.read(), stored, close };
}

/** The bytes of all reads that `read` makes the process do, on a store that was opened for it alone, and its result. */
async function measured(path: string, part: LazyPart, which: "some" | "all") {
  const opened = await readsOf(path, part);
  try {
    const before = bytesRead();
    const value = await opened[which]();
    return { bytes: bytesRead() - before, value, stored: opened.stored };
  } finally {
    await opened.close();
  }
}

/**
 * Reads a part of the large store: the same values, and of the element's bytes three quarters less than reading all of it. What both read beside them (metadata, the
 * 64 KiB that libhdf5 reads ahead) does not count.
 */
async function readsLazily({ encoding, format }: Cell): Promise<void> {
  const part = encoding.lazy as LazyPart;
  const path = large[format.target.name] as string;
  // What is loaded by a first read is read now.
  await measured(path, part, "some");
  const some = await measured(path, part, "some");
  const all = await measured(path, part, "all");
  expect(all.bytes).toBeGreaterThan(10_000);
  expect(all.bytes - some.bytes).toBeGreaterThan(0.75 * Math.min(all.bytes, all.stored ?? all.bytes));
  if (part.of !== "members") await expectSameValues(some.value, all.value, part);
}

async function expectSameValues(some: unknown, all: unknown, part: LazyPart): Promise<void> {
  const described = async (value: unknown) =>
    value instanceof AwkwardArray ? value.toNested() : describeValue(value as never);
  expect(await described(some)).toEqual(await described(await takeValue(all as never, selectionOf(part))));
}

describe.each(FORMATS.map((format) => [format.name, format] as const))("%s", (_, format) => {
  const supported = (letter: string) =>
    ENCODINGS.filter((encoding) => cellOf(encoding, format).includes(letter)).map(
      (encoding) => [`${encoding.type} ${encoding.version}`, encoding] as const,
    );

  it.each(supported("r"))("%s: read", (_name, encoding) => reads({ encoding, format }));

  it.each(supported("w"))("%s: write", (_name, encoding) => writes({ encoding, format }));

  it.each(supported("l"))("%s: lazy", (_name, encoding) => readsLazily({ encoding, format }));
});
