/** `ats --version`: the package, and what its addon was built from. */
import { createRequire } from "node:module";
import { buildInfo } from "../tensorstore/index.js";

/** The version of the package. */
export function packageVersion(): string {
  const require = createRequire(import.meta.url);
  return (require("../../package.json") as { version: string }).version;
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
