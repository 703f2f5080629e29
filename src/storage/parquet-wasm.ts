/** The columns that are not decoded here (nested ones, rare codecs and encodings), through parquet-wasm. Loaded on first use. */
import { vectorToColumn } from "../elements/arrow-read.js";
import type { Column } from "../elements/frame.js";
import { AtsError } from "../errors.js";
import type { FileSource } from "./file-source.js";

/** Larger files would not fit beside their decoded columns in WebAssembly's memory. */
const MAX_BYTES = 512 << 20;

/**
 * Reads whole columns. The synchronous reader is used on purpose: a trap in the asynchronous one surfaces as an uncaught exception.
 * `CORRUPT` where the module fails or traps, `LIMIT_EXCEEDED` for files beyond 512 MiB.
 */
export async function readColumnsThroughWasm(
  source: FileSource,
  names: readonly string[],
): Promise<Map<string, Column>> {
  const { path } = source;
  if (source.size > MAX_BYTES) {
    throw new AtsError("LIMIT_EXCEEDED", `${path} is too large for the columns ${names.join(", ")}; write them flat.`, {
      path,
    });
  }
  const [{ readParquet }, { tableFromIPC }, bytes] = await Promise.all([
    import("parquet-wasm"),
    import("apache-arrow"),
    source.read(0, source.size),
  ]);
  hideArrowSchema(bytes);
  try {
    const table = tableFromIPC(readParquet(bytes, { columns: [...names], batchSize: 1 << 20 }).intoIPCStream());
    return new Map(
      names.map((name) => {
        const vector = table.getChild(name);
        if (vector === null) throw new AtsError("CORRUPT", `${path} lost its column "${name}".`, { path });
        return [name, vectorToColumn(vector)];
      }),
    );
  } catch (cause) {
    if (AtsError.is(cause)) throw cause;
    throw new AtsError("CORRUPT", `${path}: the columns ${names.join(", ")} cannot be decoded.`, { path, cause });
  }
}

/**
 * Renames the key of the embedded Arrow schema in these bytes. parquet-wasm 0.8.0 traps on schemas that pandas writes (dictionaries of booleans), and what
 * is read here is told by Parquet's own types.
 */
function hideArrowSchema(bytes: Uint8Array): void {
  const key = "ARROW:schema";
  const at = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).lastIndexOf(key);
  if (at >= 0) bytes[at + key.length - 1] = 0x5f;
}
