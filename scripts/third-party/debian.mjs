import { mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { findDebianMirror } from "./apt-sources.mjs";
import { cacheRoot } from "./cache.mjs";
import { BuildFailure } from "./failure.mjs";
import { capture, requireTools } from "./run.mjs";

/** Suites whose index this process has already brought up to date. */
const updated = new Set();

/**
 * Downloads the upstream archive out of a Debian source package; apt checks it against the signed index.
 * The system's apt configuration is neither used nor changed, but for the address of its mirror.
 * @param {{ source: string, version: string, suites: string[] }} recipe @param {string} folder
 * @returns {Promise<string>} path of the `.orig.tar` archive
 */
export async function fetchDebian(recipe, folder) {
  requireTools({
    "apt-get": "the registry recipe of this source needs a Debian system; else allow the upstream download",
  });
  const failures = [];
  for (const suite of recipe.suites) {
    try {
      const options = aptOptions(suite);
      capture(
        "apt-get",
        [...options, "source", "--tar-only", "--download-only", `${recipe.source}=${recipe.version}`],
        {
          cwd: folder,
        },
      );
      const name = readdirSync(folder).find((entry) => entry.includes(".orig.tar"));
      if (name) return join(folder, name);
    } catch (error) {
      failures.push(`${suite}: ${error.message.split("\n").at(-1)}`);
    }
  }
  throw new BuildFailure(`the Debian source ${recipe.source}=${recipe.version} was not found (${failures.join("; ")})`);
}

/** An apt state of our own with the source index of one suite. @returns {string[]} the options that select it */
function aptOptions(suite) {
  const state = join(cacheRoot(), "apt", suite);
  const options = Object.entries({
    Dir: state,
    "Dir::Etc::sourcelist": join(state, "sources.list"),
    "Dir::Etc::sourceparts": "/nonexistent",
    "Dir::State": join(state, "state"),
    "Dir::State::status": join(state, "status"),
    "Dir::Cache": join(state, "cache"),
    "APT::Sandbox::User": "",
    "Acquire::Languages": "none",
    "Acquire::Retries": "3",
  }).flatMap(([key, value]) => ["-o", `${key}=${value}`]);
  if (!updated.has(suite)) {
    writeState(state, suite);
    capture("apt-get", [...options, "update", "--quiet"]);
    updated.add(suite);
  }
  return options;
}

function writeState(state, suite) {
  const mirror = findDebianMirror();
  if (!mirror) throw new BuildFailure("no Debian mirror stands in this machine's apt sources");
  rmSync(join(state, "state"), { recursive: true, force: true });
  for (const part of ["state/lists/partial", "cache/archives/partial"])
    mkdirSync(join(state, part), { recursive: true });
  const security = suite.endsWith("-security");
  const uri = security ? mirror.uri.replace(/\/debian\/?$/, "/debian-security") : mirror.uri;
  writeFileSync(join(state, "sources.list"), `deb-src ${mirror.options} ${uri} ${suite} main\n`);
  writeFileSync(join(state, "status"), "");
}
