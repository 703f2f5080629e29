/** What a data frame must be beside readable. */
import type { LazyFrame } from "../../elements/lazy.js";
import type { Finding } from "./finding.js";

/** Adds what is wrong with the names of the columns of `frame`. */
export function checkFrame(path: string, frame: LazyFrame, into: Finding[]): void {
  const seen = new Set<string>();
  for (const name of frame.columnNames) {
    if (seen.has(name)) into.push({ path: `${path}/${name}`, code: "CORRUPT", what: "is a column twice" });
    seen.add(name);
  }
}
