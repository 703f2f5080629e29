/**
 * Sparse X (6.9 % non-zero, CSR) in the layouts that anndata writes, read by everybody; and each subject on the store that it wrote itself with its
 * own defaults.
 */
import { join } from "node:path";

const ZARR_PEERS = ["anndata", "zarrs", "tensorstore-python", "zarrita"];

const FORMATS = {
  v2: { title: "Zarr v2", file: "sparse-v2.zarr", peers: ZARR_PEERS },
  v3: { title: "Zarr v3", file: "sparse-v3.zarr", peers: ZARR_PEERS },
  sharded: { title: "Zarr v3 sharded", file: "sparse-sharded.zarr", peers: ZARR_PEERS },
  h5ad: { title: "h5ad gzip", file: "sparse.h5ad", peers: ["anndata"] },
  "h5ad-lzf": { title: "h5ad lzf", file: "sparse-lzf.h5ad", peers: ["anndata"] },
  "h5ad-none": { title: "h5ad uncompressed", file: "sparse-none.h5ad", peers: ["anndata"] },
};

const READS = {
  full: { title: "all of X", args: () => ({}) },
  rows: { title: "1,000 random rows of X", args: (folder) => ({ rows: join(folder, "rows.json") }) },
  genes: { title: "20 genes of X", args: (folder) => ({ genes: join(folder, "genes.json") }) },
};

/** Peers that know arrays, not sparse matrices, do by hand what their user would; none would pick columns out of TensorStore by hand. */
const can = (peer, read) => peer !== "tensorstore-python" || read !== "genes";

const everyPeer = (ratio, rest = {}) => ({ ...Object.fromEntries(ZARR_PEERS.map((peer) => [peer, ratio])), ...rest });

/** The ratios of performance.md that speak of X alone. */
const TARGETS = {
  "v2-full": everyPeer(1.2, { zarrita: 5 }),
  "v3-full": everyPeer(1.2, { zarrita: 5 }),
  "sharded-full": everyPeer(1.2, { anndata: 2.5, zarrs: 2.5, zarrita: 5 }),
  "v2-rows": everyPeer(1.5),
  "v3-rows": everyPeer(1.5),
  "sharded-rows": everyPeer(1.5),
  "v3-genes": everyPeer(2),
  "h5ad-full": { anndata: 4 },
  "h5ad-lzf-full": { anndata: 4 },
  "h5ad-none-full": { anndata: 1.5 },
  "h5ad-rows": { anndata: 4 },
  "h5ad-genes": { anndata: 5 },
  "h5ad-none-genes": { anndata: 1.5 },
};

function caseOf([format, { title, file, peers }], [read, { title: what, args }]) {
  const name = `${format}-${read}`;
  const path = (folder) => join(folder, file);
  return {
    name: `sparse-${name}`,
    title: `${title}: ${what}`,
    sizes: ["s", "l"],
    subjects: ["ours", ...peers.filter((peer) => can(peer, read))],
    targets: TARGETS[name] ?? {},
    operation: "sparse.read",
    args: (folder) => ({ path: path(folder), ...args(folder) }),
    inputs: (folder) => [path(folder)],
  };
}

const OWN_SUBJECTS = ["ours", "anndata", "zarrs"];

/** The same reads from the store that each wrote: ours in one layout, and in both. */
function ownCase([read, { title, args }], [x, layout, target]) {
  const own = (folder, subject) => join(folder, `sparse ${x} by ${subject}.zarr`);
  return {
    name: `sparse-own-${x}-${read}`,
    title: `Zarr v3 as each writes it (ours: ${layout}): ${title}`,
    sizes: ["s", "l"],
    subjects: OWN_SUBJECTS,
    targets: Object.fromEntries(OWN_SUBJECTS.map((peer) => [peer, target[read]])),
    operation: "sparse.read",
    before: (folder, subject) => ({
      operation: "sparse.convert",
      args: {
        path: join(folder, "sparse-v3.zarr"),
        out: own(folder, subject),
        layout: { version: 3, sharded: true, x, durability: "none" },
      },
    }),
    args: (folder, subject) => ({ path: own(folder, subject), ...args(folder) }),
    inputs: (folder) => OWN_SUBJECTS.map((subject) => own(folder, subject)),
    leaves: (folder, subject) => [own(folder, subject)],
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
