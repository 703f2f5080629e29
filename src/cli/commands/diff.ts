import { openAnnData } from "../../formats/detect.js";
import type { OpenedAnnData } from "../../formats/types.js";
import { diff } from "../../inspect/diff.js";
import { stringify } from "../../inspect/export/text.js";
import { defineCommand, flag, type OptionValues, text } from "../command.js";
import { emit } from "../output.js";
import { UsageError } from "../usage.js";

/** `ats diff A B [--rtol X] [--atol X] [--json]`. */
export const diffCommand = defineCommand({
  summary: "what differs between two stores, whatever their formats",
  help: `Usage: ats diff A B [--rtol X] [--atol X] [--json]

Compares two stores by meaning: names, shapes, types, categories, missing values and every value, but not how they are
stored. A dense and a sparse matrix of the same values are equal. Exit code 0 where they are equal, 1 where they differ.

  --rtol X  numbers a and b are equal where |a - b| <= atol + rtol * |b| (default 0)
  --atol X  (default 0)
  --json    one JSON document instead of a line per difference`,
  options: { json: { type: "boolean" }, rtol: { type: "string" }, atol: { type: "string" } },
  positionals: 2,
  async run([a, b], values, signal) {
    const tolerance = { rtol: parseTolerance(values, "rtol"), atol: parseTolerance(values, "atol") };
    const stores: OpenedAnnData[] = [];
    try {
      for (const path of [a, b]) stores.push(await openAnnData(path as string, { signal }));
      const [first, second] = stores as [OpenedAnnData, OpenedAnnData];
      const report = await diff(first, second, { ...tolerance, signal });
      const lines = report.differences.map(({ path, what }) => `${path === "" ? "the store" : path} ${what}\n`);
      await emit(flag(values, "json") ? `${stringify(report)}\n` : lines.join(""));
      return report.equal ? 0 : 1;
    } finally {
      for (const store of stores) await store.close();
    }
  },
});

function parseTolerance(values: OptionValues, option: string): number {
  const given = text(values, option);
  if (given === undefined) return 0;
  const value = Number(given);
  if (given.trim() !== "" && Number.isFinite(value) && value >= 0) return value;
  throw new UsageError(`--${option} takes a number that is not negative, not "${given}".`);
}
