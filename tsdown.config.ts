import { defineConfig } from "tsdown";

// Few files and no comments in dist: an import of 421 modules took four times as long and left a heap that made every garbage
// collection dearer. Names and lines stay, for stack traces. Every package stays outside; those that load on first use are reached by import(), which both outputs keep.
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
  outputOptions: { comments: false },
  hash: false,
  shims: true,
  dts: true,
  sourcemap: false,
  clean: true,
  fixedExtension: false,
  deps: { skipNodeModulesBundle: true },
});
