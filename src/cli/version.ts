/** `ats --version`: the package, and what its addon was built from. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { PACKAGE_ROOT } from "../package-root.js";
import { buildInfo } from "../tensorstore/index.js";

/** The version of the package. */
export function packageVersion(): string {
  const text = readFileSync(join(PACKAGE_ROOT, "package.json"), "utf8");
  return (JSON.parse(text) as { version: string }).version;
}

/** A line for the package, one for TensorStore and its codecs, one for the platform. */
export function versionText(): string {
  const build = buildInfo();
  return [
    `anndata-tensorstore ${packageVersion()}`,
    `tensorstore ${build.tensorstore} (${build.drivers.join(", ")})`,
    `codecs ${build.codecs.join(", ")}`,
    `${process.platform}-${process.arch}, node ${process.versions.node}`,
    "",
  ].join("\n");
}
