import { readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { AnnData, open, type Selection, write } from "../../src/index.js";
import { tempFolder } from "../tensorstore/temp.js";

const folder = tempFolder();
const ROWS = 3000;
const PER_ROW = 40;
/** Nothing else of the files has the four bytes of the last column. */
const COLUMNS = 70_000;
/** The row with the last column, somewhere in the middle of a chunk. */
const ROW = 1234;

/** How the matrix is stored: without compression, so that its last column can be found in the file. */
const LAYOUTS = {
  "h5ad.h5ad": { format: "h5ad", codec: "none" },
  "v2.zarr": { format: "zarr", zarrFormat: 2, codec: "none" },
  "v3.zarr": { format: "zarr", zarrFormat: 3, shardRows: 0, codec: "none" },
  "sharded.zarr": { format: "zarr", zarrFormat: 3, codec: "none" },
} as const;

const SELECTIONS: Readonly<Record<string, { readonly outside: boolean; readonly selection: Selection }>> = {
  everything: { outside: true, selection: {} },
  "rows with it": { outside: true, selection: { obs: [ROW + 1, ROW, 7] } },
  "rows with it twice": { outside: true, selection: { obs: [ROW, 9, ROW] } },
  "rows without it": { outside: false, selection: { obs: [ROW + 1, 7, ROW - 1] } },
};

function matrix(): AnnData {
  const nnz = ROWS * PER_ROW;
  const indices = Int32Array.from({ length: nnz }, (_, k) => (k % PER_ROW) * 3);
  indices[ROW * PER_ROW + PER_ROW - 1] = COLUMNS - 1;
  const indptr = Int32Array.from({ length: ROWS + 1 }, (_, i) => i * PER_ROW);
  const parts = { data: new Float32Array(nnz).fill(0.5), indices, indptr };
  return AnnData.fromMemory({ X: { format: "csr", ...parts, shape: [ROWS, COLUMNS] } });
}

function filesOf(path: string): string[] {
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path).flatMap((name) => filesOf(join(path, name)));
}

/** Raises the number of the last column, which occurs once, by one, so that it is no column. */
function damage(path: string): void {
  const column = Buffer.alloc(4);
  column.writeInt32LE(COLUMNS - 1);
  const places = filesOf(path)
    .filter((file) => path.endsWith(".h5ad") || file.includes("/X/"))
    .flatMap((file) => {
      const bytes = readFileSync(file);
      const at = bytes.indexOf(column);
      return at < 0 ? [] : [{ file, bytes, at, again: bytes.indexOf(column, at + 1) }];
    });
  expect(places).toMatchObject([{ again: -1 }]);
  for (const { file, bytes, at } of places) {
    bytes.writeInt32LE(COLUMNS, at);
    writeFileSync(file, bytes);
  }
}

describe.each(Object.entries(LAYOUTS))("an index that is no column, in %s", (name, options) => {
  it("is CORRUPT for every selection that reads it, and for no other", async () => {
    const path = `${folder}${name}`;
    await write(matrix(), path, options);
    damage(path);
    const adata = await open(path);
    try {
      for (const [what, { outside, selection }] of Object.entries(SELECTIONS)) {
        const read = adata.select(selection).X.read();
        if (outside) await expect(read, what).rejects.toMatchObject({ code: "CORRUPT", path: "X" });
        else await expect(read, what).resolves.toMatchObject({ nnz: 3 * PER_ROW });
      }
    } finally {
      await adata.close();
    }
  });
});
