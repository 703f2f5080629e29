/** AnnData with a sparse X and its tables: written from memory, and converted from one format to another. anndata reads and compares what came out. */
import { join } from "node:path";

const FORMATS = {
  v2: { title: "Zarr v2", file: "v2.zarr", layout: { version: 2 }, target: 2 },
  v3: { title: "Zarr v3", file: "v3.zarr", layout: { version: 3 }, target: 2.5 },
  sharded: { title: "Zarr v3 sharded", file: "sharded.zarr", layout: { version: 3, sharded: true }, target: 4 },
  "h5ad-none": { title: "h5ad uncompressed", file: "none.h5ad", layout: {}, target: 1 },
  h5ad: { title: "h5ad gzip", file: "gzip.h5ad", layout: { compression: "gzip" }, target: 6 },
  "h5ad-lzf": { title: "h5ad lzf", file: "lzf.h5ad", layout: { compression: "lzf" }, target: 4 },
};

/** No peer calls fsync. */
const UNSYNCED = { durability: "none" };

function base({ file, layout }, more) {
  const peers = file.endsWith(".zarr") ? ["anndata", "zarrs"] : ["anndata"];
  const out = (folder, subject) => join(folder, `made by ${subject} ${file}`);
  return {
    sizes: ["s", "l"],
    subjects: ["ours", ...peers],
    targets: Object.fromEntries(peers.map((peer) => [peer, more.target])),
    operation: more.operation,
    args: (folder, subject) => ({
      path: join(folder, more.from),
      out: out(folder, subject),
      layout: subject === "ours" ? { ...layout, ...more.own } : layout,
    }),
    inputs: (folder) => [join(folder, more.from)],
    leaves: (folder, subject) => [out(folder, subject)],
    verifier: { subject: "anndata", operation: "sparse.load" },
  };
}

function writing([name, format], own = UNSYNCED) {
  const { title, target } = format;
  const synced = own.durability !== "none";
  return {
    ...base(format, { operation: "sparse.write", from: "sparse-v3.zarr", target: synced ? 1 : target, own }),
    name: `sparse-write-${name}${synced ? "-durable" : ""}`,
    title: `write ${title} from memory${synced ? " (our default: fsync)" : ""}`,
  };
}

function converting(name, title, from, to) {
  return {
    ...base(FORMATS[to], { operation: "sparse.convert", from, target: 4, own: UNSYNCED }),
    name: `sparse-convert-${name}`,
    title: `convert ${title}`,
  };
}

export const sparseWriteCases = [
  ...Object.entries(FORMATS).map((format) => writing(format)),
  writing(["sharded", FORMATS.sharded], { durability: "full" }),
  converting("h5ad-v3", "h5ad gzip to Zarr v3", "sparse.h5ad", "v3"),
  converting("h5ad-sharded", "h5ad gzip to Zarr v3 sharded", "sparse.h5ad", "sharded"),
  converting("v3-h5ad", "Zarr v3 to h5ad gzip", "sparse-v3.zarr", "h5ad"),
];
