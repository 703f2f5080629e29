/**
 * An .h5ad with a large sparse X, and conversions of it, each in a process of its own so that its peak memory can be read.
 *
 *   big-sparse.mjs make FILE BYTES          writes FILE: X of 20,000 columns, CSR, float32, with BYTES of data and indices, not compressed
 *   big-sparse.mjs text DIR ROWS            writes the same as a Matrix Market directory
 *   big-sparse.mjs convert IN OUT MEMORY    converts under --memory MEMORY, to Zarr version 2 where OUT ends in .v2.zarr; prints { peak, delays } as JSON: the peak of resident memory in
 *                                           bytes, how late each timer of the event loop was in ms
 *   big-sparse.mjs widen IN OUT MEMORY      the first 5,000 rows, dense and as float64 (800 MB); prints { peak, delays }
 *   big-sparse.mjs narrow IN OUT MEMORY     sparse, in the narrowest type; prints { peak, delays }
 *   big-sparse.mjs edit FILE               replaces a column of obs and a key of uns; prints { peak }
 *   big-sparse.mjs append FILE             appends 100 rows that go on with X; prints { peak }
 *   big-sparse.mjs idle                     does nothing until its input ends; prints { delays }
 *   big-sparse.mjs check STORE              compares 200 rows of X with what was made; prints { rows } as JSON
 */
import { createWriteStream } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { AnnData, append, CsrMatrix, convert, edit, open, write } from "../../dist/index.js";

const COLUMNS = 20_000;
const PER_ROW = 1000;
const STEP = COLUMNS / PER_ROW;
const ROW_BYTES = PER_ROW * 8;
const names = (prefix, count) => Array.from({ length: count }, (_, i) => `${prefix}${i}`);

const columnAt = (row, entry) => entry * STEP + ((row + entry) % STEP);
const valueAt = (row, entry) => ((row * 31 + entry * 7) % 1021) / 8 + 1;

/** Rows `start`…`start + count` as a matrix. */
function rowsOf(start, count) {
  const data = new Float32Array(count * PER_ROW);
  const indices = new Int32Array(count * PER_ROW);
  for (let row = 0, at = 0; row < count; row++) {
    for (let entry = 0; entry < PER_ROW; entry++, at++) {
      data[at] = valueAt(start + row, entry);
      indices[at] = columnAt(start + row, entry);
    }
  }
  const indptr = Int32Array.from({ length: count + 1 }, (_, row) => row * PER_ROW);
  return new CsrMatrix("float32", [count, COLUMNS], data, indices, indptr);
}

async function make(file, bytes) {
  const rows = Math.round(Number(bytes) / ROW_BYTES);
  const tables = AnnData.fromMemory({ obsNames: names("cell", rows), varNames: names("gene", COLUMNS) });
  const shape = [rows, COLUMNS];
  const info = { path: "X", encoding: "csr_matrix", encodingVersion: "0.1.0", dtype: "float32", shape, layout: null };
  const X = {
    kind: "lazy-array",
    info: { ...info, nnz: rows * PER_ROW },
    shape,
    dtype: "float32",
    sparse: "csr",
    read: async ([range] = []) => rowsOf(range?.start ?? 0, range?.count ?? rows),
    storedBytes: async () => undefined,
  };
  await write(await AnnData.fromElements({ ...tables.elements, X }), file, { durability: "none" });
}

function* linesOf(rows) {
  yield `%%MatrixMarket matrix coordinate real general\n${COLUMNS} ${rows} ${rows * PER_ROW}\n`;
  for (let row = 0; row < rows; row++) {
    let lines = "";
    for (let entry = 0; entry < PER_ROW; entry++)
      lines += `${columnAt(row, entry) + 1} ${row + 1} ${valueAt(row, entry)}\n`;
    yield lines;
  }
}

async function text(directory, rows) {
  await mkdir(directory);
  const list = (prefix, count) => names(prefix, count).join("\n");
  await writeFile(join(directory, "barcodes.tsv"), list("cell", Number(rows)));
  await writeFile(
    join(directory, "genes.tsv"),
    names("gene", COLUMNS)
      .map((name) => `${name}\t${name}`)
      .join("\n"),
  );
  await pipeline(Readable.from(linesOf(Number(rows))), createWriteStream(join(directory, "matrix.mtx")));
}

const TICK_MS = 10;

/** Notes how many ms each timer comes late, until the function that it gives is called, which gives them all. */
function watchDelays() {
  const delays = [];
  let last = performance.now();
  const timer = setInterval(() => {
    const now = performance.now();
    delays.push(Math.max(0, now - last - TICK_MS));
    last = now;
  }, TICK_MS);
  return () => {
    clearInterval(timer);
    return delays;
  };
}

async function convertUnder(input, output, memory, options = { x: "keep" }) {
  const version = output.endsWith(".v2.zarr") ? { zarrFormat: 2 } : {};
  const delays = watchDelays();
  await convert(input, output, { memory: Number(memory), durability: "none", ...version, ...options });
  console.log(JSON.stringify({ peak: process.resourceUsage().maxRSS * 1024, delays: delays() }));
}

const widen = (input, output, memory) =>
  convertUnder(input, output, memory, {
    view: (adata) => adata.select({ obs: { start: 0, stop: 5000 } }),
    x: "dense",
    dtype: "float64",
  });

const narrow = (input, output, memory) => convertUnder(input, output, memory, { x: "sparse", dtype: "narrowest" });

async function rowsIn(file) {
  const adata = await open(file);
  await adata.close();
  return adata.shape[0];
}

const printPeak = () => console.log(JSON.stringify({ peak: process.resourceUsage().maxRSS * 1024 }));

async function editFile(file) {
  const rows = await rowsIn(file);
  const set = { "obs/number": Float32Array.from({ length: rows }, (_, i) => i), "uns/title": "edited" };
  await edit(file, { set }, { durability: "none" });
  printPeak();
}

async function appendTo(file) {
  const rows = await rowsIn(file);
  const obsNames = Array.from({ length: 100 }, (_, i) => `cell${rows + i}`);
  const obs = { number: Float32Array.from({ length: 100 }, (_, i) => rows + i) };
  const more = AnnData.fromMemory({ X: rowsOf(rows, 100), obs, obsNames, varNames: names("gene", COLUMNS) });
  await append(file, more, { durability: "none" });
  printPeak();
}

async function idle() {
  const delays = watchDelays();
  for await (const _ of process.stdin);
  console.log(JSON.stringify({ delays: delays() }));
}

async function check(store) {
  const adata = await open(store);
  const rows = adata.shape[0];
  const asked = Array.from({ length: 200 }, (_, i) => (i * 7919) % rows);
  const X = await adata.select({ obs: asked }).X.read();
  for (const [i, row] of asked.entries()) {
    for (let entry = 0, at = Number(X.indptr[i]); entry < PER_ROW; entry++, at++) {
      if (X.indices[at] === columnAt(row, entry) && X.data[at] === valueAt(row, entry)) continue;
      throw new Error(`${store}: row ${row} differs at its stored value ${entry}`);
    }
  }
  await adata.close();
  console.log(JSON.stringify({ rows: asked.length }));
}

const [command, ...args] = process.argv.slice(2);
await { make, text, convert: convertUnder, widen, narrow, edit: editFile, append: appendTo, idle, check }[command](
  ...args,
);
