/**
 * A store of 4 GB of dense X on disk, and a subset of it, each in a process of its own so that its peak memory can be read.
 *
 *   big-store.mjs make DIR     writes DIR: 50,000 × 20,000 float32 without a codec
 *   big-store.mjs subset DIR   reads 1,000 random rows, checks every value, prints { rows, bytes, peak } as JSON
 */
import { cp, mkdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { AnnData, open, write } from "../../dist/index.js";
import { open as openArray } from "../../dist/tensorstore/index.js";

const ROWS = 50_000;
const COLUMNS = 20_000;
const CHUNK = [1000, 1000];
const names = (prefix, count) => Array.from({ length: count }, (_, i) => `${prefix}${i}`);

/** The value at (row, column): tells a row or column that is out of place. */
const valueAt = (row, column) => row + column / 32_768;

async function make(folder) {
  const tables = `${folder}.tables.ats`;
  await write(AnnData.fromMemory({ obsNames: names("cell", ROWS), varNames: names("gene", COLUMNS) }), tables);
  await mkdir(folder);
  for (const axis of ["obs", "var"]) await cp(join(tables, `${axis}.parquet`), join(folder, `${axis}.parquet`));
  await rm(tables, { recursive: true });
  const x = await openArray(
    {
      driver: "zarr",
      kvstore: { driver: "file", path: `${join(folder, "X")}/` },
      metadata: { shape: [ROWS, COLUMNS], chunks: CHUNK, dtype: "<f4", compressor: null },
    },
    { create: true },
  );
  const block = new Float32Array(CHUNK[0] * COLUMNS);
  for (let start = 0; start < ROWS; start += CHUNK[0]) {
    for (let row = 0, i = 0; row < CHUNK[0]; row++) {
      for (let column = 0; column < COLUMNS; column++) block[i++] = valueAt(start + row, column);
    }
    await x.slice({ start, stop: start + CHUNK[0] }).write(block);
  }
}

async function subset(folder) {
  const adata = await open(folder);
  let state = 42;
  const random = () => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
    return state / 0x80000000;
  };
  const rows = Int32Array.from({ length: 1000 }, () => Math.floor(random() * ROWS));
  const x = await adata.select({ obs: rows }).X.read();
  const single = new Float32Array(1);
  for (const [i, row] of rows.entries()) {
    const values = x.row(i);
    for (let column = 0; column < COLUMNS; column++) {
      single[0] = valueAt(row, column);
      if (values[column] !== single[0]) throw new Error(`row ${row}, column ${column}: ${values[column]}`);
    }
  }
  await adata.close();
  const status = await readFile("/proc/self/status", "utf8");
  const peak = Number(/VmHWM:\s+(\d+) kB/.exec(status)[1]) * 1024;
  console.log(JSON.stringify({ rows: rows.length, bytes: x.data.byteLength, peak }));
}

await { make, subset }[process.argv[2]](process.argv[3]);
