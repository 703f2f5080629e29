import { defineConfig } from "tsdown";

// One file per module in dist, as in src, so that the loader, the workers and stack traces find the same paths in both.
// Every package stays outside; those that load on first use are reached by import(), which both outputs keep.
// native/locate.ts is an entry because the install script asks it, too.
export default defineConfig({
  entry: [
    "src/index.ts",
    "src/tensorstore/index.ts",
    "src/cli/main.ts",
    "src/native/locate.ts",
    "src/workers/*-worker.ts",
  ],
  format: ["esm", "cjs"],
  platform: "node",
  target: "node20",
  unbundle: true,
  root: "src",
  shims: true,
  dts: true,
  sourcemap: false,
  clean: true,
  fixedExtension: false,
  deps: { skipNodeModulesBundle: true },
});
