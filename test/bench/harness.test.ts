import { describe, expect, it } from "vitest";
// @ts-expect-error plain JavaScript without types
import { cases } from "../../bench/cases/index.mjs";
// @ts-expect-error plain JavaScript without types
import { differences, median } from "../../bench/harness/measure.mjs";
// @ts-expect-error plain JavaScript without types
import { report } from "../../bench/harness/report.mjs";

const result = (peer: number, target: number) => ({
  case: { name: "one", title: "One case", targets: { peer: target } },
  subjects: [
    { name: "ours", seconds: [0.1, 0.2, 0.3], median: 0.2, cpu: 0.35, peak: 50e6 },
    { name: "peer", seconds: [peer], median: peer, cpu: 0.05, peak: undefined },
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
    expect(text).toContain("| One case | ours | 0.200 | 0.100–0.300 | 0.350 | 50 |  |  |");
    expect(text).toContain("|  | peer | 0.500 | 0.500–0.500 | 0.0500 | – | 2.50× | ≥ 2× ✓ |");
    expect(text).toContain("|  | peer | 0.300 | 0.300–0.300 | 0.0500 | – | 1.50× | ≥ 2× ✗ |");
  });

  it("holds a peer without a target to being no faster than ours", () => {
    const { case: one, subjects } = result(0.19, 2);
    expect(report([{ case: { ...one, targets: {} }, subjects }])).toContain("0.95× | ≥ 1× ✗ |");
  });

  it("names the inputs", () => {
    expect(report([result(0.5, 2)], { size: "2 × 3" })).toMatch(/^2 × 3\. \d+ cores/);
  });

  it("shows a case that failed with its reason", () => {
    expect(report([{ case: { title: "One case" }, subjects: [], failure: "they differ" }])).toContain(
      "FAILED: they differ",
    );
  });
});

describe("differences", () => {
  it("names what is not the same, or not there", () => {
    expect(differences({ X: "1", obs: "2" }, { X: "1", obs: "2" })).toEqual([]);
    expect(differences({ X: "1", obs: "2" }, { X: "3", obs: "2" })).toEqual(["X"]);
    expect(differences({ X: "1" }, { X: "1", obs: "2" })).toEqual(["obs"]);
  });

  it("takes two answers of nothing for no proof", () => {
    expect(differences({}, {})).toEqual(["everything"]);
  });
});

describe("cases", () => {
  type Case = { name: string; sizes: string[]; subjects: string[]; targets: object; leaves?: Paths; args: Args };
  type Paths = (folder: string, subject: string) => string[];
  type Args = (folder: string, subject: string) => { out?: string };
  const all = cases as Case[];

  it("have names of their own", () => {
    expect(new Set(all.map(({ name }) => name)).size).toBe(all.length);
  });

  it.each(all.map((one) => [one.name, one] as const))("%s names its peers, ours first", (_, one) => {
    expect(one.subjects[0]).toBe("ours");
    expect(one.subjects.length).toBeGreaterThan(1);
    expect(one.sizes.length).toBeGreaterThan(0);
  });

  it("of the large size remove what they have written", () => {
    for (const one of all.filter(({ sizes }) => sizes.includes("l"))) {
      for (const subject of one.subjects) {
        const { out } = one.args("folder", subject);
        if (out !== undefined) expect(one.leaves?.("folder", subject)).toContain(out);
      }
    }
  });
});
