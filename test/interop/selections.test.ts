import { createHash } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type AnnData, type AxisSelector, type DenseMatrix, open, parseExpression } from "../../src/index.js";
import { fileBytesRead } from "../../src/tensorstore/index.js";
import { type PythonServer, runPython, startPython } from "./python.js";

/** A selector as JSON, so that Python evaluates the very same. Names are those that the step before left. */
type SelectorSpec =
  | { kind: "slice"; value: [number | null, number | null, number | null] }
  | { kind: "mask"; value: boolean[] }
  | { kind: "positions"; value: number[] }
  | { kind: "names"; value: string[] }
  | { kind: "query"; value: string };
type Step = [obs: SelectorSpec | null, var_: SelectorSpec | null];

const QUERIES = {
  obs: [
    "cell_type == 'B cell'",
    "cell_type != 'NK' and n_genes > 200",
    "n_genes <= 50 or score > 1.5",
    "not (score < 0.25)",
    "cell_type in ['B cell', 'NK'] and doublet",
    "n_genes > 1000",
  ],
  var: ["mean > 0.2", "chromosome == 'X' or mean < 0.19", "chromosome not in ['1', '2']"],
} as const;

/** Numbers from which every kind of selector is derived once the length of the axis at that step is known. */
const seed = fc.record({
  kind: fc.constantFrom("all", "slice", "mask", "positions", "names", "query"),
  numbers: fc.array(fc.integer({ min: 0, max: 2 ** 30 }), { maxLength: 40 }),
});
type Seed = typeof seed extends fc.Arbitrary<infer T> ? T : never;

function selectorOf({ kind, numbers }: Seed, names: readonly string[], axis: "obs" | "var", unique: boolean) {
  const n = names.length;
  const [a = 0, b = 0, c = 0] = numbers;
  if (kind === "slice") {
    const bound = (x: number) => (x % 7 === 0 ? null : (x % (2 * n + 5)) - n - 2);
    const step = [1, 1, 2, -1, -3, 7, null][c % 7] as number | null;
    return { kind, value: [bound(a), bound(b), step] } as SelectorSpec;
  }
  if (kind === "mask") {
    const every = (a % 9) + 1;
    return { kind, value: Array.from({ length: n }, (_, i) => (i * 7919 + b) % every === 0) } as SelectorSpec;
  }
  if (kind === "positions") {
    return { kind, value: n === 0 ? [] : numbers.map((x) => (x % (2 * n)) - n) } as SelectorSpec;
  }
  // pandas cannot look a name up in an axis where a step before made it occur twice; ours refuses as well.
  if (kind === "names" && unique) return { kind, value: n === 0 ? [] : numbers.map((x) => names[x % n] as string) };
  if (kind === "query" && unique) return { kind, value: QUERIES[axis][a % QUERIES[axis].length] } as SelectorSpec;
  return null;
}

function toSelector(spec: SelectorSpec): AxisSelector {
  if (spec.kind === "slice") {
    const [start, stop, step] = spec.value;
    return {
      ...(start !== null && { start }),
      ...(stop !== null && { stop }),
      ...(step !== null && { step }),
    };
  }
  if (spec.kind === "query") return parseExpression(spec.value);
  return spec.value;
}

describe("500 generated selections on a store on disk", () => {
  let folder: string;
  let python: PythonServer;
  let adata: AnnData;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "ats-selections-"));
    await runPython("selections.py", "make", folder);
    python = startPython("selections.py", "serve", folder);
    adata = await open(folder);
    await adata.select({ obs: [0], var: [0] }).X.read(); // Reads the metadata of X, so that only chunks are counted below.
  });

  afterAll(async () => {
    await adata.close();
    await python.close();
    await rm(folder, { recursive: true });
  });

  it("equal numpy's answer and read no chunk that they do not touch", async () => {
    let kinds = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(seed, seed), { minLength: 1, maxLength: 3 }), async (seeds) => {
        const steps: Step[] = [];
        let view = adata;
        for (const [forObs, forVar] of seeds) {
          const obsNames = await view.obs.names();
          const varNames = await view.var.names();
          const obs = selectorOf(forObs, obsNames, "obs", new Set(obsNames).size === obsNames.length);
          const vars = selectorOf(forVar, varNames, "var", new Set(varNames).size === varNames.length);
          steps.push([obs, vars]);
          view = view.select({ ...(obs && { obs: toSelector(obs) }), ...(vars && { var: toSelector(vars) }) });
          kinds += Number(obs !== null) + Number(vars !== null);
        }
        await view.obs.names();
        await view.var.names();
        const expected = await python.ask<{ shape: number[]; sha256: string; chunks: number; bytes: number }>({
          steps,
        });
        const before = fileBytesRead();
        const x = (await view.X.read()) as DenseMatrix;
        const bytes = fileBytesRead() - before;
        expect(x.shape).toEqual(expected.shape);
        const data = new Uint8Array(x.data.buffer, x.data.byteOffset, x.data.byteLength);
        expect(createHash("sha256").update(data).digest("hex")).toBe(expected.sha256);
        expect(bytes).toBeLessThanOrEqual(expected.bytes);
        if (expected.chunks > 0) expect(bytes).toBeGreaterThan(0);
      }),
      { numRuns: 500, seed: Number(process.env.ATS_SEED ?? 20261123) },
    );
    expect(kinds).toBeGreaterThan(500);
  }, 300_000);
});
