import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { buildObjects } from "../third-party/build.mjs";
import { withLock } from "../third-party/cache.mjs";
import { jobs, launcherEnvironment, launchers, onOff } from "../third-party/cmake.mjs";
import { progressLines } from "../third-party/progress.mjs";
import { stream } from "../third-party/run.mjs";
import { cachedAddon, copyAddon, storeAddon } from "./addon-cache.mjs";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));

/** Where cmake-js's command line is: our own dependency, wherever npm put it. */
function cmakeJs() {
  const require = createRequire(import.meta.url);
  return join(dirname(require.resolve("cmake-js/package.json")), "bin", "cmake-js");
}

/**
 * Builds the addon from source through cmake-js.
 * @param {{ sanitize?: boolean, say: (message: string) => void }} options sanitize: with AddressSanitizer, in `out/asan`
 * @returns {Promise<string>} path of the addon
 * @throws BuildFailure that names the missing tool, or the first compiler error
 */
export async function buildAddon({ sanitize = false, say }) {
  const objects = await buildObjects({ sanitize, say });
  const hdf5 = await buildObjects({ part: "hdf5", sanitize, say });
  const out = join(ROOT, "out", sanitize ? "asan" : "release");
  const args = ["--directory", ROOT, "--out", out, "--parallel", String(jobs())];
  const folders = [`ATS_OBJECTS=${objects}`, `ATS_HDF5_OBJECTS=${hdf5}`];
  const definitions = [...folders, onOff("ATS_SANITIZE", sanitize), ...launchers()];
  args.push(...definitions.map((text) => `--CD${text}`));
  const run = (command, onLine) =>
    stream(process.execPath, [cmakeJs(), command, ...args], { cwd: ROOT, env: environment(), onLine });
  const addon = join(out, "anndata-tensorstore.node");
  const cached = cachedAddon(ROOT, [objects, hdf5]);
  await withLock(out, async () => {
    if (existsSync(cached)) return copyAddon(cached, addon);
    // "build" alone would keep the settings of the last time.
    await run("configure", () => {});
    say("compiling the addon");
    await run("build", progressLines(say));
    // Not where a source was edited meanwhile.
    if (cachedAddon(ROOT, [objects, hdf5]) === cached) storeAddon(addon, cached);
  });
  return addon;
}

/** The environment with ccache's settings and without npm's, one of which (`nodedir`) would send cmake-js to other headers. */
function environment() {
  const kept = Object.entries(process.env).filter(([name]) => !name.toLowerCase().startsWith("npm_config_"));
  return { ...Object.fromEntries(kept), ...launcherEnvironment(ROOT) };
}
