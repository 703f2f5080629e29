import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { cacheRoot } from "./cache.mjs";
import { fetchDebian } from "./debian.mjs";
import { BuildFailure } from "./failure.mjs";
import { fetchPypi } from "./pypi.mjs";
import { capture, requireTools } from "./run.mjs";
import { copyTree, hashTree, innerRoot } from "./tree.mjs";
import { fetchUpstream } from "./upstream.mjs";

const REGISTRIES = { pypi: fetchPypi, debian: fetchDebian };

/** Hash digits in a folder's name; the whole hash was checked before the folder got it. */
const NAME_DIGITS = 12;

/** Where an accepted version of a source is kept. */
function sourceFolder(source, accepted) {
  return join(cacheRoot(), "sources", `${source.name}-${accepted.version}-${accepted.tree.slice(0, NAME_DIGITS)}`);
}

/**
 * The unpacked and verified tree of a source: from the cache, else from upstream, else from the registry.
 * @param {import("./lock.mjs").Source} source @param {(message: string) => void} say
 * @returns {Promise<string>} its folder, which holds exactly the files that the lock lists
 * @throws BuildFailure when neither gives a tree whose hash the lock accepts
 */
export async function fetchSource(source, say) {
  const cached = source.accepted.map((pair) => sourceFolder(source, pair)).find((folder) => existsSync(folder));
  if (cached) return cached;
  const failures = [];
  for (const [origin, download] of originsOf(source)) {
    try {
      return await acquire(source, download, origin, say);
    } catch (error) {
      failures.push(`${origin}: ${error.message}`);
    }
  }
  throw new BuildFailure(`the source of ${source.name} could not be had.\n  ${failures.join("\n  ")}`);
}

function originsOf(source) {
  return [
    ["upstream", (folder) => fetchUpstream(source, folder)],
    [source.registry.kind, (folder) => REGISTRIES[source.registry.kind](source.registry, folder)],
  ];
}

async function acquire(source, download, origin, say) {
  mkdirSync(join(cacheRoot(), "sources"), { recursive: true });
  const work = mkdtempSync(join(cacheRoot(), "sources", ".fetch-"));
  try {
    const archive = await download(work);
    const { tree, folder } = unpack(source, archive, work);
    const accepted = source.accepted.find((pair) => pair.tree === tree);
    if (!accepted) throw new BuildFailure(`its tree hash ${tree} is not in the lock`);
    if (!existsSync(sourceFolder(source, accepted))) renameSync(folder, sourceFolder(source, accepted));
    say(`${source.name} ${accepted.version} from ${origin}`);
    return sourceFolder(source, accepted);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

/**
 * Unpacks an archive below `work` and keeps what the lock lists.
 * @returns {{ tree: string, folder: string }} the hash and the pruned tree
 */
export function unpack(source, archive, work) {
  requireTools({ tar: "install tar" });
  const whole = join(work, "whole");
  const folder = join(work, "tree");
  mkdirSync(whole, { recursive: true });
  mkdirSync(folder, { recursive: true });
  if (archive.endsWith(".zip")) {
    capture("python3", ["-m", "zipfile", "-e", archive, whole]);
  } else {
    if (archive.endsWith(".xz")) requireTools({ xz: "install xz-utils" });
    capture("tar", ["-xf", archive, "-C", whole]);
  }
  copyTree(innerRoot(whole, source.files), folder, source.files);
  return { tree: hashTree(folder, source.files), folder };
}
