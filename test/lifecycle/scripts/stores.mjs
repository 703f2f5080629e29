/** What the scripts of this folder share: the built package, and stores to read. Plain JavaScript: any Node runs it. */
export const { AtsError, Batch, Context, KvStore, metrics, open } = await import("../../../dist/tensorstore/index.js");

/** The folder to work in, which the parent made and removes; the script's first argument. */
export const folder = process.argv[2];

/** A stored array of `rows` × 4096 float32 in gzip chunks of 16 rows, which take a while to decode. */
export async function storedArray(rows = 512) {
  const spec = { driver: "zarr", kvstore: `file://${folder}/x/` };
  const metadata = { compressor: { id: "gzip", level: 1 }, shape: [rows, 4096], chunks: [16, 4096], dtype: "<f4" };
  const store = await open({ ...spec, metadata }, { create: true, deleteExisting: true });
  await store.write(Float32Array.from({ length: rows * 4096 }, (_, i) => i % 1000));
  return { spec, store };
}

/** Fails the script unless `condition` holds. */
export function check(condition, claim) {
  if (condition) return;
  console.error(`not so: ${claim}`);
  process.exit(1);
}
