/** Results as a Markdown table and as JSON. */
import { writeFileSync } from "node:fs";
import { availableParallelism, cpus, totalmem } from "node:os";

const COLUMNS = ["case", "subject", "median s", "min–max s", "peak MB", "ours is", "target"];

/**
 * One row per case and subject.
 * @param {readonly object[]} results
 */
export function report(results, { heading = true } = {}) {
  const rows = results.flatMap(rowsOf);
  const head = [`| ${COLUMNS.join(" | ")} |`, `|${COLUMNS.map(() => "---").join("|")}|`];
  const table = [...(heading ? head : []), ...rows.map((row) => `| ${row.join(" | ")} |`)].join("\n");
  return heading ? `${machine()}\n\n${table}\n` : table;
}

function rowsOf(result) {
  const { case: one, subjects, failure } = result;
  if (failure !== undefined) return [[one.title, "–", "–", "–", "–", `FAILED: ${failure}`, ""]];
  const ours = subjects[0];
  return subjects.map((subject, i) => [
    i === 0 ? one.title : "",
    subject.name,
    subject.median.toFixed(3),
    `${Math.min(...subject.seconds).toFixed(3)}–${Math.max(...subject.seconds).toFixed(3)}`,
    subject.peak === undefined ? "–" : (subject.peak / 1e6).toFixed(0),
    i === 0 ? "" : `${(subject.median / ours.median).toFixed(2)}×`,
    i === 0 || one.targets[subject.name] === undefined
      ? ""
      : verdict(subject.median / ours.median, one.targets[subject.name]),
  ]);
}

function verdict(ratio, target) {
  return `≥ ${target}× ${ratio >= target ? "✓" : "✗"}`;
}

function machine() {
  const cpu = cpus()[0]?.model.trim() ?? "an unknown processor";
  return `${availableParallelism()} cores (${cpu}), ${(totalmem() / 1e9).toFixed(0)} GB, Node ${process.versions.node}, ${new Date().toISOString().slice(0, 10)}. Medians of interleaved runs, inputs in the page cache, imports excluded; "ours is" = the peer's time ÷ ours.`;
}

/** Writes `results/NAME.md` and `.json`. */
export function saveReport(name, text, results) {
  const base = new URL(`../results/${name}`, import.meta.url);
  writeFileSync(new URL(`${base}.md`), text);
  const plain = results.map(({ case: one, subjects, failure }) => ({ name: one.name, subjects, failure }));
  writeFileSync(new URL(`${base}.json`), `${JSON.stringify(plain, null, 1)}\n`);
}
