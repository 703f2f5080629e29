/** Selections in words, for `explain`. */
import { runs } from "../selection/runs.js";
import { countOf } from "./chunks.js";
import type { Touched } from "./types.js";

/** The selection of an array of `shape`, such as `700 of 2,638 (12 runs) × all 1,838`. */
export function describeSelection(shape: readonly number[], touched: readonly Touched[]): string {
  return shape.map((extent, d) => describeAxis(touched[d], extent)).join(" × ");
}

function describeAxis(touched: Touched, extent: number): string {
  const count = countOf(touched, extent);
  if (touched === undefined) return `all ${format(extent)}`;
  const pieces = "kind" in touched ? describePieces(touched) : plural(touched.starts.length, "run");
  return `${format(count)} of ${format(extent)} (${pieces})`;
}

function describePieces(selection: Exclude<Touched, undefined | { starts: unknown }>): string {
  if (selection.kind === "positions") return plural(runs(selection).starts.length, "run");
  const { start, step, count } = selection;
  if (count === 0) return "none";
  return step === 1 ? `${start}:${start + count}` : `from ${start} by ${step}`;
}

function plural(count: number, noun: string): string {
  return `${format(count)} ${noun}${count === 1 ? "" : "s"}`;
}

function format(count: number): string {
  return count.toLocaleString("en-US");
}
