import { createHash } from "node:crypto";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { npmCommand } from "../pack/npm.mjs";
import { cacheRoot } from "../third-party/cache.mjs";
import { BuildFailure } from "../third-party/failure.mjs";
import { capture } from "../third-party/run.mjs";

/**
 * Vitessce's loaders of AnnData in Zarr (MIT License): what its viewer reads stores with. The published bundle has all that it runs inside, zarrita
 * and its codecs too, so that its dependencies, a viewer's, are not installed. `integrity` is that of npm's lock files.
 */
const PACKAGE = {
  name: "@vitessce/zarr",
  version: "4.0.8",
  integrity: "sha512-gF4wOMaxPFVJYh/MNDrvVyBnohzkRsTwD3oH2O/aCVZebUt+jyviOpbvvfs57H+QeU5fzZijRqJUnJlZDCbABA==",
};

/** The package's archive, as npm finds it; its hash has been checked. @returns {string} */
function download(folder) {
  const wanted = `${PACKAGE.name}@${PACKAGE.version}`;
  const printed = capture(process.execPath, [npmCommand(), "pack", "--silent", "--pack-destination", folder, wanted]);
  const path = join(folder, printed.trim().split("\n").at(-1));
  const integrity = `sha512-${createHash("sha512").update(readFileSync(path)).digest("base64")}`;
  if (integrity !== PACKAGE.integrity) throw new BuildFailure(`${wanted} has the hash ${integrity}`);
  return path;
}

/** The path of the bundle; it is fetched on the first call. @returns {string} @throws BuildFailure */
export function vitessceBundle() {
  const folder = join(cacheRoot(), `vitessce-zarr-${PACKAGE.version}`);
  if (!existsSync(folder)) {
    const work = mkdtempSync(join(cacheRoot(), ".vitessce-"));
    try {
      const unpacked = join(work, "unpacked");
      mkdirSync(unpacked);
      capture("tar", ["-xzf", download(work), "-C", unpacked, "--strip-components=1"]);
      if (!existsSync(folder)) renameSync(unpacked, folder);
    } finally {
      rmSync(work, { recursive: true, force: true });
    }
  }
  return join(folder, "dist", "index.js");
}

if (process.argv[1]?.endsWith("vitessce.mjs")) console.log(vitessceBundle());
