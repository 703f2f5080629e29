#!/usr/bin/env node
/** Builds the addon of this checkout: `build-native.mjs [--sanitize]`. Only what changed is compiled again. */
import { buildAddon } from "./install/build-addon.mjs";
import { runMain } from "./third-party/failure.mjs";

await runMain(async () => {
  const sanitize = process.argv.includes("--sanitize");
  console.log(await buildAddon({ sanitize, say: (message) => console.error(`  ${message}`) }));
});
