import { open } from "../../anndata/open.js";
import { EXPORT_FORMATS, exportElement } from "../../inspect/export/export.js";
import { defineCommand, text } from "../command.js";
import { emit } from "../output.js";
import { parseChoice } from "../parse.js";
import { SELECTION_HELP, SELECTION_OPTIONS, selectAxes } from "../selection.js";

/** `ats get STORE PATH [--obs …] [--var …]`. */
export const getCommand = defineCommand({
  summary: "one element or table as CSV, TSV, JSON or NPY on stdout",
  help: `Usage: ats get STORE PATH [options]

Writes the element PATH, as \`ats info\` names it (X, obs, obs/cell_type, layers/counts, uns/…), to stdout. Only the
selected part is read.

  --format csv|tsv|json|npy   (csv)
${SELECTION_HELP}`,
  options: { format: { type: "string" }, ...SELECTION_OPTIONS },
  positionals: 2,
  async run([store, path], values, signal) {
    const format = parseChoice("format", text(values, "format") ?? "csv", EXPORT_FORMATS);
    const adata = await open(store as string, { signal });
    try {
      const view = await selectAxes(adata, values, signal);
      for await (const chunk of exportElement(view.elements, path as string, format, { signal })) {
        await emit(chunk, signal);
      }
      return 0;
    } finally {
      await adata.close();
    }
  },
});
