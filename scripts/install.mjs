#!/usr/bin/env node
/**
 * What `npm install` runs: takes the prebuilt binary where the package carries a fitting one, else builds from source.
 * `ATS_BUILD=source` builds in any case, `ATS_BUILD=none` never does.
 */
import { existsSync } from "node:fs";
import { buildAddon } from "./install/build-addon.mjs";
import { runMain } from "./third-party/failure.mjs";

/** Path of a prebuilt binary that this process can load, or undefined. A checkout builds: its own sources count. */
async function usablePrebuilt() {
  const locate = new URL("../dist/native/locate.js", import.meta.url);
  if (existsSync(new URL("../src", import.meta.url)) || !existsSync(locate)) return undefined;
  const path = (await import(locate.href)).prebuiltPath();
  if (!existsSync(path)) return undefined;
  try {
    process.dlopen({ exports: {} }, path);
    return path;
  } catch (error) {
    console.error(`anndata-tensorstore: the prebuilt binary does not load here (${error.message})`);
    return undefined;
  }
}

await runMain(async () => {
  const mode = process.env.ATS_BUILD ?? "";
  if (mode === "none") return;
  if (mode !== "source" && (await usablePrebuilt())) return;
  console.error("anndata-tensorstore: building the native addon from source with CMake.");
  console.error(
    "  The first time on a machine this takes about 15 minutes on two processors, later under two minutes.",
  );
  const path = await buildAddon({ say: (message) => console.error(`  ${message}`) });
  console.error(`anndata-tensorstore: built ${path}`);
});
