/** The objects of objects/cases.py against one version of anndata: what it wrote, we read; what we write, it reads. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { open } from "../../src/index.js";
import { TARGETS, type Target, writeTarget } from "./anndata-targets.js";
import { describeElements } from "./describe.js";
import { type PythonEnvironment, type PythonServer, startPythonOf } from "./python.js";

/** How and where anndata stored an object. */
interface Stored {
  readonly form: string;
  readonly path: string;
}

/** What we read at `path`, as h5ad_describe.py describes what Python reads. */
export async function ours(path: string): Promise<unknown> {
  const adata = await open(path);
  try {
    return JSON.parse(JSON.stringify(await describeElements(adata.elements)));
  } finally {
    await adata.close();
  }
}

/** Where two descriptions differ first, and how; null where they do not. A whole description is too long to be shown. */
export function difference(a: unknown, b: unknown, path = ""): string | null {
  if (isNode(a) && isNode(b)) {
    for (const key of new Set([...Object.keys(a), ...Object.keys(b)])) {
      const found = difference(a[key], b[key], `${path}/${key}`);
      if (found !== null) return found;
    }
    return null;
  }
  const [left, right] = [a, b].map((value) => JSON.stringify(value)?.slice(0, 200) ?? "nothing");
  return a === b ? null : `${path}: ${left} is read as ${right}`;
}

function isNode(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}

/**
 * Objects that an `.ats`, whose tables are Parquet as pandas writes it, gives back in another form: awkward arrays are left out; strings
 * that may be missing but are not, become plain ones, categories that are booleans, text. They pass through the other formats only.
 */
const NOT_IN_ATS = new RegExp(
  [
    "^obs/(category-bool|string-full|text|distinct-text|text-objects|empty-text|index-name-of-a-column|no-rows|one-row|converted)$",
    "^var/(every-column|no-rows)$",
    "^(raw/no-variables-left|X/none-at-all)$",
    "^(uns/frames|obsm/frame|uns/columns)$",
    "^everything/",
    "awkward",
  ].join("|"),
);

/**
 * The order in which object `i` passes through the formats: another one for each object, so that all pairs of neighbours occur. Python's
 * anndata opens no `.ats`, so that one is never the last; most often `.h5ad` is, which takes longest to open.
 */
function route(i: number, name: string): Target[] {
  const left = TARGETS.filter((target) => target.name !== "ats" || !NOT_IN_ATS.test(name));
  const order: Target[] = [];
  for (let n = i; left.length > 0; n = Math.floor(n / (left.length + 1))) {
    order.push(...left.splice(n % left.length, 1));
  }
  if (i % 3 !== 0)
    order.push(
      ...order.splice(
        order.findIndex(({ name }) => name === "h5ad"),
        1,
      ),
    );
  if (order[order.length - 1]?.name === "ats") order.unshift(order.pop() as Target);
  return order;
}

/** Declares the tests of all objects in the environment; the names are asked of Python first. */
export async function describeObjects(environment: PythonEnvironment): Promise<void> {
  const python: PythonServer = startPythonOf(environment, "anndata_server.py");
  const names = await python.ask<string[]>({ names: true });

  describe(`objects of ${environment}`, () => {
    let folder: string;
    const made = new Map<string, Stored>();
    const compared = { objects: new Set<string>(), forms: new Set<string>(), pairs: new Set<string>() };

    /** Where anndata stored the object; it does so on the first call. */
    const stored = async (name: string): Promise<Stored> => {
      const found = made.get(name) ?? (await python.ask<Stored>({ make: name, folder }));
      made.set(name, found);
      return found;
    };

    beforeAll(async () => {
      folder = await mkdtemp(join(tmpdir(), "ats-objects-"));
    });

    afterAll(async () => {
      await python.close();
      await rm(folder, { recursive: true, force: true });
    });

    it.each(names)("%s: reads as it was written", async (name) => {
      const { form, path } = await stored(name);
      expect(difference(await python.ask({ describe: name }), await ours(path)), form).toBeNull();
      compared.forms.add(form);
    });

    it.each(names)("%s: stays what it is through every format", async (name) => {
      const i = names.indexOf(name);
      let { form, path } = await stored(name);
      for (const target of route(i, name)) {
        const there = join(folder, `${i}-ours-${target.name}${target.suffix}`);
        await writeTarget(path, there, target);
        const pair = `${form} → ${target.name}`;
        if (target.name !== "ats") expect(await python.ask({ compare: name, path: there }), pair).toBeNull();
        compared.pairs.add(pair);
        [form, path] = [target.name, there];
      }
      compared.objects.add(name);
    });

    it("were all compared, through every pair of formats", () => {
      expect(compared.objects.size).toBe(names.length);
      expect(compared.forms.size).toBe(9);
      const pairs = TARGETS.flatMap((a) => TARGETS.filter((b) => a !== b).map((b) => `${a.name} → ${b.name}`));
      expect(pairs.filter((pair) => !compared.pairs.has(pair))).toEqual([]);
    });
  });
}
