import { createRequire } from "node:module";
import { AtsError } from "../errors.js";
import type { Addon } from "./addon.js";
import { addonCandidates, findAddon } from "./locate.js";

const require = createRequire(import.meta.url);

let loaded: Addon | undefined;

/**
 * The native addon; loaded on the first call, the same object afterwards.
 * @throws AtsError UNSUPPORTED when there is no binary for this platform, or the one there is cannot be loaded
 */
export function loadAddon(): Addon {
  loaded ??= loadFrom(findAddon());
  return loaded;
}

function loadFrom(path: string | undefined): Addon {
  const platform = `${process.platform}-${process.arch}`;
  if (path === undefined) {
    throw new AtsError(
      "UNSUPPORTED",
      `anndata-tensorstore has no binary for ${platform}; build it with 'npm rebuild anndata-tensorstore' on a machine with CMake and a C++20 compiler`,
      { path: addonCandidates().at(-1) ?? "" },
    );
  }
  try {
    return require(path) as Addon;
  } catch (cause) {
    throw new AtsError(
      "UNSUPPORTED",
      `the native addon ${path} cannot be loaded on ${platform}; rebuild it with 'npm rebuild anndata-tensorstore'`,
      { path, cause },
    );
  }
}
