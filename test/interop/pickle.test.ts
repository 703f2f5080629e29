/** Pickles to and from a real Python: random nested values both ways, compared to the bit. */
import fc from "fast-check";
import { afterAll, beforeAll, expect, it, describe as suite } from "vitest";
import { DenseArray } from "../../src/elements/dense.js";
import type { Value } from "../../src/elements/values.js";
import { readPickle } from "../../src/pickle/read.js";
import { writePickle } from "../../src/pickle/write.js";
import { values } from "../pickle/arbitraries.js";
import { canonical, type Description, describe } from "../pickle/describe.js";
import { type PythonServer, startPython } from "./python.js";

let python: PythonServer;
beforeAll(() => {
  python = startPython("pickle_server.py");
});
afterAll(() => python.close());

/** What Python makes of our pickle, warnings being errors. */
function load(value: Value): Promise<Description> {
  return python.ask<Description>({ load: Buffer.from(writePickle(value)).toString("base64") });
}

suite("pickles and Python", () => {
  it("loads what we wrote with the same types, dtypes and bits, without a warning", async () => {
    await fc.assert(
      fc.asyncProperty(values, async (value) => {
        expect(canonical(await load(value))).toEqual(canonical(describe(value)));
      }),
      { numRuns: 500 },
    );
  });

  it("loads an array of many megabytes that we wrote", async () => {
    const data = Float32Array.from({ length: 3_000_000 }, (_, i) => Math.sin(i));
    const array = new DenseArray("float32", [1500, 2000], data);
    expect(await load(array)).toEqual(describe(array));
  });

  it("writes random values that we read alike in every protocol", async () => {
    let frames = 0;
    for (let seed = 0; seed < 400; seed++) {
      const { description, pickles } = await python.ask<{ description: Description; pickles: string[] }>({
        random: seed,
      });
      const expected = canonical(description);
      expect(pickles).toHaveLength(6);
      pickles.forEach((pickle, protocol) => {
        const read = describe(readPickle(Buffer.from(pickle, "base64")));
        expect(canonical(read), `seed ${seed}, protocol ${protocol}`).toEqual(expected);
      });
      if (JSON.stringify(description).includes('"frame"')) frames++;
    }
    expect(frames).toBeGreaterThan(20);
  });
});
