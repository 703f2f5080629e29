/** Results as a Markdown table and as JSON. */
import { writeFileSync } from "node:fs";
import { availableParallelism, cpus, totalmem } from "node:os";

const COLUMNS = ["case", "subject", "median s", "min–max s", "CPU s", "peak MB", "ours is", "target"];

/**
 * One row per case and subject.
 * @param {readonly object[]} results
 * @param {{ heading?: boolean, size?: string }} [options] `size` says what was measured on
 */
export function report(results, { heading = true, size } = {}) {
  const rows = results.flatMap(rowsOf);
  const head = [`| ${COLUMNS.join(" | ")} |`, `|${COLUMNS.map(() => "---").join("|")}|`];
  const table = [...(heading ? head : []), ...rows.map((row) => `| ${row.join(" | ")} |`)].join("\n");
  return heading ? `${machine(size)}\n\n${table}\n` : table;
}

function rowsOf(result) {
  const { case: one, subjects, failure } = result;
  if (failure !== undefined) return [[one.title, ...COLUMNS.slice(1, -2).map(() => "–"), `FAILED: ${failure}`, ""]];
  const ours = subjects[0];
  return subjects.map((subject, i) => [
    i === 0 ? one.title : "",
    subject.name,
    time(subject.median),
    `${time(Math.min(...subject.seconds))}–${time(Math.max(...subject.seconds))}`,
    time(subject.cpu),
    subject.peak === undefined ? "–" : (subject.peak / 1e6).toFixed(0),
    ...(i === 0 ? ["", ""] : comparison(subject.median / ours.median, one.targets[subject.name] ?? 1)),
  ]);
}

/** Milliseconds, and of a few of them the tenths. */
function time(seconds) {
  return seconds.toFixed(seconds < 0.1 ? 4 : 3);
}

function comparison(ratio, target) {
  return [`${ratio.toFixed(2)}×`, `≥ ${target}× ${ratio >= target ? "✓" : "✗"}`];
}

function machine(size) {
  const cpu = cpus()[0]?.model.trim() ?? "an unknown processor";
  const on = size === undefined ? "" : `${size}. `;
  return `${on}${availableParallelism()} cores (${cpu}), ${(totalmem() / 1e9).toFixed(0)} GB, Node ${process.versions.node}, ${new Date().toISOString().slice(0, 10)}. Medians of interleaved runs, inputs in the page cache, imports excluded; CPU is user and system time of all threads; "ours is" = the peer's time ÷ ours.`;
}

/** Writes `results/NAME.md` and `.json`. */
export function saveReport(name, text, results) {
  const base = new URL(`../results/${name}`, import.meta.url);
  writeFileSync(new URL(`${base}.md`), text);
  const plain = results.map(({ case: one, subjects, failure }) => ({ name: one.name, subjects, failure }));
  writeFileSync(new URL(`${base}.json`), `${JSON.stringify(plain, null, 1)}\n`);
}
