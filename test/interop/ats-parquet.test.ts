import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { takeFrame } from "../../src/elements/take-column.js";
import type { AxisSelection } from "../../src/selection/axis.js";
import { openParquet } from "../../src/storage/parquet.js";
import { writeParquet } from "../../src/storage/parquet-write.js";
import { runPython } from "./python.js";

let folder: string;
let names: string[];
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "ats-parquet-"));
  names = JSON.parse(await runPython("ats_parquet.py", "write", folder)) as string[];
});
afterAll(() => rm(folder, { recursive: true }));

const at = (name: string) => join(folder, `${name}.parquet`);

it("tables of pandas that we read and write are the same to pandas: values, dtypes, categories, index and its name", async () => {
  const pairs: string[] = [];
  for (const name of names) {
    await writeParquet(at(`${name}-ours`), await (await openParquet(at(name), name)).read());
    pairs.push(at(name), at(`${name}-ours`));
  }
  const lines = (await runPython("ats_parquet.py", "compare", ...pairs)).trim().split("\n");
  expect(Object.fromEntries(lines.map((line, i) => [names[i], JSON.parse(line)]))).toEqual(
    Object.fromEntries(names.map((name) => [name, null])),
  );
});

it("our own tables read as we wrote them", async () => {
  for (const name of names) {
    const [theirs, ours] = [await openParquet(at(name), name), await openParquet(at(`${name}-ours`), name)];
    expect(ours.columnNames).toEqual(theirs.columnNames);
    expect(await ours.read(["category", "int64"].filter((column) => ours.columnNames.includes(column)))).toEqual(
      await theirs.read(["category", "int64"].filter((column) => theirs.columnNames.includes(column))),
    );
  }
});

const SELECTIONS: Record<string, AxisSelection> = {
  interval: { kind: "range", start: 1234, step: 1, count: 17 },
  strided: { kind: "range", start: 19_999, step: -1999, count: 10 },
  scattered: { kind: "positions", positions: Int32Array.of(19_999, 0, 7, 7, 12_345), count: 5 },
  none: { kind: "positions", positions: new Int32Array(0), count: 0 },
};

it.each(["big", "row_groups", "small_pages", "big-ours"])(
  "%s gives selected rows as the whole table has them",
  async (name) => {
    const table = await openParquet(at(name), name);
    const whole = await table.read();
    for (const rows of Object.values(SELECTIONS))
      expect(await table.read(undefined, rows)).toEqual(takeFrame(whole, rows));
    const two = await table.read(["rare", "code"], SELECTIONS.scattered);
    expect([...two.columns.keys()]).toEqual(["rare", "code"]);
  },
);
