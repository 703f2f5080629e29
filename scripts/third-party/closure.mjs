#!/usr/bin/env node
/**
 * Prints the TensorStore sources that our drivers need: the non-test sources of the start folders, every TensorStore
 * header that they include, and the source beside each of those headers, until nothing is added.
 *
 *   node scripts/third-party/closure.mjs PATH_OF_TENSORSTORE > native/third_party/tensorstore-sources.txt
 *
 * Sources for another operating system stay in the list; `native/third_party/tensorstore.cmake` leaves them out.
 */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** Folders whose sources register a driver, a codec or a kvstore: nothing includes them, so they start the search. */
const START_FOLDERS = [
  "driver/array",
  "driver/auto",
  "driver/cast",
  "driver/downsample",
  "driver/json",
  "driver/n5",
  "driver/stack",
  "driver/virtual_chunked",
  "driver/zarr",
  "driver/zarr3",
  "driver/zarr3/codec",
  "kvstore/file",
  "kvstore/kvstack",
  "kvstore/memory",
  "kvstore/zarr3_sharding_indexed",
  "kvstore/zip",
];

/** Sources whose functions are declared in a header of another name. */
const START_FILES = ["index_space/internal/translate_output_dimensions.cc"];

/** What the source beside `name.h` may be called. */
const SOURCE_SUFFIXES = [".cc", "_impl.cc", "_posix.cc", "_linux.cc", "_win.cc", "_unsupported.cc"];

/** Files of tests, which the library itself never needs. */
const isTest = (name) => /(_test|_test_util|testutil|_benchmark|_benchmark_test|_nc_test)\.cc$/.test(name);

/** Paths, below `root`, of the TensorStore headers and fragments that `file` includes. */
function includesOf(root, file) {
  const text = readFileSync(join(root, file), "utf8");
  return [...text.matchAll(/^\s*#\s*include\s+"(tensorstore\/[^"]+)"/gm)]
    .map((match) => match[1])
    .filter((path) => existsSync(join(root, path)));
}

/** The sources that implement `header`. */
function sourcesBeside(root, header) {
  const stem = header.replace(/\.(h|inc)$/, "");
  const candidates = SOURCE_SUFFIXES.map((suffix) => stem + suffix);
  return [...candidates, `${stem.replace(/_impl$/, "")}.cc`].filter((path) => existsSync(join(root, path)));
}

/**
 * Every source in the include closure of the start folders.
 * @param {string} root an unpacked TensorStore source tree
 * @returns {string[]} sorted paths below `root`
 */
export function closure(root) {
  const seen = new Set();
  const files = START_FILES.map((path) => `tensorstore/${path}`);
  const sources = START_FOLDERS.flatMap((folder) =>
    readdirSync(join(root, "tensorstore", folder))
      .filter((name) => name.endsWith(".cc") && !isTest(name))
      .map((name) => `tensorstore/${folder}/${name}`),
  );
  const queue = [...files, ...sources];
  while (queue.length > 0) {
    const file = queue.pop();
    if (seen.has(file)) continue;
    seen.add(file);
    for (const path of includesOf(root, file)) queue.push(path, ...sourcesBeside(root, path));
  }
  return [...seen].filter((path) => path.endsWith(".cc")).sort();
}

if (process.argv[1] && import.meta.url.endsWith(process.argv[1].split("/").pop() ?? "")) {
  const root = process.argv[2];
  if (root === undefined || !existsSync(join(root, "tensorstore"))) {
    console.error("usage: closure.mjs PATH_OF_AN_UNPACKED_TENSORSTORE_TREE");
    process.exit(2);
  }
  for (const path of closure(root)) console.log(path);
}
