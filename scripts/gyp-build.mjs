#!/usr/bin/env node
/** What binding.gyp calls: runs the CMake build and puts its result where node-gyp's users look for it. */
import { copyFileSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { buildAddon } from "./install/build-addon.mjs";
import { runMain } from "./third-party/failure.mjs";

await runMain(async () => {
  const folder = process.argv[2] ?? "build/Release";
  const addon = await buildAddon({ say: (message) => console.error(`  ${message}`) });
  mkdirSync(folder, { recursive: true });
  copyFileSync(addon, join(folder, "anndata-tensorstore.node"));
});
