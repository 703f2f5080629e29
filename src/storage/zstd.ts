/** Zstandard for runtimes whose zlib lacks it (Node before 22.15): a stored chunk of one byte array, which TensorStore decodes on its threads. */
import type { DenseArray } from "../elements/dense.js";
import { KvStore } from "../tensorstore/kvstore.js";
import { open } from "../tensorstore/open.js";

let chunks = 0;

/** The `size` bytes that the Zstandard frame `input` decodes to; rejects where it is damaged or has another size. */
export async function decodeZstd(input: Uint8Array, size: number): Promise<Uint8Array> {
  const kvstore = await KvStore.open({ driver: "memory", path: `zstd-page-${chunks++}/` });
  const metadata = {
    zarr_format: 2,
    shape: [size],
    chunks: [size],
    dtype: "|u1",
    compressor: { id: "zstd", level: 1 },
    fill_value: null,
    filters: null,
    order: "C",
  };
  try {
    await kvstore.set("0", input);
    const store = await open({ driver: "zarr", metadata }, { kvstore, open: true, assumeMetadata: true });
    return ((await store.read()) as DenseArray<"uint8">).data;
  } finally {
    await kvstore.delete("0");
  }
}
