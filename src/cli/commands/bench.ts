import { type AccessReport, type BenchReport, bench } from "../../inspect/bench.js";
import { stringify } from "../../inspect/export/text.js";
import { defineCommand, flag, type OptionValues, text } from "../command.js";
import { emit } from "../output.js";
import { parseCount, parseSize } from "../parse.js";
import { columns } from "../table.js";

/** `ats bench STORE [options]`. */
export const benchCommand = defineCommand({
  summary: "time common accesses of a store",
  help: `Usage: ats bench STORE [options]

Times opening STORE, reading obs, and rows, columns and all of X, several rounds each. The store is opened anew for every round,
which is timed by itself. The first round may wait for the disk, the others find the files in memory.

  --rows N        observations of the accesses that select some (1000)
  --columns N     variables of the accesses that select some (20)
  --rounds N      rounds of each access (5)
  --whole SIZE    the largest X that is read whole (1GiB)
  --threads N     threads for decoding and files (all)
  --quiet         no progress on a terminal
  --json          print the report as JSON`,
  options: {
    rows: { type: "string" },
    columns: { type: "string" },
    rounds: { type: "string" },
    whole: { type: "string" },
    threads: { type: "string" },
    quiet: { type: "boolean", short: "q" },
    json: { type: "boolean" },
  },
  positionals: 1,
  async run([path], values, signal) {
    const count = (option: string) => optional(values, option, parseCount);
    const threads = count("threads");
    const shown = process.stderr.isTTY && !flag(values, "quiet");
    const tell = (line: string) => shown && process.stderr.write(`\r${line}\x1b[K`);
    const timing = bench(path as string, {
      rows: count("rows"),
      columns: count("columns"),
      rounds: count("rounds"),
      wholeBytes: optional(values, "whole", parseSize),
      ...(threads !== undefined && { threads }),
      signal,
      onRound: (access, round, rounds) => tell(`${access}: ${round + 1} of ${rounds}`),
    });
    const report = await timing.finally(() => tell(""));
    await emit(flag(values, "json") ? `${stringify(report)}\n` : table(report));
    return 0;
  },
});

function optional<T>(values: OptionValues, option: string, parse: (option: string, value: string) => T): T | undefined {
  const value = text(values, option);
  return value === undefined ? undefined : parse(option, value);
}

const HEADER = ["access", "median ms", "first", "least", "most", "chunks", "MB decoded"];

function table({ format, shape, accesses, peakMemory }: BenchReport): string {
  const numbers = new Set(HEADER.keys());
  numbers.delete(0);
  const title = `${format}, ${shape[0]} obs × ${shape[1]} vars`;
  const peak = `peak memory ${(peakMemory / 1e6).toFixed(0)} MB`;
  return `${title}\n\n${columns([HEADER, ...accesses.map(row)], numbers)}\n\n${peak}\n`;
}

function row({ access, median, first, least, most, chunks, bytes }: AccessReport): string[] {
  const ms = (time: number) => time.toFixed(1);
  const decoded = bytes === null ? "" : (bytes / 1e6).toFixed(1);
  return [access, ms(median), ms(first), ms(least), ms(most), chunks?.toLocaleString("en") ?? "", decoded];
}
