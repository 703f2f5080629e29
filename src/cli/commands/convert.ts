import { performance } from "node:perf_hooks";
import { convert } from "../../convert/convert.js";
import { stringify } from "../../inspect/export/text.js";
import { defineCommand, flag } from "../command.js";
import { CONVERT_HELP, CONVERT_OPTIONS, convertOptions } from "../convert-options.js";
import { emit } from "../output.js";
import { progressBar } from "../progress.js";
import { SELECTION_HELP, SELECTION_OPTIONS, selectAxes } from "../selection.js";

/** `ats convert IN OUT [options]`. */
export const convertCommand = defineCommand({
  summary: "convert a store to another format, streamed",
  help: `Usage: ats convert IN OUT [options]

Converts IN to OUT. The format of OUT comes from its name or --to. Matrices move in blocks; OUT is there complete or not at all.

${CONVERT_HELP}
${SELECTION_HELP}
  --memory SIZE       bound on the memory of buffers (1GiB)
  --threads N         threads for decoding and files (all)
  --overwrite         replace OUT
  --quiet             no progress bar, no warnings
  --json              print what was written as JSON`,
  options: {
    ...CONVERT_OPTIONS,
    quiet: { type: "boolean", short: "q" },
    json: { type: "boolean" },
    ...SELECTION_OPTIONS,
  },
  positionals: 2,
  async run([input, output], values, signal) {
    const options = convertOptions(values, output as string);
    const quiet = flag(values, "quiet");
    const bar = progressBar(quiet);
    const start = performance.now();
    try {
      const result = await convert(input as string, output as string, {
        ...options,
        signal,
        view: (adata) => selectAxes(adata, values, signal),
        onProgress: bar.report,
        onWarning: (message) => {
          bar.stop();
          if (!quiet) process.stderr.write(`warning: ${message}\n`);
        },
      });
      bar.stop();
      const seconds = (performance.now() - start) / 1000;
      if (flag(values, "json")) await emit(`${stringify({ ...result, output, seconds })}\n`);
      else if (!quiet)
        await emit(`${output}: ${result.format}, ${result.shape.join(" × ")}, ${seconds.toFixed(1)} s\n`);
      return 0;
    } finally {
      bar.stop();
    }
  },
});
