import { performance } from "node:perf_hooks";
import { type ConvertOptions, convert } from "../../convert/convert.js";
import { stringify } from "../../inspect/export/text.js";
import { defineCommand, flag, type OptionValues, text } from "../command.js";
import { emit } from "../output.js";
import { parseChoice, parseCount, parseSize } from "../parse.js";
import { progressBar } from "../progress.js";
import { SELECTION_HELP, SELECTION_OPTIONS, selectAxes } from "../selection.js";

/** `ats convert IN OUT [options]`. */
export const convertCommand = defineCommand({
  summary: "convert a store to another format, streamed",
  help: `Usage: ats convert IN OUT [options]

Converts IN to OUT. The format of OUT comes from its name or --to. X moves in blocks; OUT is there complete or not at all.

  --to ats            format of OUT
  --codec CODEC       zstd:3, blosc-lz4, gzip or none
  --chunk-rows N      rows of a chunk of X and layers
  --chunk-columns N   columns of a chunk of X and layers
  --x keep|sparse|dense
                      how sparse matrices are written; .ats holds dense ones unless told otherwise, so that Python reads them
  --durability full|none
                      none skips fsync
${SELECTION_HELP}
  --memory SIZE       bound on the memory of buffers (1GiB)
  --threads N         threads for decoding and files (all)
  --overwrite         replace OUT
  --quiet             no progress bar, no warnings
  --json              print what was written as JSON`,
  options: {
    to: { type: "string" },
    codec: { type: "string" },
    "chunk-rows": { type: "string" },
    "chunk-columns": { type: "string" },
    x: { type: "string" },
    durability: { type: "string" },
    memory: { type: "string" },
    threads: { type: "string" },
    overwrite: { type: "boolean" },
    quiet: { type: "boolean", short: "q" },
    json: { type: "boolean" },
    ...SELECTION_OPTIONS,
  },
  positionals: 2,
  async run([input, output], values, signal) {
    const options = convertOptions(values);
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

function convertOptions(values: OptionValues): ConvertOptions {
  const to = text(values, "to");
  const x = text(values, "x");
  const codec = text(values, "codec");
  const durability = text(values, "durability");
  const memory = text(values, "memory");
  const threads = text(values, "threads");
  const chunkRows = text(values, "chunk-rows");
  const chunkColumns = text(values, "chunk-columns");
  return {
    overwrite: flag(values, "overwrite"),
    ...(to !== undefined && { to: parseChoice("to", to, ["ats", "zarr", "h5ad"]) }),
    ...(x !== undefined && { x: parseChoice("x", x, ["keep", "sparse", "dense"]) }),
    ...(codec !== undefined && { codec }),
    ...(durability !== undefined && { durability: parseChoice("durability", durability, ["full", "none"]) }),
    ...(memory !== undefined && { memory: parseSize("memory", memory) }),
    ...(threads !== undefined && { threads: parseCount("threads", threads) }),
    ...(chunkRows !== undefined && { chunkRows: parseCount("chunk-rows", chunkRows) }),
    ...(chunkColumns !== undefined && { chunkColumns: parseCount("chunk-columns", chunkColumns) }),
  };
}
