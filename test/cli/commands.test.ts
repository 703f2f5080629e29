import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { BenchReport } from "../../src/inspect/bench.js";
import { ats } from "./run.js";

const PBMC = fileURLToPath(new URL("../fixtures/h5ad/10x_pbmc68k_reduced.h5ad", import.meta.url));

let folder: string;
let store: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "ats-cli-"));
  store = join(folder, "pbmc.ats");
  const converted = await ats(["convert", PBMC, store, "--json"]);
  expect(converted.stderr).toBe("");
  expect(JSON.parse(converted.stdout.toString())).toMatchObject({ format: "ats", shape: [700, 765] });
}, 60_000);

afterAll(() => rm(folder, { recursive: true }));

async function json<T>(...args: string[]): Promise<T> {
  const { code, stdout, stderr } = await ats(args);
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  return JSON.parse(stdout.toString()) as T;
}

describe("ats", () => {
  it("prints the build with --version", async () => {
    const { code, stdout } = await ats(["--version"]);
    expect(code).toBe(0);
    expect(stdout.toString()).toMatch(/^anndata-tensorstore \d+\.\d+\.\d+\ntensorstore 0\.1\.86 \(.*zarr3/);
  });

  it("lists its commands with --help and a command's options with COMMAND --help", async () => {
    expect((await ats(["--help"])).stdout.toString()).toMatch(
      /convert .*\n.*diff .*\n.*get .*\n.*head .*\n.*info .*\n.*validate /,
    );
    expect((await ats(["convert", "--help"])).stdout.toString()).toContain("--overwrite");
  });

  it.each([
    [[], "A command is missing"],
    [["frobnicate"], 'no command "frobnicate"'],
    [["info"], "takes 1 argument"],
    [["head", "x.ats", "-n", "many"], "whole number"],
    [["convert", "a.h5ad", "b.ats", "--memory", "lots"], "--memory takes a size"],
    [["convert", "a.h5ad", "b.ats", "--frob"], "--frob"],
    [["convert", "a.h5ad", "b.zarr", "--codec", "lzma"], "is not one of none, blosc-lz4"],
    [["convert", "a.h5ad", "b.zarr", "--compat", "anndata-0.1"], "--compat takes one of"],
    [["convert", "a.h5ad", "b.zarr", "--unsupported", "maybe"], "--unsupported takes one of"],
    [["convert", "a.h5ad", "b.zarr", "--zarr-format", "1"], "--zarr-format takes one of"],
    [["convert", "a.h5ad", "b.ats", "--zarr-format", "3"], "--zarr-format is for Zarr"],
    [["convert", "a.h5ad", "b.h5ad", "--shard-rows", "100"], "--shard-rows is for Zarr"],
    [["convert", "a.h5ad", "b.zarr", "--zarr-format", "2", "--shard-rows", "100"], "Zarr 2 has no shards"],
    [["convert", "a.h5ad", "b.zarr", "--x", "both"], "--x takes one of"],
    [["get", "a.ats", "X", "--obs-slice", "1"], "--obs-slice takes a slice"],
    [["diff", "a.ats", "b.ats", "--rtol", "much"], "--rtol takes a number"],
  ])("%j is wrong usage: exit code 2 and one line", async (args, message) => {
    const target = args[1] === "a.ats" ? [args[0] as string, store, ...args.slice(2)] : args;
    const { code, stdout, stderr } = await ats(target);
    expect(code).toBe(2);
    expect(stdout.toString()).toBe("");
    expect(stderr).toContain(message);
    expect(stderr.trim().split("\n")).toHaveLength(1);
  });
});

describe("ats info", () => {
  it("lists every element of a store as JSON", async () => {
    const report = await json<{ format: string; shape: number[]; elements: Record<string, unknown>[] }>(
      "info",
      store,
      "--json",
    );
    expect(report).toMatchObject({ format: "ats", shape: [700, 765] });
    const byPath = new Map(report.elements.map((element) => [element.path, element]));
    expect(byPath.get("X")).toMatchObject({ encoding: "array", dtype: "float32", shape: [700, 765] });
    expect(byPath.get("obs/bulk_labels")).toMatchObject({ encoding: "categorical", shape: [700] });
    expect([...byPath.keys()]).toEqual(expect.arrayContaining(["obs", "var", "obsm/X_pca", "obsm/X_umap", "raw/X"]));
    expect(byPath.get("X")?.bytes).toBeGreaterThan(1000);
  });

  it("shows the same for the h5ad that it came from", async () => {
    const report = await json<{ format: string; shape: number[]; elements: { path: string }[] }>(
      "info",
      PBMC,
      "--json",
    );
    expect(report).toMatchObject({ format: "h5ad", shape: [700, 765] });
    expect(report.elements.map(({ path }) => path)).toEqual(expect.arrayContaining(["X", "obs", "raw/X"]));
  });

  it("prints a table without --json", async () => {
    const { code, stdout } = await ats(["info", store]);
    expect(code).toBe(0);
    expect(stdout.toString()).toMatch(/^ats.*700 obs × 765 vars\n\npath +encoding +dtype/);
  });

  it.each([
    ["/nonexistent/x.ats", "NOT_FOUND"],
    ["/nonexistent/x.h5ad", "NOT_FOUND"],
  ])("%s is one line with the code and the path, exit code 1", async (path, code) => {
    const result = await ats(["info", path]);
    expect(result.code).toBe(1);
    expect(result.stderr).toMatch(new RegExp(`^error: ${code} ${path}: .+\n$`));
  });
});

describe("ats head", () => {
  it("gives the index and the columns that are asked for", async () => {
    const head = await json<{ index: string[]; columns: Record<string, unknown[]> }>(
      ...(["head", store, "-n", "3", "--columns", "bulk_labels,n_genes", "--json"] as const),
    );
    expect(head.index).toEqual(["AAAGCCTGGCTAAC-1", "AAATTCGATGCACA-1", "AACACGTGGTCTTT-1"]);
    expect(Object.keys(head.columns)).toEqual(["bulk_labels", "n_genes"]);
    expect(head.columns.bulk_labels).toEqual(["CD14+ Monocyte", "Dendritic", "CD56+ NK"]);
  });

  it("shows var with --axis var, and ends before the end of a short table", async () => {
    const head = await json<{ index: string[] }>("head", store, "--axis", "var", "-n", "100000", "--json");
    expect(head.index).toHaveLength(765);
  });

  it("names the columns that there are when one is unknown", async () => {
    const { code, stderr } = await ats(["head", store, "--columns", "nope"]);
    expect(code).toBe(1);
    expect(stderr).toMatch(/^error: NOT_FOUND .*bulk_labels/);
  });
});

describe("ats get", () => {
  const bCells = ["--obs", "bulk_labels == 'CD19+ B'", "--var-names", "CD79A,MS4A1"];

  it("writes the selected part of X as CSV with names", async () => {
    const { code, stdout } = await ats(["get", store, "X", ...bCells]);
    const lines = stdout.toString().trimEnd().split("\n");
    expect(code).toBe(0);
    expect(lines[0]).toBe(",CD79A,MS4A1");
    expect(lines).toHaveLength(96);
    expect(lines[1]).toMatch(/^[ACGT]+-\d+,-?[\d.]+,-?[\d.]+$/);
  });

  it("writes NPY bytes that hold as many values as the shape says", async () => {
    const { stdout } = await ats(["get", store, "X", ...bCells, "--format", "npy"]);
    expect(stdout.subarray(0, 8)).toEqual(Buffer.from([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0]));
    const header = stdout.subarray(10, 10 + stdout.readUInt16LE(8)).toString();
    expect(header).toContain("'descr': '<f4', 'fortran_order': False, 'shape': (95, 2)");
    expect(stdout.length - 10 - header.length).toBe(95 * 2 * 4);
  });

  it("gives one column of a table, and nested uns as JSON", async () => {
    const column = await json<{ columns: Record<string, string[]> }>("get", store, "obs/phase", "--format", "json");
    expect(new Set(column.columns.phase)).toEqual(new Set(["G1", "S", "G2M"]));
    const params = await json<Record<string, unknown>>("get", store, "uns/neighbors/params", "--format", "json");
    expect(params).toMatchObject({ method: "umap" });
  });

  it("names the elements that there are when one is unknown", async () => {
    const { code, stderr } = await ats(["get", store, "layers/none"]);
    expect(code).toBe(1);
    expect(stderr).toMatch(/^error: NOT_FOUND layers\/none: .*X, obs/);
  });
});

describe("ats diff", () => {
  it("ends with 0 and says nothing where stores are equal, whatever their formats", async () => {
    const { code, stdout, stderr } = await ats(["diff", PBMC, store]);
    expect({ code, stdout: stdout.toString(), stderr }).toEqual({ code: 0, stdout: "", stderr: "" });
  });

  it("ends with 1 and a line for each difference, or one JSON document", async () => {
    const some = join(folder, "some.ats");
    await ats(["convert", PBMC, some, "--obs-slice", "0:699"]);
    const lines = (await ats(["diff", store, some])).stdout.toString().trim().split("\n");
    expect(lines[0]).toBe("the store has the shape [700,765] in one, [699,765] in the other");
    const { code, stdout } = await ats(["diff", store, some, "--json"]);
    expect(code).toBe(1);
    const report = JSON.parse(stdout.toString()) as { equal: boolean; differences: { path: string }[] };
    expect(report.equal).toBe(false);
    expect(report.differences).toHaveLength(lines.length);
    expect(report.differences.map(({ path }) => path)).toContain("X");
  });
});

describe("ats validate", () => {
  it("ends with 0 where nothing is wrong", async () => {
    expect(await json("validate", store, "--deep", "--json")).toEqual({ valid: true, findings: [] });
  });

  it("ends with 1 and a line for each thing that is wrong", async () => {
    const damaged = join(folder, "damaged.ats");
    await ats(["convert", PBMC, damaged]);
    await writeFile(join(damaged, "var.parquet"), "no table");
    const { code, stdout } = await ats(["validate", damaged]);
    expect(code).toBe(1);
    expect(stdout.toString()).toMatch(/^CORRUPT var\.parquet: has 8 bytes, not the \d+ that were written$/m);
  });
});

describe("ats bench", () => {
  const ACCESSES = [
    "open",
    "obs",
    "X, 100 rows in a row",
    "X, 100 scattered rows",
    "X, 20 scattered columns",
    "X, 100 rows × 20 columns",
    "X, all of it",
  ];

  it("times each access as often as it is told, and says what is decoded", async () => {
    const args = ["--rows", "100", "--rounds", "3", "--json"];
    const { accesses, ...report } = await json<BenchReport>("bench", store, ...args);
    expect(report).toEqual({ format: "ats", shape: [700, 765], peakMemory: expect.any(Number) });
    expect(accesses.map(({ access }) => access)).toEqual(ACCESSES);
    for (const { access, first, least, median, most, chunks, bytes } of accesses) {
      const times = [least, first, median, most];
      expect([Math.min(...times), Math.max(...times)], access).toEqual([least, most]);
      expect(least, access).toBeGreaterThan(0);
      if (access === "open") expect([chunks, bytes]).toEqual([null, null]);
      else expect(Math.min(chunks as number, bytes as number), access).toBeGreaterThan(0);
    }
  });

  it("prints a table without --json, and leaves a whole X out that is larger than it is told", async () => {
    const { code, stdout } = await ats(["bench", PBMC, "--rows", "100", "--rounds", "1", "--whole", "1kB"]);
    expect(code).toBe(0);
    const lines = stdout.toString().split("\n");
    expect(lines[0]).toBe("h5ad, 700 obs × 765 vars");
    expect(lines[2]).toMatch(/^access +median ms +first +least +most +chunks +MB decoded$/);
    const named = lines.slice(3).map((line) => line.split(/ {2,}/)[0]);
    expect(named.slice(0, ACCESSES.length - 1)).toEqual(ACCESSES.slice(0, -1));
    expect(lines.at(-2)).toMatch(/^peak memory \d+ MB$/);
  });

  it("refuses what cannot be timed", async () => {
    expect(await ats(["bench", join(folder, "none.ats")])).toMatchObject({ code: 1 });
    expect(await ats(["bench", store, "--rounds", "0"])).toMatchObject({ code: 2 });
  });
});

describe("ats convert", () => {
  it("refuses an existing target without --overwrite and leaves it as it is", async () => {
    const { code, stderr } = await ats(["convert", PBMC, store]);
    expect(code).toBe(1);
    expect(stderr).toMatch(/^error: ALREADY_EXISTS /);
    expect((await json<{ index: string[] }>("head", store, "-n", "1", "--json")).index).toEqual(["AAAGCCTGGCTAAC-1"]);
  });

  it("keeps what is selected by names from a file, by position and by expression, in turn", async () => {
    const names = join(folder, "genes.txt");
    await writeFile(names, "MS4A1\nCD79A\n");
    const out = join(folder, "part.ats");
    const args = ["--obs-slice", "0:200", "--obs", "percent_mito < 0.02", "--var-names", `@${names}`];
    const { shape } = await json<{ shape: number[] }>("convert", store, out, ...args, "--json");
    expect(shape[1]).toBe(2);
    expect(shape[0]).toBeGreaterThan(0);
    expect(shape[0]).toBeLessThan(200);
    expect((await json<{ index: string[] }>("head", out, "--axis", "var", "--json")).index).toEqual(["MS4A1", "CD79A"]);
  });

  it("writes values as the type that is asked for, and stops where one would change", async () => {
    const out = join(folder, "typed.ats");
    const dtypeOf = async (path: string) => {
      const { elements } = await json<{ elements: { path: string; dtype: string }[] }>("info", out, "--json");
      return elements.find((element) => element.path === path)?.dtype;
    };
    await json("convert", PBMC, out, "--dtype", "X=float64", "--dtype", "raw/X=narrowest", "--json");
    expect([await dtypeOf("X"), await dtypeOf("raw/X")]).toEqual(["float64", "float32"]);
    await json("convert", PBMC, out, "--dtype", "narrowest", "--overwrite", "--json");
    expect([await dtypeOf("X"), await dtypeOf("raw/X")]).toEqual(["float32", "float32"]);
    const lossy = await ats(["convert", PBMC, out, "--dtype", "X=uint8", "--overwrite"]);
    expect(lossy.code).toBe(1);
    expect(lossy.stderr).toMatch(
      /^error: INVALID_ARGUMENT X: the value at row 0, column 0 would not stay -0\.\d+ as uint8/,
    );
    expect(await dtypeOf("X")).toBe("float32");
  });

  it.each([
    [["--dtype", "uint7"], /--dtype takes one of narrowest, bool, int8, .*, not "uint7"/],
    [
      ["--dtype", "uint8", "--dtype", "X=int8"],
      /--dtype takes one type for all matrices, or PATH=TYPE for each; not both/,
    ],
    [["--dtype", "X=uint8", "--dtype", "X=int8"], /--dtype is given twice for X/],
  ])("refuses %j", async (args, message) => {
    const { code, stderr } = await ats(["convert", PBMC, join(folder, "never.ats"), ...args]);
    expect(code).toBe(2);
    expect(stderr).toMatch(message);
  });

  it("leaves nothing half-written after a failure", async () => {
    const broken = join(folder, "broken.h5ad");
    await writeFile(broken, (await readFile(PBMC)).subarray(0, 200_000));
    const before = await readdir(folder);
    const { code, stderr } = await ats(["convert", broken, join(folder, "never.ats")]);
    expect(code).toBe(1);
    expect(stderr).toMatch(/^error: CORRUPT .*broken\.h5ad: /);
    expect(await readdir(folder)).toEqual(before);
  });
});
