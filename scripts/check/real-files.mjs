import { createHash } from "node:crypto";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { cacheRoot } from "../third-party/cache.mjs";
import { BuildFailure } from "../third-party/failure.mjs";
import { capture } from "../third-party/run.mjs";
import { interopPython } from "./interop-venv.mjs";

/**
 * Real AnnData files in source distributions on PyPI, all under the BSD 3-Clause License. `sha256` is that of the archive as PyPI lists it,
 * so that what is unpacked needs no hash of its own.
 */
const ARCHIVES = [
  {
    package: "anndata",
    version: "0.12.19",
    sha256: "336ccc88463b56c22969634ca5256c3829af8b087a5a4ecfdac3504fedaa27cc",
    folder: "tests/data/archives",
    files: [
      "v0.5.0/adata.h5ad",
      "v0.7.0/adata.h5ad",
      "v0.7.0/adata.zarr.zip",
      "v0.7.8/adata.h5ad",
      "v0.7.8/adata.zarr.zip",
      "v0.11.4/adata.h5ad",
      "v0.11.4/adata.zarr.zip",
    ],
  },
  {
    package: "scanpy",
    version: "1.11.5",
    sha256: "b2ef5476dfb1144b7dd0fae90b0198699c7988e6b27f083904150642c7ba6b89",
    folder: "tests/_data",
    files: ["10x-10k-subset.zarr"],
  },
  {
    package: "scirpy",
    version: "0.22.5",
    sha256: "7b532993a7a396d35c81d7178f03ab7a2e6a6ffd5816e78ec0c4f246380bd427",
    folder: "src/scirpy/tests/data",
    files: ["wu2020_200_v0_6.h5ad", "wu2020_200_v0_11.h5ad", "clonotypes_test_data/j_gene_test_data.h5ad"],
  },
  {
    package: "scvelo",
    version: "0.3.4",
    sha256: "9480c111105a33638152ea34d61e9e92aa1abc251bc31158601a8678ee4886b9",
    folder: "tests/_data",
    files: [
      "dentategyrus_50obs.h5ad",
      "dentategyrus_50obs_preprocessed.h5ad",
      "dentategyrus_100obs_preprocessed.h5ad",
      "pancreas_50obs.h5ad",
      "pancreas_50obs_preprocessed.h5ad",
      "pancreas_100obs_preprocessed.h5ad",
    ],
  },
  {
    package: "squidpy",
    version: "1.8.2",
    sha256: "6c79c95dea9f812c6aee39cab5740b034e8a90e74e84b0a9e9f0c6c5a6956a64",
    folder: "tests/_data",
    files: ["test_data.h5ad"],
  },
];

/** The archive, as pip finds it; its hash has been checked. @returns {string} */
function download(archive, folder) {
  const wanted = `${archive.package}==${archive.version}`;
  const args = ["-m", "pip", "download", "--quiet", "--no-deps", "--no-binary", ":all:", "--dest", folder, wanted];
  capture(interopPython(), args);
  const name = readdirSync(folder).find((entry) => entry.endsWith(".tar.gz"));
  const path = name && join(folder, name);
  const hash = path && createHash("sha256").update(readFileSync(path)).digest("hex");
  if (hash !== archive.sha256) throw new BuildFailure(`${wanted} has the hash ${hash}, not ${archive.sha256}`);
  return path;
}

/** The folder with the files of an archive; they are fetched on the first call. @returns {string} */
function unpacked(archive) {
  const root = join(cacheRoot(), "real-files");
  const inner = `${archive.package}-${archive.version}`;
  const folder = join(root, inner);
  if (archive.files.every((file) => existsSync(join(folder, file)))) return folder;
  mkdirSync(root, { recursive: true });
  const work = mkdtempSync(join(root, ".fetch-"));
  try {
    const members = archive.files.map((file) => `${inner}/${archive.folder}/${file}`);
    capture("tar", ["-xzf", download(archive, work), "-C", work, ...members]);
    // One that was fetched before the list grew has to go.
    rmSync(folder, { recursive: true, force: true });
    renameSync(join(work, inner, archive.folder), folder);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
  return folder;
}

/** Every file: a name that says where it is from, and its path. @returns {Record<string, string>} @throws BuildFailure */
export function realFiles() {
  const entries = ARCHIVES.flatMap((archive) => {
    const folder = unpacked(archive);
    return archive.files.map((file) => [`${archive.package}/${file}`, join(folder, file)]);
  });
  return Object.fromEntries(entries);
}

if (process.argv[1]?.endsWith("real-files.mjs")) console.log(JSON.stringify(realFiles()));
