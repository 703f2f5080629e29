import { describe, expect, it } from "vitest";
// @ts-expect-error plain JavaScript without types
import { median } from "../../bench/harness/measure.mjs";
// @ts-expect-error plain JavaScript without types
import { report } from "../../bench/harness/report.mjs";

const result = (peer: number, target: number) => ({
  case: { name: "one", title: "One case", targets: { peer: target } },
  subjects: [
    { name: "ours", seconds: [0.1, 0.2, 0.3], median: 0.2, peak: 50e6 },
    { name: "peer", seconds: [peer], median: peer, peak: undefined },
  ],
});

describe("median", () => {
  it("is the middle value, or the mean of the middle two", () => {
    expect(median([3, 1, 2])).toBe(2);
    expect(median([4, 1, 2, 3])).toBe(2.5);
  });
});

describe("report", () => {
  it("says how often ours fits into the peer's time, and whether that is enough", () => {
    const text: string = report([result(0.5, 2), result(0.3, 2)]);
    expect(text).toContain("| One case | ours | 0.200 | 0.100–0.300 | 50 |  |  |");
    expect(text).toContain("|  | peer | 0.500 | 0.500–0.500 | – | 2.50× | ≥ 2× ✓ |");
    expect(text).toContain("|  | peer | 0.300 | 0.300–0.300 | – | 1.50× | ≥ 2× ✗ |");
  });

  it("shows a case that failed with its reason", () => {
    expect(report([{ case: { title: "One case" }, subjects: [], failure: "they differ" }])).toContain(
      "FAILED: they differ",
    );
  });
});
