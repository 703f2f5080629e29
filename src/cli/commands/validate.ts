import { stringify } from "../../inspect/export/text.js";
import { validate } from "../../inspect/validate.js";
import { defineCommand, flag } from "../command.js";
import { emit } from "../output.js";

/** `ats validate STORE [--deep] [--json]`. */
export const validateCommand = defineCommand({
  summary: "checks a store against its format",
  help: `Usage: ats validate STORE [--deep] [--json]

Checks metadata, encodings, shapes and columns of STORE. Exit code 0 where nothing is wrong, else 1 with a line for each
thing that is.

  --deep   also every value, and the checksum of every file of a store that this package wrote
  --json   one JSON document instead of lines`,
  options: { deep: { type: "boolean" }, json: { type: "boolean" } },
  positionals: 1,
  async run([path], values, signal) {
    const report = await validate(path as string, { deep: flag(values, "deep"), signal });
    const lines = report.findings.map(({ path: at, code, what }) => `${code} ${at === "" ? path : at}: ${what}\n`);
    await emit(flag(values, "json") ? `${stringify(report)}\n` : lines.join(""));
    return report.valid ? 0 : 1;
  },
});
