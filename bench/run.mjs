/**
 * Times this package against its peers and prints a Markdown table: `npm run bench -- [--quick] [--only PATTERN] [--data DIR] [--save]`.
 * Every subject is a process of its own; their answers are compared before anything is timed.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { interopPython } from "../scripts/check/interop-venv.mjs";
import { cases } from "./cases/index.mjs";
import { buildPackage, makeData } from "./harness/data.mjs";
import { runCase } from "./harness/measure.mjs";
import { report, saveReport } from "./harness/report.mjs";

const { values } = parseArgs({
  options: {
    quick: { type: "boolean", default: false },
    only: { type: "string" },
    data: { type: "string" },
    save: { type: "boolean", default: false },
  },
});
const budget = values.quick ? { rounds: 7, seconds: 12 } : { rounds: 15, seconds: 60 };
const wanted = cases.filter((c) => values.only === undefined || c.name.includes(values.only));
if (wanted.length === 0)
  throw new Error(`No case is called ${values.only}; there are ${cases.map((c) => c.name).join(", ")}.`);

buildPackage();
const python = interopPython();
const folder = values.data ?? mkdtempSync(join(tmpdir(), "ats-bench-"));
try {
  makeData(python, folder);
  const results = [];
  for (const one of wanted) {
    const result = await runCase(one, { python, folder, budget });
    results.push(result);
    console.error(report([result], { heading: false }));
  }
  const text = report(results);
  console.log(text);
  if (values.save) saveReport(values.quick ? "quick" : "full", text, results);
  if (results.some((r) => r.failure !== undefined)) process.exitCode = 1;
} finally {
  if (values.data === undefined) rmSync(folder, { recursive: true, force: true });
}
