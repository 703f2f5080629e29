import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { startPythonOf } from "../interop/python.js";

const text = await readFile(fileURLToPath(new URL("../../docs/formats.md", import.meta.url)), "utf8");
const table = /<!-- support -->\n([\s\S]*)<!-- \/support -->/.exec(text)?.[1] ?? "";
const rows = table
  .split("\n")
  .filter((line) => line.startsWith("| ") && !line.startsWith("| encoding"))
  .map((line) => line.split("|").map((cell) => cell.trim()));

describe("the support table", () => {
  it("has a row for each encoding of anndata, with a cell for each format", () => {
    expect(rows.map((cells) => (cells[1] as string).split(" ")[0]).sort()).toEqual(
      [
        ...[
          "anndata",
          "array",
          "awkward-array",
          "categorical",
          "csc_matrix",
          "csr_matrix",
          "dataframe",
          "dict",
          "null",
        ],
        ...["nullable-boolean", "nullable-integer", "nullable-string-array", "numeric-scalar", "raw", "rec-array"],
        ...["string", "string-array"],
      ].sort(),
    );
    for (const cells of rows) expect(cells.slice(2, 8).every((cell) => /^(rwl?|–)$/.test(cell))).toBe(true);
  });

  it("names objects that both tests of the interop suite are run for", async () => {
    const names = new Set<string>();
    for (const environment of ["anndata-0.12", "anndata-0.13"] as const) {
      const python = startPythonOf(environment, "anndata_server.py");
      for (const name of await python.ask<string[]>({ names: true })) names.add(name);
      await python.close();
    }
    const wanted = rows.map((cells) => (cells[8] as string).replaceAll("`", ""));
    expect(wanted.filter((name) => !names.has(name))).toEqual([]);
  });

  it("and the text name tests that exist", async () => {
    const named = [...text.matchAll(/`([\w./-]+\.test\.ts)`: "([^"]+)"/g)];
    expect(named.length).toBeGreaterThan(rows.length / 2);
    for (const [, file, title] of named) {
      const source = await readFile(fileURLToPath(new URL(`../encodings/${file}`, import.meta.url)), "utf8");
      expect(source, `${file}: ${title}`).toContain(`"${title}"`);
    }
  });
});
