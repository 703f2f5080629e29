import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { BuildFailure } from "./failure.mjs";

/**
 * @typedef {{ version: string, tree: string }} Accepted
 * @typedef {{ kind: "pypi", package: string, version: string }
 *   | { kind: "debian", source: string, version: string, suites: string[] }} Registry
 * @typedef {{ name: string, licence: string, licenceFile: string, testsOnly?: boolean, part?: "hdf5",
 *   upstream: string, registry: Registry, files: string[], accepted: Accepted[] }} Source
 */

const LOCK_PATH = fileURLToPath(new URL("../../native/third_party/sources.lock.json", import.meta.url));

/** Every third-party source of the native build. @returns {Source[]} */
export function readLock() {
  return JSON.parse(readFileSync(LOCK_PATH, "utf8")).sources;
}

/** The source called `name`. @throws BuildFailure for an unknown one */
export function findSource(name) {
  const source = readLock().find((candidate) => candidate.name === name);
  if (!source) throw new BuildFailure(`'${name}' is not in native/third_party/sources.lock.json`);
  return source;
}

/** Adds (or replaces) the tree hash of one version of a source, so that it is accepted from now on. */
export function addAccepted(name, version, tree) {
  const lock = JSON.parse(readFileSync(LOCK_PATH, "utf8"));
  const source = lock.sources.find((candidate) => candidate.name === name);
  source.accepted = [...source.accepted.filter((pair) => pair.version !== version), { version, tree }];
  writeFileSync(LOCK_PATH, `${JSON.stringify(lock, null, 2)}\n`);
}

/** The version that the upstream release URL is tried with: the first accepted one. @param {Source} source */
export function preferredVersion(source) {
  return source.accepted[0].version;
}
