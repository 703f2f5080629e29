/** The LZF filter, h5py's fast compression, which h5wasm lacks: anndata's own old files are full of it. */
import type { H5Module } from "./module.js";

/** Where HDF5 looks for plugins. */
const PLUGINS = "/usr/local/hdf5/lib/plugin";

/** The binary of `lzf.wat`, in base64. */
const BINARY =
  "AGFzbQEAAAAADwhkeWxpbmsuMAEEJAQBAAEgBWABfwF/YAF/AGAAAX9gBn9/f39/fwF/YAR/f39/AX8CcgYDZW52Bm1lbW9yeQIAAANlbnYZX1" +
  "9pbmRpcmVjdF9mdW5jdGlvbl90YWJsZQFwAAEDZW52DV9fbWVtb3J5X2Jhc2UDfwADZW52DF9fdGFibGVfYmFzZQN/AANlbnYGbWFsbG9jAAAD" +
  "ZW52BGZyZWUAAQMFBAICAwQHLQITSDVQTGdldF9wbHVnaW5fdHlwZQACE0g1UExnZXRfcGx1Z2luX2luZm8AAwkHAQAjAQsBBArvAwQEAEEAC0" +
  "cBAX8jACEAIABBATYCACAAQYD6ATYCBCAAQQA2AgggAEEBNgIMIAAgAEEgajYCECAAQQA2AhQgAEEANgIYIAAjATYCHCAAC3MBA38gAEGAAnFF" +
  "BEBBAA8LIAQoAgAhBiABQQNPBEAgAigCCARAIAIoAgghBgsLIAYQACEHIAdFBEBBAA8LIAUoAgAgAyAHIAYQBSEIIAggBkcEQCAHEAFBAA8LIA" +
  "UoAgAQASAFIAc2AgAgBCAGNgIAIAgLqwIBBn8gACABaiEEIAIhBSACIANqIQYCQANAIAAgBE8NASAALQAAIQcgAEEBaiEAIAdBIEkEQCAHQQFq" +
  "IQggCCAEIABrSwRAQQAPCyAIIAYgBWtLBEBBAA8LA0AgBSAALQAAOgAAIAVBAWohBSAAQQFqIQAgCEEBayEIIAgNAAsMAQsgB0EFdiEIIAhBB0" +
  "YEQCAAIARPBEBBAA8LIAggAC0AAGohCCAAQQFqIQALIAAgBE8EQEEADwsgB0EfcUEIdCAALQAAakEBaiEJIABBAWohACAJIAUgAmtLBEBBAA8L" +
  "IAUgCWshCSAIQQJqIQggCCAGIAVrSwRAQQAPCwNAIAUgCS0AADoAACAFQQFqIQUgCUEBaiEJIAhBAWshCCAIDQALDAALCyAFIAJrCwsqAQAjAA" +
  "skAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAABsemYA";

/** Puts the filter where the library finds it when a dataset asks for it. */
export function installLzf(module: H5Module): void {
  module.FS.mkdirTree(PLUGINS);
  module.FS.writeFile(`${PLUGINS}/libh5lzf.so`, lzfPlugin());
}

/** The filter as a side module for Emscripten's loader. */
export function lzfPlugin(): Uint8Array {
  return Buffer.from(BINARY, "base64");
}
