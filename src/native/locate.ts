import { existsSync } from "node:fs";
import { join } from "node:path";
import { PACKAGE_ROOT } from "../package-root.js";

const FILE = "anndata-tensorstore";

/** Which C library the process runs on; prebuilt binaries of Linux carry it in their names. */
export function libc(): "glibc" | "musl" | undefined {
  if (process.platform !== "linux") return undefined;
  // Reading the report must not look up the process's network peers, which can take seconds.
  (process.report as { excludeNetwork?: boolean }).excludeNetwork = true;
  const report = process.report.getReport() as { header?: { glibcVersionRuntime?: string } };
  return report.header?.glibcVersionRuntime === undefined ? "musl" : "glibc";
}

/**
 * Where the addon may be, best first: the file that `ATS_ADDON` names (and then no other), a build from source, the
 * prebuilt binary of this platform. A build from source comes first because nobody has one beside a fitting prebuilt
 * binary but who works on the addon.
 */
export function addonCandidates(root: string = PACKAGE_ROOT): readonly string[] {
  if (process.env.ATS_ADDON) return [process.env.ATS_ADDON];
  return [join(root, "out", "release", `${FILE}.node`), prebuiltPath(root)];
}

/** Path of this platform's prebuilt binary, there or not, in prebuildify's layout. */
export function prebuiltPath(root: string = PACKAGE_ROOT): string {
  const tag = libc();
  const name = tag === undefined ? `${FILE}.node` : `${FILE}.${tag}.node`;
  return join(root, "prebuilds", `${process.platform}-${process.arch}`, name);
}

/** The addon to load, or undefined when this package has none for the platform and none was built. */
export function findAddon(root?: string): string | undefined {
  return addonCandidates(root).find((path) => existsSync(path));
}
