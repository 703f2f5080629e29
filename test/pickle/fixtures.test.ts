/** Pickles that real Pythons made (test/fixtures/pickle/make.py): six sets of versions, protocols 0 to 5. */
import { readdirSync, readFileSync } from "node:fs";
import { inflateSync } from "node:zlib";
import { expect, it, describe as suite } from "vitest";
import { readPickle } from "../../src/pickle/read.js";
import { writePickle } from "../../src/pickle/write.js";
import { canonical, type Description, describe } from "./describe.js";

interface Fixture {
  readonly versions: Readonly<Record<string, string>>;
  readonly cases: Readonly<Record<string, { expected: Description; pickles: Record<string, string> }>>;
  readonly refused: Readonly<Record<string, { names: string; pickles: Record<string, string> }>>;
}

const folder = new URL("../fixtures/pickle/", import.meta.url);
const names = readdirSync(folder).filter((name) => name.endsWith(".json"));

function unpack(base64: string): Uint8Array {
  return inflateSync(Buffer.from(base64, "base64"));
}

it("has the pickles of six environments", () => {
  expect(names).toHaveLength(6);
});

suite.each(names)("%s", (name) => {
  const fixture = JSON.parse(readFileSync(new URL(name, folder), "utf8")) as Fixture;

  it.each(Object.entries(fixture.cases))("reads %s, and again after writing it", (_, { expected, pickles }) => {
    expect(Object.keys(pickles).length).toBeGreaterThanOrEqual(3);
    for (const [protocol, pickle] of Object.entries(pickles)) {
      const value = readPickle(unpack(pickle));
      expect(canonical(describe(value)), `protocol ${protocol}`).toEqual(canonical(expected));
      expect(canonical(describe(readPickle(writePickle(value)))), "written by us").toEqual(canonical(expected));
    }
  });

  it.each(Object.entries(fixture.refused))(
    "refuses %s by a typed error that names it",
    (_, { names: what, pickles }) => {
      for (const pickle of Object.values(pickles)) {
        const read = () => readPickle(unpack(pickle), { path: "uns/x.pickle" });
        expect(read).toThrow(expect.objectContaining({ name: "AtsError", code: "UNSUPPORTED", path: "uns/x.pickle" }));
        expect(read).toThrow(what);
      }
    },
  );
});
