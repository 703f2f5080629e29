import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { cellOf, ENCODINGS, FORMATS } from "../interop/support.js";

const path = (relative: string) => fileURLToPath(new URL(relative, import.meta.url));
const text = await readFile(path("../../docs/formats.md"), "utf8");
const table = /<!-- support -->\n([\s\S]*)<!-- \/support -->/.exec(text)?.[1] ?? "";

/** A line of the table. */
const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;

describe("the support table", () => {
  it("says what the lists say that the tests of its cells are made of", () => {
    const rows = ENCODINGS.map((encoding) => {
      const cells = FORMATS.map((format) => cellOf(encoding, format));
      return line([`${encoding.type} ${encoding.version}`, ...cells, `\`${encoding.object}\``]);
    });
    const head = ["encoding", ...FORMATS.map(({ name }) => name), "object"];
    expect(table.trim().split("\n")).toEqual([line(head), line(head.map(() => "---")).replaceAll(" ", ""), ...rows]);
  });

  it("has a row for each encoding of anndata", () => {
    const known = [
      ...["anndata", "array", "awkward-array", "categorical", "csc_matrix", "csr_matrix", "dataframe", "dict", "null"],
      ...["nullable-boolean", "nullable-integer", "nullable-string-array", "numeric-scalar", "raw", "rec-array"],
      ...["string", "string-array"],
    ];
    expect(ENCODINGS.map(({ type }) => type).sort()).toEqual(known.sort());
  });

  it("and the text name test files and tests that exist", async () => {
    const named = [...text.matchAll(/`(test\/[\w./-]+\.test\.ts)`(?:: "([^"]+)")?/g)];
    expect(named.length).toBeGreaterThan(4);
    for (const [, file, title] of named) {
      const source = await readFile(path(`../../${file}`), "utf8");
      if (title !== undefined) expect(source, `${file}: ${title}`).toContain(title);
    }
  });
});
