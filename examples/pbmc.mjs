/**
 * The main job on real data: converts 700 PBMCs (10x Genomics) from h5ad to `.ats`, then loads all B cells × 20 genes and shows what
 * that read from disk.
 *
 *   node examples/pbmc.mjs [IN.h5ad] [OUT.ats]
 */
import { mkdtemp, readdir, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { convert, open, where } from "anndata-tensorstore";
import { fileBytesRead } from "anndata-tensorstore/tensorstore";

const fixture = fileURLToPath(new URL("../test/fixtures/h5ad/10x_pbmc68k_reduced.h5ad", import.meta.url));
const [input = fixture, output = join(await mkdtemp(join(tmpdir(), "pbmc-")), "pbmc.ats")] = process.argv.slice(2);

// Small chunks, so that a store of 700 cells shows what happens in one of millions.
await convert(input, output, { chunkRows: 100, chunkColumns: 16, overwrite: true });
console.log(`${input}\n  → ${output}\n`);

const adata = await open(output);
console.log(`${adata}\n`);

const genes = (await adata.varNames()).filter((_, i) => i % 38 === 0).slice(0, 20);
const bCells = adata.select({ obs: where("bulk_labels").eq("CD19+ B"), var: genes });

const plan = await bCells.explain({ elements: ["X"] });
const before = fileBytesRead();
const x = await bCells.X.read();
const read = fileBytesRead() - before;

console.log(
  `B cells × genes: ${x.shape.join(" × ")} ${x.dtype}, the first cell: ${Array.from(x.row(0).slice(0, 6), (v) => v.toFixed(3)).join(" ")} …`,
);
console.log(`planned: ${plan.chunks} chunks, at most ${plan.bytes.toLocaleString("en")} bytes decoded`);
console.log(
  `read from disk: ${read.toLocaleString("en")} bytes of the ${(await sizeOf(join(output, "X"))).toLocaleString("en")} that X takes`,
);
await adata.close();

async function sizeOf(folder) {
  const names = await readdir(folder);
  const sizes = await Promise.all(names.map(async (name) => (await stat(join(folder, name))).size));
  return sizes.reduce((sum, size) => sum + size, 0);
}
