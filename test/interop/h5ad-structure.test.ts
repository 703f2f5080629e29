import { closeSync, openSync, statSync } from "node:fs";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { AtsError } from "../../src/errors.js";
import { openAnnDataGroup } from "../../src/formats/anndata-group.js";
import { openH5wasm } from "../../src/storage/h5wasm.js";
import { Hdf5Reader } from "../../src/storage/hdf5.js";
import type { AttributeValue } from "../../src/storage/types.js";
import type { H5GroupInfo, H5NodeInfo } from "../../src/workers/h5wasm/messages.js";
import { workerUrl } from "../../src/workers/locate.js";
import { WorkerPool } from "../../src/workers/pool.js";
import { describeElements } from "./describe.js";
import { mutate, randomOf } from "./mutate.js";
import { type PythonServer, runPythonIn, startPython } from "./python.js";

const LIMITS = { maxChunkBytes: 2 ** 30, maxMetadataBytes: 2 ** 26 };
const FILES = ["earliest", "latest", "v110", "references-earliest", "references-latest", "references-v110"];
const MUTANTS = 300;

let folder: string;
let python: PythonServer;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "ats-structure-"));
  python = startPython("hdf5_structure.py", folder);
  await python.ask("files");
}, 300_000);

afterAll(async () => {
  python.kill();
  await rm(folder, { recursive: true });
});

/** The same file, to the addon and to HDF5's own library. */
class Both {
  readonly #fd: number;
  readonly direct: Hdf5Reader;
  readonly #pool: WorkerPool;
  readonly compared = { nodes: 0, left: [] as string[] };

  constructor(path: string) {
    this.#fd = openSync(path, "r");
    const { size } = statSync(path);
    this.direct = new Hdf5Reader({ fd: this.#fd, path, threads: 2, limits: LIMITS });
    const input = { fd: this.#fd, size, path, limits: LIMITS };
    this.#pool = new WorkerPool({ entry: workerUrl("h5wasm-worker"), size: 1, input, subject: path });
  }

  async close(): Promise<void> {
    this.direct.close();
    await this.#pool.close();
    closeSync(this.#fd);
  }

  /** Compares everything at and below the root. */
  async compare(): Promise<void> {
    const root = await this.#pool.request<H5GroupInfo>("root", undefined);
    expect(await this.direct.root()).toEqual(root);
    await this.#compareGroup(root, 0);
  }

  async #compareGroup(group: H5GroupInfo, depth: number): Promise<void> {
    const names = await this.#pool.request<string[]>("names", group.address);
    expect(await this.direct.names(group), group.address).toEqual(names);
    expect(await this.direct.child(group, "no such name")).toEqual({ node: undefined });
    for (const name of names.length > 100 ? [names[0], names[77], names.at(-1)] : names) {
      const node = await this.#compareChild(group, name as string);
      if (node?.kind === "group" && depth < 30) await this.#compareGroup(node, depth + 1);
    }
  }

  async #compareChild(group: H5GroupInfo, name: string): Promise<H5NodeInfo | undefined> {
    const at = `${group.address}: ${name}`;
    const theirs = await this.#pool
      .request<H5NodeInfo | undefined>("child", { address: group.address, name })
      .catch(codeOf);
    const ours = await this.direct.child(group, name).catch(codeOf);
    if (ours === undefined) {
      this.compared.left.push(name);
      return typeof theirs === "string" ? undefined : theirs;
    }
    this.compared.nodes += 1;
    const found = typeof ours === "string" ? ours : ours.node;
    expect(found, at).toEqual(theirs);
    if (typeof found !== "object") return undefined;
    // In the same order, which equality does not look at.
    expect(Object.keys(found.attributes), at).toEqual(Object.keys((theirs as H5NodeInfo).attributes));
    return found;
  }
}

function codeOf(error: unknown): string {
  if (!AtsError.is(error)) throw error;
  return error.code;
}

/** What only HDF5's own library describes: a null reference, and links that lead in a circle, which it has the last word on. */
const LEFT: Readonly<Record<string, readonly string[]>> = {
  structure: ["loop", "there", "back", "step 16"],
  references: ["nowhere"],
};

describe("what the addon sees in a file is what HDF5's own library sees", () => {
  it.each(FILES)("%s", { timeout: 120_000 }, async (name) => {
    const both = new Both(join(folder, `${name}.h5`));
    try {
      await both.compare();
      const left = LEFT[name.startsWith("references") ? "references" : "structure"] as readonly string[];
      expect([...new Set(both.compared.left)].sort()).toEqual([...left].sort());
      expect(both.compared.nodes).toBeGreaterThan(left.length * 5);
    } finally {
      await both.close();
    }
  });
});

/** What Python finds at a path: null where it fails. */
type Found = Readonly<Record<string, { names?: string[]; shape?: number[] | null; attributes: unknown } | null>>;

/** Attributes as hdf5_structure.py writes them: numbers by their bits. */
function plain(value: AttributeValue): unknown {
  if (value === null) return null;
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value === "string") return `text ${value}`;
  if (Number.isNaN(value)) return "nan";
  if (typeof value === "number") return Buffer.from(Float64Array.of(value).buffer).toString("hex");
  return String(value);
}

function plainAttributes({ attributes }: H5NodeInfo): unknown {
  return Object.fromEntries(Object.entries(attributes).map(([name, value]) => [name, plain(value)]));
}

/** What the addon finds in the file at `path`, and how often it left the answer to HDF5's library. */
async function weFind(path: string): Promise<{ found: Found; failed: number }> {
  const fd = openSync(path, "r");
  const direct = new Hdf5Reader({ fd, path, threads: 2, limits: LIMITS });
  const found: Record<string, Found[string]> = {};
  let failed = 0;
  const walk = async (group: H5GroupInfo): Promise<void> => {
    const names = await direct.names(group);
    if (names === undefined) {
      failed += 1;
      return;
    }
    const sorted = [...names].sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
    found[group.address] = { names: sorted, attributes: plainAttributes(group) };
    for (const name of sorted.slice(0, 12)) {
      const answer = await direct.child(group, name).catch(codeOf);
      if (answer === undefined) failed += 1;
      if (answer === undefined || typeof answer === "string" || answer.node === undefined) continue;
      const { node } = answer;
      // A soft link leads elsewhere; it is looked at there.
      if (node.address !== `${group.address === "/" ? "" : group.address}/${name}`) continue;
      if (node.kind === "array") {
        found[node.address] = { shape: node.empty ? null : [...node.shape], attributes: plainAttributes(node) };
      } else if (node.address.split("/").length <= 4) await walk(node);
    }
  };
  try {
    const root = await direct.root();
    if (root === undefined) failed += 1;
    else await walk(root);
  } finally {
    direct.close();
    closeSync(fd);
  }
  return { found, failed };
}

/** HDF5's library itself may crash or hang on a damaged file: then another process goes on, and nothing is known of this one. */
async function libraryFinds(path: string): Promise<Found> {
  const late = new Promise<undefined>((resolve) => {
    setTimeout(() => resolve(undefined), 20_000).unref();
  });
  const found = await Promise.race([python.ask<Found>(path).catch(() => undefined), late]);
  if (found !== undefined) return found;
  python.kill();
  python = startPython("hdf5_structure.py", await mkdtemp(join(folder, "again-")));
  await python.ask("files");
  return {};
}

describe.each(["small-earliest", "small-latest"])("the structure of damaged files: %s", (name) => {
  it("is read whole before they are damaged", async () => {
    const path = join(folder, `${name}.h5`);
    const { found } = await weFind(path);
    const theirs = await libraryFinds(path);
    for (const [at, node] of Object.entries(found)) expect(node, at).toEqual(theirs[at]);
    expect(Object.keys(found).length).toBeGreaterThan(30);
  });

  it("is a refusal or what HDF5's own library finds, however they are damaged", async () => {
    const bytes = await readFile(join(folder, `${name}.h5`));
    const whole = JSON.stringify((await weFind(join(folder, `${name}.h5`))).found);
    const random = randomOf(name === "small-earliest" ? 21 : 22);
    const path = join(folder, `${name}-mutant.h5`);
    const seen = { same: 0, failed: 0, compared: 0 };
    for (let i = 0; i < MUTANTS; i++) {
      await writeFile(path, mutate(bytes, random));
      const { found, failed } = await weFind(path);
      const theirs = await libraryFinds(path);
      if (JSON.stringify(found) === whole) seen.same += 1;
      if (failed > 0) seen.failed += 1;
      for (const [at, node] of Object.entries(found)) {
        if (theirs[at] === null || theirs[at] === undefined) continue;
        seen.compared += 1;
        expect(node, `${at} of mutant ${i}`).toEqual(theirs[at]);
      }
    }
    expect(seen.failed).toBeGreaterThan(MUTANTS / 10);
    expect(seen.same).toBeGreaterThan(MUTANTS / 20);
    expect(seen.compared).toBeGreaterThan(10 * MUTANTS);
    expect(process.memoryUsage().rss).toBeLessThan(1.5e9);
  }, 600_000);
});

describe.each(["anndata-0.12", "anndata-0.13"] as const)("what %s writes", (environment) => {
  it("is opened and read without a worker", { timeout: 300_000 }, async () => {
    const written = await mkdtemp(join(folder, "written-"));
    await runPythonIn(environment, "h5ad_write.py", written);
    for (const name of ["csc", "csr", "dense", "int8", "no-rows"]) {
      const path = join(written, `${name}.h5ad`);
      const storage = await openH5wasm(path);
      try {
        const { elements } = await openAnnDataGroup(storage.root, path, {});
        await describeElements(elements);
        expect(storage.statistics(), name).toMatchObject({ workers: 0, refused: 0, nodesRefused: 0 });
      } finally {
        await storage.close();
      }
    }
  });
});
