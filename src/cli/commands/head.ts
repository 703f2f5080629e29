import { open } from "../../anndata/open.js";
import { AtsError } from "../../errors.js";
import { type PlainFrame, plainFrame } from "../../inspect/export/frame.js";
import { stringify } from "../../inspect/export/text.js";
import { defineCommand, flag, text } from "../command.js";
import { emit } from "../output.js";
import { parseChoice, parseCount } from "../parse.js";

/** `ats head STORE [--axis obs|var] [-n 10] [--columns a,b] [--json]`. */
export const headCommand = defineCommand({
  summary: "the first rows of obs or var",
  help: `Usage: ats head STORE [options]

Prints the first rows of a table; only the columns that are asked for are read.

  --axis obs|var   which table (obs)
  -n N             how many rows (10)
  --columns LIST   a comma list of columns (all)
  --json           { "index": [...], "columns": { name: [...] } }, missing values as null`,
  options: {
    axis: { type: "string" },
    n: { type: "string", short: "n" },
    columns: { type: "string" },
    json: { type: "boolean" },
  },
  positionals: 1,
  async run([store], values, signal) {
    const axis = parseChoice("axis", text(values, "axis") ?? "obs", ["obs", "var"]);
    const n = parseCount("n", text(values, "n") ?? "10", 0);
    const columns = text(values, "columns")?.split(",");
    const adata = await open(store as string, { signal });
    try {
      const frame = adata.elements[axis];
      const unknown = columns?.find((name) => !frame.columnNames.includes(name));
      if (unknown !== undefined) {
        const message = `There is no column "${unknown}"; there are ${frame.columnNames.join(", ")}.`;
        throw new AtsError("NOT_FOUND", message, { path: `${store}/${axis}` });
      }
      const rows = { kind: "range", start: 0, step: 1, count: Math.min(n, frame.length) } as const;
      const read = await frame.readFrame(columns, rows, { signal });
      const plain = plainFrame(read);
      await emit(flag(values, "json") ? `${stringify(plain)}\n` : table(plain, frame.indexName ?? ""));
      return 0;
    } finally {
      await adata.close();
    }
  },
});

function table({ index, columns }: PlainFrame, indexName: string): string {
  const fields = [index, ...Object.values(columns)].map((values) => values.map((value) => String(value ?? "")));
  const titles = [indexName, ...Object.keys(columns)];
  const widths = titles.map((title, i) => Math.max(title.length, ...(fields[i] as string[]).map((f) => f.length)));
  const line = (cells: readonly string[]) =>
    cells
      .map((cell, i) => cell.padEnd(widths[i] as number))
      .join("  ")
      .trimEnd();
  const rows = index.map((_, row) => line(fields.map((column) => column[row] as string)));
  return `${[line(titles), ...rows].join("\n")}\n`;
}
