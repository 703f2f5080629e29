import { fileURLToPath } from "node:url";
import { defineConfig } from "tsdown";

// Modules that processes of their own load in tests, one file each: dist has them in a few large files.
export default defineConfig({
  cwd: fileURLToPath(new URL("../..", import.meta.url)),
  entry: [
    "src/durability/save.ts",
    "src/durability/save-file.ts",
    "src/elements/matrices.ts",
    "src/storage/hdf5-write.ts",
    "src/workers/pool.ts",
    "src/workers/serve.ts",
  ],
  format: "esm",
  platform: "node",
  target: "node20",
  unbundle: true,
  root: "src",
  outDir: "out/modules",
  shims: true,
  dts: false,
  fixedExtension: false,
  deps: { skipNodeModulesBundle: true },
});
