import { openAnnData } from "../../formats/detect.js";
import { stringify } from "../../inspect/export/text.js";
import { type ElementReport, info, type StoreReport } from "../../inspect/info.js";
import { defineCommand, flag } from "../command.js";
import { emit } from "../output.js";
import { columns } from "../table.js";

/** `ats info STORE [--json]`. */
export const infoCommand = defineCommand({
  summary: "format, shape and every element of a store",
  help: `Usage: ats info STORE [--json]

Prints the format and shape of STORE and, for every element, its path, encoding, dtype, shape, chunks, shards, codec,
stored values (sparse) and bytes on disk. No values are read.

  --json   one JSON document instead of a table`,
  options: { json: { type: "boolean" } },
  positionals: 1,
  async run([path], values, signal) {
    const store = await openAnnData(path as string, { signal });
    try {
      const report = await info(store, { signal });
      await emit(flag(values, "json") ? `${stringify(report)}\n` : table(report));
      return 0;
    } finally {
      await store.close();
    }
  },
});

const HEADER = ["path", "encoding", "dtype", "shape", "chunks", "codec", "nnz", "bytes"];

function table(report: StoreReport): string {
  const lines = [HEADER, ...report.elements.map(row)];
  const version = report.version === null ? "" : ` ${report.version}`;
  const title = `${report.format}${version}, ${report.shape[0]} obs × ${report.shape[1]} vars`;
  return `${title}\n\n${columns(lines)}\n`;
}

function row(element: ElementReport): string[] {
  const { path, encoding, dtype, shape, chunks, shards, codec, nnz, bytes } = element;
  const grid = [chunks, shards].filter((extents) => extents !== null).map((extents) => extents.join("×"));
  return [
    path,
    encoding,
    dtype ?? "",
    shape?.join("×") ?? "",
    grid.join(" in "),
    codec ?? "",
    nnz?.toLocaleString("en") ?? "",
    bytes?.toLocaleString("en") ?? "",
  ];
}
