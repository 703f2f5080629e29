/**
 * Sparse X of 20,000 × 2,000 (6.9 % non-zero, CSR) in the layouts that anndata writes, read by everybody; and each subject on the store that it
 * wrote itself with its own defaults.
 */
import { join } from "node:path";

const FORMATS = {
  v2: { title: "Zarr v2", file: "sparse-v2.zarr", peers: ["anndata", "zarrita"] },
  v3: { title: "Zarr v3", file: "sparse-v3.zarr", peers: ["anndata", "zarrita"] },
  h5ad: { title: "h5ad gzip", file: "sparse.h5ad", peers: ["anndata"] },
};

const READS = {
  full: { title: "all of X", args: () => ({}), everybody: true },
  rows: { title: "1,000 random rows of X", args: (folder) => ({ rows: join(folder, "rows.json") }) },
  genes: { title: "20 genes of X", args: (folder) => ({ genes: join(folder, "genes.json") }) },
};

/** The ratios of performance.md that speak of X alone. */
const TARGETS = {
  "v2-full": { anndata: 1.2, zarrita: 5 },
  "v3-full": { anndata: 1.2, zarrita: 5 },
  "v3-rows": { anndata: 1.5 },
  "v2-rows": { anndata: 1.5 },
  "h5ad-full": { anndata: 4 },
  "h5ad-rows": { anndata: 4 },
  "h5ad-genes": { anndata: 5 },
  "v3-genes": { anndata: 2 },
};

function caseOf([format, { title, file, peers }], [read, { title: what, args, everybody }]) {
  const name = `${format}-${read}`;
  const path = (folder) => join(folder, file);
  return {
    name: `sparse-${name}`,
    title: `${title}: ${what}`,
    // zarrita knows arrays, not sparse matrices: only a read of everything is its own work.
    subjects: ["ours", ...peers.filter((peer) => everybody || peer !== "zarrita")],
    targets: TARGETS[name] ?? { anndata: 1 },
    operation: "sparse.read",
    args: (folder) => ({ path: path(folder), ...args(folder) }),
    inputs: (folder) => [path(folder)],
  };
}

/** The same reads from the store that each wrote: ours in one layout, and in both. */
function ownCase([read, { title, args }], [x, layout, target]) {
  const own = (folder, subject) => join(folder, `sparse ${x} by ${subject}.zarr`);
  return {
    name: `sparse-own-${x}-${read}`,
    title: `Zarr v3 as each writes it (ours: ${layout}): ${title}`,
    subjects: ["ours", "anndata"],
    targets: { anndata: target[read] },
    operation: "sparse.read",
    before: (folder, subject) => ({
      operation: "sparse.write",
      args: { path: join(folder, "sparse-v3.zarr"), out: own(folder, subject), x },
    }),
    args: (folder, subject) => ({ path: own(folder, subject), ...args(folder) }),
    inputs: (folder) => ["ours", "anndata"].map((subject) => own(folder, subject)),
  };
}

const OWN = [
  ["keep", "one layout", { full: 1.2, rows: 4, genes: 2 }],
  ["dual", "both layouts", { genes: 30 }],
];

export const sparseCases = [
  ...Object.entries(FORMATS).flatMap((format) => Object.entries(READS).map((read) => caseOf(format, read))),
  ...OWN.flatMap((own) =>
    Object.entries(READS)
      .filter(([read]) => own[2][read] !== undefined)
      .map((read) => ownCase(read, own)),
  ),
];
