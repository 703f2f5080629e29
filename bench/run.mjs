/**
 * Times this package against its peers and prints a Markdown table:
 * `npm run bench -- [--quick] [--size s|l] [--only PATTERN] [--data DIR] [--save]`.
 * Every subject is a process of its own; their answers are compared before anything is timed.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { interopPython } from "../scripts/check/interop-venv.mjs";
import { cases } from "./cases/index.mjs";
import { buildPackage, makeData, SIZES } from "./harness/data.mjs";
import { runCase } from "./harness/measure.mjs";
import { report, saveReport } from "./harness/report.mjs";

const { values } = parseArgs({
  options: {
    quick: { type: "boolean", default: false },
    size: { type: "string", default: "s" },
    only: { type: "string" },
    data: { type: "string" },
    save: { type: "boolean", default: false },
  },
});
const { size } = values;
if (SIZES[size] === undefined) throw new Error(`--size is one of ${Object.keys(SIZES).join(", ")}.`);
const budget = values.quick ? { rounds: 7, seconds: 6 } : { rounds: 15, seconds: 60 };
const wanted = cases.filter(
  (c) => c.sizes.includes(size) && (values.only === undefined || new RegExp(values.only).test(c.name)),
);
if (wanted.length === 0) {
  throw new Error(
    `No case of size ${size} is called ${values.only}; there are ${cases.map((c) => c.name).join(", ")}.`,
  );
}

buildPackage();
const kept = values.data ?? mkdtempSync(join(tmpdir(), "ats-bench-"));
const folder = join(kept, size);
try {
  makeData(interopPython, folder, size);
  const results = [];
  for (const one of wanted) {
    const result = await runCase(one, { python: interopPython, folder, budget });
    results.push(result);
    console.error(report([result], { heading: false }));
  }
  const text = report(results, { size: SIZES[size] });
  console.log(text);
  if (values.save) saveReport(size === "l" ? "large" : values.quick ? "quick" : "full", text, results);
  if (results.some((r) => r.failure !== undefined)) process.exitCode = 1;
} finally {
  if (values.data === undefined) rmSync(kept, { recursive: true, force: true });
}
