/** Zarr arrays of 20,000 × 2,000 float32 counts, opened and read, against TensorStore's Python binding and zarrita. */
import { join } from "node:path";

const LAYOUTS = { v2: "v2 blosc-lz4", v3: "v3 zstd", sharded: "v3 sharded, zstd" };
const TENSORSTORE = "tensorstore-python";

/** A contiguous block, as [start, stop] per axis. */
const BLOCK = [
  [7_300, 8_300],
  [250, 450],
];

function casesOf([layout, title]) {
  const path = (folder) => join(folder, `array-${layout}`);
  const base = { sizes: ["s"], inputs: (folder) => [path(folder)], operation: "zarr.read" };
  const args = (more) => (folder) => ({
    path: path(folder),
    driver: layout === "v2" ? "zarr" : "zarr3",
    ...more(folder),
  });
  return [
    {
      ...base,
      name: `zarr-${layout}-whole`,
      title: `Zarr ${title}: the whole array`,
      subjects: ["ours", TENSORSTORE, "zarrita"],
      targets: { [TENSORSTORE]: 0.95, zarrita: 3 },
      args: args(() => ({})),
    },
    {
      ...base,
      name: `zarr-${layout}-block`,
      title: `Zarr ${title}: a block of 1,000 × 200`,
      subjects: ["ours", TENSORSTORE, "zarrita"],
      targets: {},
      args: args(() => ({ block: BLOCK })),
    },
    {
      ...base,
      name: `zarr-${layout}-rows`,
      title: `Zarr ${title}: 1,000 random rows`,
      subjects: ["ours", TENSORSTORE],
      targets: {},
      args: args((folder) => ({ rows: join(folder, "rows.json") })),
    },
  ];
}

export const zarrCases = Object.entries(LAYOUTS).flatMap(casesOf);
